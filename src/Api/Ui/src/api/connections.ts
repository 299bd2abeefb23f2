import { at, json } from './http';

/** A named way out of the project: a mail server, a gateway, an account with a tool. */
export interface Connection {
  id: string;
  name: string;
  type: string;
  provider: string;
  status: 'active' | 'paused';
  default: boolean;
  rate_limit?: number;
  settings: Record<string, unknown>;
  /** The names of those that are set; what they are is never shown. */
  credentials_set: string[];
  receipts_url?: string;
}

/** What is given of one; what is not stays as it is. */
export interface ConnectionChange {
  name?: string;
  type?: string;
  provider?: string;
  settings?: Record<string, unknown>;
  credentials?: Record<string, unknown>;
  default?: boolean;
  rate_limit?: number;
}

export const connections = {
  list: (signal?: AbortSignal) => json<{ data: Connection[]; total: number }>('GET', '/v1/channels', { signal }),
  create: (body: ConnectionChange, once: string) => json<Connection>('POST', '/v1/channels', { body, once }),
  change: (id: string, body: ConnectionChange) => json<Connection>('PUT', `/v1/channels/${at(id)}`, { body }),
  remove: (id: string) => json<void>('DELETE', `/v1/channels/${at(id)}`),
  /** Asks the provider whether it knows the credentials; nothing is sent. */
  test: (id: string) => json<{ ok: boolean; detail: string }>('POST', `/v1/channels/${at(id)}/test`),
  pause: (id: string) => json<Connection>('POST', `/v1/channels/${at(id)}/pause`),
  resume: (id: string) => json<Connection>('POST', `/v1/channels/${at(id)}/resume`),
};

export interface SmsCount {
  encoding: string;
  segments: number;
  length: number;
  per_segment: number;
  left: number;
  ucs2_characters: string[];
}

export const sms = {
  count: (text: string, signal?: AbortSignal) => json<SmsCount>('POST', '/v1/sms/count', { body: { text: text.slice(0, 10_000) }, signal }),
};
