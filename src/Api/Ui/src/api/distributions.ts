import { type Catalogue, type Trigger } from './catalogue';
import { type Named, type Problem, type Query, at, json, pathWith, versioned } from './http';

export type DistributionStatus = 'draft' | 'waiting_for_segment' | 'scheduled' | 'sending' | 'sent' | 'live' | 'paused' | 'stopped' | 'unreadable';

export interface MessageCounts {
  audience: number;
  queued: number;
  retrying: number;
  sending: number;
  sent: number;
  failed: number;
  skipped: number;
  canceled: number;
  recovered: number;
  uncertain: number;
}

export interface Template {
  subject?: string;
  html?: string;
  text?: string;
  from_name?: string;
  reply_to?: string;
  event_name?: string;
  target_url?: string;
  headers?: Record<string, string>;
  fields?: string[];
  payload?: unknown;
  raw_payload?: boolean;
  /** An email of blocks; src/features/mail/document.ts has the type. */
  blocks?: unknown;
  /** The saved template that the content is of. */
  saved?: { id: string; version?: number };
}

export interface Channel {
  type?: string;
  channel_id?: string;
  connection?: string;
  template?: Template;
}

/** What an author writes. Everything may be missing in a draft. */
export interface Draft {
  name?: string;
  type?: 'manual' | 'automatic';
  trigger?: Trigger;
  audience?: { customer?: string; segment_id?: string };
  action?: { type?: string; campaign_id?: string; promotion_tier_id?: string };
  channels?: Channel[];
  starts_at?: string;
  ends_at?: string;
  delay?: string;
  uncertain?: 'resend' | 'hold';
  max_lateness?: string;
  transactional?: boolean;
  exit_when?: string[];
  tracking?: { opens?: boolean; clicks?: boolean };
  topic?: string;
}

export interface Distribution extends Draft {
  id: string;
  status: DistributionStatus;
  status_reason?: string;
  warning?: string;
  sends_at?: string;
  created_at: string;
  updated_at?: string;
  activated_at?: string;
  messages: MessageCounts;
}

/** A distribution as lists have it: without what it says. */
export interface DistributionRow {
  id: string;
  name?: string;
  type?: 'manual' | 'automatic';
  status: DistributionStatus;
  status_reason?: string;
  trigger?: Trigger;
  audience?: { customer?: string; segment_id?: string };
  action?: { type?: string };
  channels: string[];
  segment?: Named;
  starts_at?: string;
  ends_at?: string;
  sends_at?: string;
  created_at: string;
  updated_at?: string;
  activated_at?: string;
  messages: MessageCounts;
  progress: { sent: number; failed: number; skipped: number; pending: number; total: number };
}

export interface Message {
  id: string;
  customer_id?: string;
  channel: string;
  status: string;
  reason?: string;
  attempts: number;
  recovered: boolean;
  uncertain: boolean;
  created_at: string;
  due_at: string;
  finished_at?: string;
  event_id?: string;
  /** As the provider reported after it took the message. */
  delivery?: 'delivered' | 'undelivered' | 'soft_bounced' | 'bounced' | 'complained';
  delivery_reason?: string;
  visit?: { opened_at?: string; opens: number; clicked_at?: string; clicks: number; machine_at?: string };
}

export interface ActivityEntry {
  id: string;
  type: string;
  created_at: string;
  message?: Message;
  detail?: string;
}

export interface AnalyticsPoint {
  at: string;
  channel: string;
  sent: number;
  failed: number;
  skipped: number;
  recovered: number;
}

export interface Analytics {
  totals: Record<string, MessageCounts>;
  series: AnalyticsPoint[];
  published?: number;
  redeemed?: number;
  tracking?: { opened: number; clicked: number; machine_opened: number };
}

export interface AudienceEstimate {
  customers?: number;
  channels: Record<string, { reachable: number; skipped: Record<string, number> }>;
  syncing: boolean;
  codes_left?: number;
  codes_suffice?: boolean;
  /** How many messages the account may still send; none where it may send any number. */
  messages_left?: number | null;
}

/** A message as it would be sent. */
export interface Rendered {
  subject?: string;
  html?: string;
  text?: string;
  url?: string;
  method?: string;
  body?: unknown;
}

