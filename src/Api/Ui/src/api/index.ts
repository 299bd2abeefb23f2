// The one place that talks to the server. Names are those of the API; docs/manager.md says which endpoints the manager uses.

export { ApiFailure, keyAfter, onSignedOut, pathWith, request, serverNow, type Named, type Problem, type Versioned } from './http';
export * from './session';
export * from './catalogue';
export * from './distributions';
export * from './connections';
export * from './audience';
export * from './incentives';
export * from './topics';
