import { distributions, request, type Customer, type Message } from '../../api';

export interface Profile extends Customer {
  description?: string;
  birthdate?: string;
  address?: Record<string, string | null> | null;
  metadata?: Record<string, unknown>;
  updated_at?: string;
  summary: { orders: { total_amount: number; total_count: number; average_amount: number; last_order_date?: string | null }; redemptions: { total_succeeded: number; total_failed: number } };
  loyalty: { points: number };
}

export interface CustomerEvent {
  id: string;
  type: string;
  created_at: string;
  data: { data: Record<string, Record<string, unknown> | null>; event_source: { channel: string } };
}

export interface Held {
  id: string;
  created_at: string;
  redeemable: { type: string; status: string; voucher?: { code: string; campaign?: string | null; campaign_id?: string | null } };
}

export interface ImportReport {
  message: string;
  complete?: boolean;
  separator?: string;
  mapping?: { column: string; field: string | null }[];
  failed: { source_id?: string; row: number; column?: string; reason: string }[];
  done_count: number;
  failed_count: number;
  /** Of customers. */
  created_count?: number;
  updated_count?: number;
  unchanged_count?: number;
  warnings: { source_id?: string; row: number; column?: string; reason: string }[];
  warnings_count: number;
}

export interface Job {
  id: string;
  status: string;
  operation_status: string;
  progress: number;
  created_at: string;
  result?: Partial<ImportReport>;
}

export const reasons = ['manual', 'unsubscribed', 'bounced', 'complained'] as const;
export type Reason = (typeof reasons)[number];

export interface Suppression {
  channel: string;
  address: string;
  reason: string;
  topic?: string;
  created_at: string;
}

const at = encodeURIComponent;

export interface CustomerQuery {
  limit: number;
  page: number;
  order?: string;
  segment_id?: string | undefined;
  text?: string | undefined;
}

/** A page of customers; with a text the ten whose name, address, number or id begins with it. */
export async function list({ text, ...query }: CustomerQuery, signal: AbortSignal): Promise<{ rows: Customer[]; total: number; isMinimum: boolean }> {
  if (text) {
    const found = await request.json<{ customers: Customer[] }>('GET', '/v1/search', { query: { q: text }, signal });
    return { rows: found.customers, total: found.customers.length, isMinimum: found.customers.length >= 10 };
  }
  const page = await request.json<{ customers: Customer[]; total: number; total_is_minimum?: boolean }>('GET', '/v1/customers', { query: { ...query }, signal });
  return { rows: page.customers, total: page.total, isMinimum: page.total_is_minimum === true };
}

export const profile = (id: string, signal?: AbortSignal) => request.json<Profile>('GET', `/v1/customers/${at(id)}`, { signal });

export const activity = (id: string, after: string | undefined, signal?: AbortSignal) =>
  request.json<{ data: CustomerEvent[]; has_more: boolean; more_starting_after?: string }>('GET', `/v1/customers/${at(id)}/activity`, { query: { limit: 20, starting_after_id: after }, signal });

export const segmentsOf = (id: string, signal?: AbortSignal) => request.json<{ data: { id: string; name: string }[] }>('GET', `/v1/customers/${at(id)}/segments`, { signal });

export const held = (id: string, after: string | undefined, signal?: AbortSignal) =>
  request.json<{ data: Held[]; total: number; has_more: boolean; more_starting_after?: string }>('GET', `/v1/customers/${at(id)}/redeemables`, { query: { limit: 20, starting_after_id: after }, signal });

/** Messages are known by distribution: those of the newest ones are asked for this customer, a few at a time. */
export async function messagesTo(id: string, newest: number, signal: AbortSignal): Promise<{ message: Message; distribution: { id: string; name?: string | undefined } }[]> {
  const { rows } = await distributions.list({ limit: newest, page: 1 }, signal);
  const asked = rows.filter((row) => row.status !== 'draft');
  const found: { message: Message; distribution: { id: string; name?: string | undefined } }[] = [];
  for (let first = 0; first < asked.length; first += 4) {
    const pages = await Promise.all(asked.slice(first, first + 4).map(async (row) => ({ row, page: await distributions.messages(row.id, { customer: id, limit: 20 }, signal) })));
    for (const { row, page } of pages) found.push(...page.data.map((message) => ({ message, distribution: { id: row.id, name: row.name } })));
  }
  return found.sort((a, b) => b.message.created_at.localeCompare(a.message.created_at));
}

export interface ImportOptions {
  match_by: string;
  empty: string;
}

/** As many bytes as the server takes. */
export const largestFile = 10 * 1024 * 1024;

const upload = (file: File): FormData => {
  const form = new FormData();
  form.append('file', file, file.name);
  return form;
};

export const tryImport = (file: File, options: ImportOptions, signal?: AbortSignal) => request.json<ImportReport>('POST', '/v1/customers/importCSV', { query: { ...options, dry_run: true }, form: upload(file), signal });

export const startImport = (file: File, options: ImportOptions, once: string) => request.json<{ async_action_id: string }>('POST', '/v1/customers/importCSV', { query: { ...options }, form: upload(file), once });

export const job = (id: string, signal?: AbortSignal) => request.json<Job>('GET', `/v1/async-actions/${at(id)}`, { signal });

export const suppressions = {
  list: (query: { limit: number; page: number; channel?: string | undefined; address?: string | undefined }, signal?: AbortSignal) => request.json<{ data: Suppression[]; total: number; total_is_minimum?: boolean }>('GET', '/v1/suppressions', { query: { ...query }, signal }),
  add: (body: { channel: string; address: string; reason: string }) => request.json<Suppression>('POST', '/v1/suppressions', { body }),
  importFile: (file: File, once: string) => request.json<{ async_action_id: string }>('POST', '/v1/suppressions/importCSV', { form: upload(file), once }),
  remove: (channel: string, address: string, topic?: string) => request.json<void>('DELETE', `/v1/suppressions/${at(channel)}/${at(address)}`, { query: { topic } }),
};
