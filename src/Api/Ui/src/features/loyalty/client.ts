import { request } from '../../api';
import type { Cursored } from '../../parts/grown.svelte';
import type { CampaignFull, Voucher } from '../campaigns/client';
import type { ExpirationRules } from './program/expiry';

/** A member is a card that somebody holds. */
export interface Member extends Voucher {
  loyalty_card: {
    points: number;
    balance: number;
    next_expiration_date?: string | null;
    next_expiration_points: number;
    pending_points: number;
    expired_points: number;
    subtracted_points: number;
  };
}

export interface Bucket {
  id: string;
  bucket: { total_points: number };
  /** The last day; absent for points that never end. */
  expires_at?: string;
}

export interface Pending {
  id: string;
  voucher_id: string;
  customer_id?: string | null;
  order_id?: string | null;
  points: number;
  activates_at: string;
  details?: { order?: { source_id?: string | null } | null; earning_rule?: { source?: { banner?: string | null } } | null };
  created_at: string;
}

export interface Transaction {
  id: string;
  source_id?: string | null;
  voucher_id: string;
  reason?: string | null;
  type: string;
  details: {
    balance: { points: number; total: number; balance: number };
    order?: { source_id?: string | null; id?: string } | null;
    earning_rule?: { source?: { banner?: string | null } } | null;
  };
  created_at: string;
}

export type Mapping = { type: 'MULTIPLY'; multiplier: number } | { type: 'CUSTOM'; points: number };

export interface LoyaltyTier {
  id: string;
  name: string;
  points: { from: number; to?: number };
  earning_rules: Record<string, Mapping>;
  rewards?: Record<string, Mapping>;
  /** Of a member: since when and until when. */
  expiration?: { start_date: string; expiration_date?: string | null };
  created_at: string;
}

export interface EarningRule {
  id: string;
  event: string;
  validation_rule_id?: string | null;
  loyalty: Record<string, unknown>;
  custom_event?: unknown;
  segment?: { id: string };
  loyalty_tier?: { id: string };
  pending_points?: { period_type: 'DAY'; period_value: number };
  expiration_rules?: ExpirationRules;
  start_date?: string;
  expiration_date?: string;
  source: { banner?: string | null };
  active: boolean;
  created_at: string;
}

export interface BalanceChange {
  points: number;
  expiration_type?: 'PROGRAM_RULES' | 'CUSTOM_DATE' | 'NON_EXPIRING';
  expiration_date?: string;
  reason?: string;
  source_id: string;
}

interface PageQuery {
  limit: number;
  page: number;
}

const at = encodeURIComponent;
const path = (program: string): string => `/v1/loyalties/${at(program)}`;

export const changeProgram = (id: string, body: unknown) => request.json<CampaignFull>('PUT', path(id), { body });

export const members = {
  list: (program: string, query: PageQuery & { code?: string | undefined; customer?: string | undefined }, signal?: AbortSignal) =>
    request.json<{ vouchers: Member[]; total: number; total_is_minimum?: boolean }>('GET', `${path(program)}/members`, { query: { ...query }, signal }),
  read: (program: string, member: string, signal?: AbortSignal) => request.json<Member>('GET', `${path(program)}/members/${at(member)}`, { signal }),
  add: (program: string, body: { customer: string; voucher?: string }, once: string) => request.json<Member>('POST', `${path(program)}/members`, { body, once }),
  tiers: (member: string, signal?: AbortSignal) => request.json<{ data: LoyaltyTier[] }>('GET', `/v1/loyalties/members/${at(member)}/tiers`, { signal }),
  buckets: (program: string, member: string, query: PageQuery, signal?: AbortSignal) => request.json<{ data: Bucket[]; total: number }>('GET', `${path(program)}/members/${at(member)}/points-expiration`, { query: { ...query }, signal }),
  change: (program: string, member: string, body: BalanceChange, once: string) => request.json<unknown>('POST', `${path(program)}/members/${at(member)}/balance`, { body, once }),
};

export const transactions = (program: string, member: string | null, after: string | undefined, signal?: AbortSignal) =>
  request.json<Cursored<Transaction>>('GET', `${path(program)}${member ? `/members/${at(member)}` : ''}/transactions`, { query: { limit: 20, starting_after_id: after }, signal });

export const pending = {
  list: (program: string, member: string | null, after: string | undefined, signal?: AbortSignal) =>
    request.json<Cursored<Pending>>('GET', `${path(program)}${member ? `/members/${at(member)}` : ''}/pending-points`, { query: { limit: 20, starting_after_id: after }, signal }),
  activate: (member: string, id: string, once: string) => request.json<unknown>('POST', `/v1/loyalties/members/${at(member)}/pending-points/${at(id)}/activate`, { once }),
  cancel: (member: string, id: string, once: string) => request.json<void>('POST', `/v1/loyalties/members/${at(member)}/pending-points/${at(id)}/cancel`, { once }),
  adjust: (member: string, id: string, points: number, once: string) => request.json<unknown>('POST', `/v1/loyalties/members/${at(member)}/pending-points/${at(id)}/balance`, { body: { points }, once }),
};

export const loyaltyTiers = {
  list: (program: string, signal?: AbortSignal) => request.json<{ data: LoyaltyTier[]; total: number }>('GET', `${path(program)}/tiers`, { signal }),
  create: (program: string, body: unknown, once: string) => request.json<LoyaltyTier[]>('POST', `${path(program)}/tiers`, { body: [body], once }),
  change: (program: string, id: string, body: unknown) => request.json<LoyaltyTier>('PUT', `${path(program)}/tiers/${at(id)}`, { body }),
  remove: (program: string, id: string) => request.json<void>('DELETE', `${path(program)}/tiers/${at(id)}`),
};

export const earningRules = {
  /** All of them: a project has at most a hundred. */
  list: (program: string, signal?: AbortSignal) => request.json<{ data: EarningRule[]; total: number }>('GET', `${path(program)}/earning-rules`, { query: { limit: 100 }, signal }),
  create: (program: string, body: unknown, once: string) => request.json<EarningRule[]>('POST', `${path(program)}/earning-rules`, { body: [body], once }),
  change: (program: string, id: string, body: unknown) => request.json<EarningRule>('PUT', `${path(program)}/earning-rules/${at(id)}`, { body }),
  setActive: (program: string, id: string, active: boolean) => request.json<EarningRule>('POST', `${path(program)}/earning-rules/${at(id)}/${active ? 'enable' : 'disable'}`),
  remove: (program: string, id: string) => request.json<void>('DELETE', `${path(program)}/earning-rules/${at(id)}`),
};
