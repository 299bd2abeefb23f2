import { request } from '../../api';

/** Where events of the project are posted. The secret is only in the answer that made it. */
export interface Webhook {
  id: string;
  target_url: string;
  events: string[];
  active: boolean;
  disabled_reason?: string;
  disabled_at?: string;
  secret?: string;
  secrets: { created_at: string; ends_at?: string }[];
  created_at: string;
  updated_at?: string;
}

export interface EventType {
  type: string;
  posted: boolean;
}

export type SendoutStatus = 'owed' | 'succeeded' | 'failed';

export interface Sendout {
  id: string;
  type: string;
  status: SendoutStatus;
  attempts: number;
  due_at?: string;
  created_at: string;
  executed_at?: string;
  response_code?: number;
  answer?: string;
  error?: string;
  /** Not in lists. */
  body?: unknown;
}

export interface TestAnswer {
  ok: boolean;
  response_code?: number;
  answer?: string;
  error?: string;
  took: number;
}

export interface SendoutQuery {
  limit: number;
  page: number;
  status?: string | undefined;
  type?: string | undefined;
}

const at = encodeURIComponent;
const path = (id: string): string => `/v1/webhooks/${at(id)}`;

export const webhooks = {
  list: (signal?: AbortSignal) => request.json<{ data: Webhook[]; total: number }>('GET', '/v1/webhooks', { signal }),
  events: (signal?: AbortSignal) => request.json<{ data: EventType[] }>('GET', '/v1/webhooks/events', { signal }),
  read: (id: string, signal?: AbortSignal) => request.json<Webhook>('GET', path(id), { signal }),
  create: (body: { target_url: string; events: string[] }, once: string) => request.json<Webhook>('POST', '/v1/webhooks', { body, once }),
  change: (id: string, body: { target_url?: string; events?: string[]; active?: boolean }) => request.json<Webhook>('PUT', path(id), { body }),
  remove: (id: string) => request.json<void>('DELETE', path(id)),
  rotate: (id: string, overlap: string, once: string) => request.json<Webhook>('POST', `${path(id)}/secret`, { body: { overlap }, once }),
  test: (id: string) => request.json<TestAnswer>('POST', `${path(id)}/test`),
};

export const sendouts = {
  list: (webhook: string, query: SendoutQuery, signal?: AbortSignal) =>
    request.json<{ data: Sendout[]; total: number; has_more: boolean; total_is_minimum?: boolean }>('GET', `${path(webhook)}/sendouts`, { query: { ...query }, signal }),
  read: (webhook: string, id: string, signal?: AbortSignal) => request.json<Sendout>('GET', `${path(webhook)}/sendouts/${at(id)}`, { signal }),
  retry: (webhook: string, id: string) => request.json<{ count: number }>('POST', `${path(webhook)}/sendouts/${at(id)}/retry`),
  retrySince: (webhook: string, since: string, status: 'failed' | 'all') => request.json<{ count: number; has_more: boolean }>('POST', `${path(webhook)}/sendouts/retry`, { body: { since, status } }),
};
