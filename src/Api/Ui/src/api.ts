// The one place that talks to the server. Names are those of the API; docs/manager.md says which endpoints the manager uses.

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

export interface Project {
  id: string;
  name: string;
  timezone: string;
  currency: string;
}

export interface Session {
  signed_in: boolean;
  app_id?: string;
  project?: Project;
  expires_at?: string;
}

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

export interface Trigger {
  type?: string;
  segment_id?: string;
  campaign_id?: string;
  custom_event?: string;
  loyalty_tier_id?: string;
  validation_rule_id?: string;
  include_current_members?: boolean;
  days?: number;
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
  tracking?: { opens?: boolean; clicks?: boolean };
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

/** A distribution and the version that was read, for whoever writes it back. */
export interface Versioned<T> {
  value: T;
  version: string | null;
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
}

export interface Catalogue {
  triggers: {
    type: string;
    category: string;
    label: string;
    manual: boolean;
    requires: string[];
    optional: string[];
    actions: { type: string; channels: string[] }[];
    variables: string[];
  }[];
  actions: { type: string; label: string }[];
  channels: ChannelDescriptor[];
}

/** What a channel's template consists of, where the catalogue says so. */
export interface ChannelField {
  name: string;
  kind: string;
  label?: string;
  help?: string;
  required?: boolean;
  default?: string;
  min?: number;
  max?: number;
  options?: string[];
}

export interface ChannelDescriptor {
  type: string;
  label?: string;
  connection?: 'none' | 'optional' | 'required';
  content?: ChannelField[];
}

/** A named way out of the project: a mail server, a gateway, an account with a tool. */
export interface Connection {
  id: string;
  name: string;
  type: string;
  provider: string;
  status: string;
  default: boolean;
}

export interface SmsCount {
  encoding: string;
  segments: number;
  length: number;
  per_segment: number;
  left: number;
  ucs2_characters: string[];
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

export interface Customer {
  id: string;
  source_id?: string | null;
  name?: string | null;
  email?: string | null;
  phone?: string | null;
  created_at: string;
}

export interface Campaign {
  id: string;
  name: string;
  campaign_type: string;
  created_at: string;
}

export interface Named {
  id: string;
  name: string;
}

type Query = Record<string, string | number | boolean | undefined | null>;

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

async function json<T>(method: string, path: string, options?: Options): Promise<T> {
  const response = await send(method, path, options);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

async function versioned<T>(method: string, path: string, options?: Options): Promise<Versioned<T>> {
  const response = await send(method, path, options);
  return { value: (await response.json()) as T, version: response.headers.get('ETag') };
}

const at = encodeURIComponent;

/** Requests that no function below has: for features that have their own. */
export const request = { json, versioned };

export const session = {
  read: () => json<Session>('GET', '/ui/session'),
  signIn: (body: { app_id: string; app_token: string } | { code: string }) => json<Session>('POST', '/ui/session', { body }),
  signOut: () => json<void>('DELETE', '/ui/session'),
};

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
  validate: (id: string) => json<{ valid: boolean; problems: Problem[] }>('POST', `/v1/distributions/${at(id)}/validate`),
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

export const connections = {
  list: () => json<{ data: Connection[]; total: number }>('GET', '/v1/channels'),
};

export const sms = {
  count: (text: string, signal?: AbortSignal) => json<SmsCount>('POST', '/v1/sms/count', { body: { text: text.slice(0, 10_000) }, signal }),
};

let known: Promise<Catalogue> | null = null;

export const segments = {
  list: (query: Query, signal?: AbortSignal) => json<{ data: Segment[]; total: number }>('GET', '/v1/segments', { query, signal }),
  get: (id: string, signal?: AbortSignal) => json<Segment>('GET', `/v1/segments/${at(id)}`, { signal }),
  create: (body: unknown, once?: string) => json<Segment>('POST', '/v1/segments', { body, once }),
};

export const customers = {
  list: (query: Query, signal?: AbortSignal) => json<{ customers: Customer[]; total: number }>('GET', '/v1/customers', { query, signal }),
  get: (idOrSourceId: string, signal?: AbortSignal) => json<Customer>('GET', `/v1/customers/${at(idOrSourceId)}`, { signal }),
  create: (body: unknown) => json<Customer>('POST', '/v1/customers', { body }),
};

export const campaigns = {
  list: (query: Query, signal?: AbortSignal) => json<{ campaigns: Campaign[]; total: number }>('GET', '/v1/campaigns', { query, signal }),
  get: (id: string, signal?: AbortSignal) => json<Campaign>('GET', `/v1/campaigns/${at(id)}`, { signal }),
};

export const promotions = {
  tiers: (query: Query, signal?: AbortSignal) => json<{ tiers: Named[]; total: number }>('GET', '/v1/promotions/tiers', { query, signal }),
};

export const validationRules = {
  list: (query: Query, signal?: AbortSignal) => json<{ data: Named[]; total: number }>('GET', '/v1/validation-rules', { query, signal }),
};
