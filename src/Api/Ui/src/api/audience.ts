import { type Query, at, json } from './http';

export interface Segment {
  id: string;
  name: string;
  created_at: string;
  updated_at?: string | null;
  type: 'static' | 'passive' | 'auto-update';
  filter?: unknown;
  initial_sync_status: 'IN_PROGRESS' | 'DONE';
  progress: number;
  count: number;
  status?: string;
  status_reason?: string;
}

export const segments = {
  list: (query: Query, signal?: AbortSignal) => json<{ data: Segment[]; total: number }>('GET', '/v1/segments', { query, signal }),
  get: (id: string, signal?: AbortSignal) => json<Segment>('GET', `/v1/segments/${at(id)}`, { signal }),
  create: (body: unknown, once?: string) => json<Segment>('POST', '/v1/segments', { body, once }),
};

export interface Customer {
  id: string;
  source_id?: string | null;
  name?: string | null;
  email?: string | null;
  phone?: string | null;
  created_at: string;
}

export const customers = {
  list: (query: Query, signal?: AbortSignal) => json<{ customers: Customer[]; total: number }>('GET', '/v1/customers', { query, signal }),
  get: (idOrSourceId: string, signal?: AbortSignal) => json<Customer>('GET', `/v1/customers/${at(idOrSourceId)}`, { signal }),
  create: (body: unknown) => json<Customer>('POST', '/v1/customers', { body }),
};