export interface DistributionQuery {
  [name: string]: string | number | undefined;
  limit: number;
  page: number;
  text?: string | undefined;
  status?: string | undefined;
  type?: string | undefined;
  trigger?: string | undefined;
  channel?: string | undefined;
  subject?: string | undefined;
  order?: string | undefined;
}

type Listed = Omit<DistributionRow, 'channels'> & { channels: Channel[] };

export const distributions = {
  catalogue: (): Promise<Catalogue> => (known ??= json<Catalogue>('GET', '/v1/distributions/catalog').catch((failure: unknown) => { known = null; throw failure; })),
  list: async (query: DistributionQuery, signal?: AbortSignal) => {
    const page = await json<{ distributions: Listed[]; total: number; has_more: boolean }>('GET', '/v1/distributions', { query: { ...query, fields: 'summary' }, signal });
    return { rows: page.distributions.map((row): DistributionRow => ({ ...row, channels: row.channels.map((channel) => channel.type ?? '').filter(Boolean) })), total: page.total };
  },
  get: (id: string, signal?: AbortSignal) => versioned<Distribution>('GET', `/v1/distributions/${at(id)}`, { signal }),
  create: (body: Draft, once?: string) => versioned<Distribution>('POST', '/v1/distributions', { body, once }),
  update: (id: string, body: Draft, version: string | null) => versioned<Distribution>('PUT', `/v1/distributions/${at(id)}`, { body, version }),
  remove: (id: string) => json<void>('DELETE', `/v1/distributions/${at(id)}`),
  activate: (id: string) => json<Distribution>('POST', `/v1/distributions/${at(id)}/activate`),
  pause: (id: string) => json<Distribution>('POST', `/v1/distributions/${at(id)}/pause`),
  resume: (id: string) => json<Distribution>('POST', `/v1/distributions/${at(id)}/resume`),
  stop: (id: string) => json<Distribution>('POST', `/v1/distributions/${at(id)}/stop`),
  duplicate: (id: string, once?: string) => json<Distribution>('POST', `/v1/distributions/${at(id)}/duplicate`, { once }),
  validate: (id: string) => json<{ valid: boolean; problems: Problem[]; warnings: Problem[] }>('POST', `/v1/distributions/${at(id)}/validate`),
  /** Of what is not stored yet. Without a customer, for a made-up one. */
  preview: (distribution: Draft, customer: string | undefined, channel: string, signal?: AbortSignal) =>
    json<{ messages: Record<string, Rendered> }>('POST', '/v1/distributions/preview', { body: { distribution, channel, ...(customer ? { customer } : {}) }, signal }),
  /** A page for a frame, of what is stored. */
  previewPage: (id: string, channel: string, customer: string | undefined, save: number) => pathWith(`/v1/distributions/${at(id)}/preview.html`, { channel, customer, save }),
  test: (id: string, body: { customer?: string; channel?: string; addresses?: string[] }) =>
    json<{ attempts: { channel: string; address: string; sent: boolean; reason?: string }[] }>('POST', `/v1/distributions/${at(id)}/test`, { body }),
  audience: (id: string, signal?: AbortSignal) => json<AudienceEstimate>('GET', `/v1/distributions/${at(id)}/audience`, { signal }),
  messages: (id: string, query: Query, signal?: AbortSignal) =>
    json<{ data: Message[]; has_more: boolean; more_starting_after?: string }>('GET', `/v1/distributions/${at(id)}/messages`, { query, signal }),
  retry: (id: string, messageIds: string[] | null, once: string) =>
    json<{ retried: number }>('POST', `/v1/distributions/${at(id)}/messages/retry`, { body: messageIds ? { message_ids: messageIds } : {}, once }),
  analytics: (id: string, query: Query, signal?: AbortSignal) => json<Analytics>('GET', `/v1/distributions/${at(id)}/analytics`, { query, signal }),
  activity: (id: string, query: Query, signal?: AbortSignal) =>
    json<{ data: ActivityEntry[]; has_more: boolean; more_starting_after?: string }>('GET', `/v1/distributions/${at(id)}/activity`, { query, signal }),
};

let known: Promise<Catalogue> | null = null;
