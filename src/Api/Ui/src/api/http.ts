import { newId } from '../values/ids';

export interface Problem {
  field: string;
  code?: string;
  message: string;
  line?: number;
  column?: number;
}

/** Why a request was not answered as hoped. Status 0: nobody answered. */
export class ApiFailure extends Error {
  constructor(
    readonly status: number,
    readonly key: string,
    message: string,
    readonly requestId: string | null = null,
    readonly problems: Problem[] = [],
  ) {
    super(message);
  }

  get isOffline(): boolean {
    return this.status === 0 || this.status === 503;
  }
}

/**
 * The key for the next attempt of what failed with this one: another where the server refused, so that what is mended counts as new. Where no answer came, or none that tells, it may have been done,
 * and only the same key keeps it from being done twice.
 */
export function keyAfter(failure: unknown, once: string): string {
  return failure instanceof ApiFailure && failure.status >= 400 && failure.status < 500 ? newId() : once;
}

/** A distribution and the version that was read, for whoever writes it back. */
export interface Versioned<T> {
  value: T;
  version: string | null;
}

export interface Named {
  id: string;
  name: string;
}

export type Query = Record<string, string | number | boolean | undefined | null>;

let whenSignedOut: () => void = () => {};

/** What to do when the server says that the session is over. */
export function onSignedOut(handler: () => void): void {
  whenSignedOut = handler;
}

export function pathWith(path: string, query?: Query): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

interface Options {
  query?: Query | undefined;
  body?: unknown;
  /** A file and what goes with it, instead of JSON. */
  form?: FormData | undefined;
  version?: string | null | undefined;
  /** The same for every attempt of one intention, so that it is done once. */
  once?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Beside those of every request: the key of an operator. */
  headers?: Record<string, string> | undefined;
}

async function send(method: string, path: string, options: Options = {}): Promise<Response> {
  const headers: Record<string, string> = { 'X-Distributions-Ui': '1', Accept: 'application/json', ...options.headers };
  if (options.body !== undefined) headers['Content-Type'] = 'application/json';
  if (options.version) headers['If-Match'] = options.version;
  if (options.once) headers['Idempotency-Key'] = options.once;
  let response: Response;
  try {
    response = await fetch(pathWith(path, options.query), {
      method,
      headers,
      body: options.form ?? (options.body === undefined ? null : JSON.stringify(options.body)),
      signal: options.signal ?? null,
      cache: 'no-store',
    });
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure;
    throw new ApiFailure(0, 'unreachable', 'The server does not answer');
  }

  const date = Date.parse(response.headers.get('Date') ?? '');
  if (!Number.isNaN(date)) skew = Math.abs(date - Date.now()) > 1500 ? date - Date.now() : 0;
  if (response.ok) return response;
  const error = await readError(response);
  if (error.status === 401 && path !== '/ui/session' && !path.startsWith('/management/')) whenSignedOut();
  throw error;
}

let skew = 0;

/** What the server's clock shows: countdowns are the same in every browser. */
export function serverNow(now: number): number {
  return now + skew;
}

async function readError(response: Response): Promise<ApiFailure> {
  const requestId = response.headers.get('X-Request-Id');
  try {
    const body = (await response.json()) as { key?: string; message?: string; details?: string; problems?: Problem[] };
    return new ApiFailure(response.status, body.key ?? 'error', body.details ?? body.message ?? response.statusText, requestId, body.problems ?? []);
  } catch {
    return new ApiFailure(response.status, 'error', response.statusText || `HTTP ${response.status}`, requestId);
  }
}

export async function json<T>(method: string, path: string, options?: Options): Promise<T> {
  const response = await send(method, path, options);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

export async function versioned<T>(method: string, path: string, options?: Options): Promise<Versioned<T>> {
  const response = await send(method, path, options);
  return { value: (await response.json()) as T, version: response.headers.get('ETag') };
}

export const at = encodeURIComponent;

/** Requests that no function below has: for features that have their own. */
export const request = { json, versioned };
