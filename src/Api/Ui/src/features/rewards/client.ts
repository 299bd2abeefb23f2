import { request } from '../../api';
import type { Cursored } from '../../parts/grown.svelte';
import type { Redemption } from '../campaigns/client';

export const rewardTypes = ['CAMPAIGN', 'MATERIAL', 'COIN'] as const;
export type RewardType = (typeof rewardTypes)[number];

export interface Reward {
  id: string;
  name?: string | null;
  type: RewardType;
  parameters: {
    campaign?: { id: string; type: string; balance?: number };
    product?: { id: string; sku_id?: string | null };
    coin?: { exchange_ratio: number; points_ratio: number };
  };
  attributes: { image_url?: string | null; description?: string | null };
  /** How many are left; null for without a limit. */
  stock?: number | null;
  redeemed?: number;
  created_at: string;
}

/** Where a reward is to be had, and what it costs there. */
export interface Assignment {
  id: string;
  reward_id: string;
  related_object_id: string;
  /** Not of COIN. */
  parameters?: { loyalty: { points: number; auto_redeem?: boolean } };
  validation_rules_assignments?: { data: { rule_id: string }[] };
  created_at: string;
}

/** What a member can have, with what it costs in the member's tier. */
export interface Offer {
  reward: Reward;
  assignment: Assignment;
}

export interface RewardRedemption extends Redemption {
  channel?: { channel_type: string } | null;
  reward?: { id: string; name?: string | null; type: RewardType; voucher?: { code: string } | null } | null;
}

interface PageQuery {
  limit: number;
  page: number;
}

const at = encodeURIComponent;

export const rewards = {
  list: (query: PageQuery, signal?: AbortSignal) => request.json<{ data: Reward[]; total: number }>('GET', '/v1/rewards', { query: { ...query }, signal }),
  read: (id: string, signal?: AbortSignal) => request.json<Reward>('GET', `/v1/rewards/${at(id)}`, { signal }),
  create: (body: unknown, once: string) => request.json<Reward>('POST', '/v1/rewards', { body, once }),
  change: (id: string, body: unknown) => request.json<Reward>('PUT', `/v1/rewards/${at(id)}`, { body }),
  remove: (id: string) => request.json<void>('DELETE', `/v1/rewards/${at(id)}`),
  assignments: (id: string, query: PageQuery, signal?: AbortSignal) => request.json<{ data: Assignment[]; total: number }>('GET', `/v1/rewards/${at(id)}/assignments`, { query: { ...query }, signal }),
};

export const assignments = {
  list: (program: string, query: PageQuery, signal?: AbortSignal) => request.json<{ data: Assignment[]; total: number }>('GET', `/v1/loyalties/${at(program)}/rewards`, { query: { ...query }, signal }),
  create: async (program: string, body: unknown, once: string) => (await request.json<Assignment[]>('POST', `/v1/loyalties/${at(program)}/rewards`, { body: [body], once }))[0]!,
  change: (program: string, id: string, body: unknown) => request.json<Assignment>('PUT', `/v1/loyalties/${at(program)}/rewards/${at(id)}`, { body }),
  remove: (program: string, id: string) => request.json<void>('DELETE', `/v1/loyalties/${at(program)}/rewards/${at(id)}`),
};

export const offers = (member: string, signal?: AbortSignal) => request.json<{ data: Offer[]; total: number }>('GET', `/v1/loyalties/members/${at(member)}/rewards`, { signal });

export const redeem = (program: string, member: string, body: unknown, once: string) =>
  request.json<RewardRedemption>('POST', `/v1/loyalties/${at(program)}/members/${at(member)}/redemption`, { body, once });

/** What points of a programme, or of one of its cards, were exchanged for, the newest first; read on by its pages. */
export async function redeemed(program: string, card: string | null, after: string | undefined, signal?: AbortSignal): Promise<Cursored<RewardRedemption>> {
  const [limit, page] = [20, Number(after ?? 1)];
  const found = await request.json<{ redemptions: RewardRedemption[]; total: number }>('GET', '/v1/redemptions', { query: { limit, page, ...(card ? { voucher: card } : { campaign: program }) }, signal });
  return { data: found.redemptions, has_more: page * limit < found.total, more_starting_after: String(page + 1) };
}

export const skus = (product: string, signal?: AbortSignal) => request.json<{ data: { id: string; sku?: string | null; source_id?: string | null }[] }>('GET', `/v1/products/${at(product)}/skus`, { query: { limit: 100 }, signal });
