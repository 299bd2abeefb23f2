import { request, type Customer, type Draft } from '../../api';
import type { ExpirationRules } from '../loyalty/program/expiry';
import type { Tiering } from '../loyalty/program/tiering';
import type { ReferralProgram } from '../referrals/program/program';

export type CampaignType = 'DISCOUNT_COUPONS' | 'GIFT_VOUCHERS' | 'PROMOTION' | 'LOYALTY_PROGRAM' | 'REFERRAL_PROGRAM';

export interface Discount {
  type: 'PERCENT' | 'AMOUNT' | 'FIXED' | 'UNIT';
  percent_off?: number;
  amount_off?: number;
  fixed_amount?: number;
  unit_off?: number;
  unit_type?: string;
}

export interface CampaignFull {
  id: string;
  name: string;
  campaign_type: string;
  description?: string;
  active: boolean;
  vouchers_count: number;
  vouchers_generation_status: string;
  start_date?: string | null;
  expiration_date?: string | null;
  created_at: string;
  join_once?: boolean;
  /** Of loyalty programmes. */
  auto_join?: boolean;
  loyalty_tiers_expiration?: Tiering | null;
  /** Of referral programmes. */
  referral_program?: ReferralProgram | null;
  voucher?: { type: string; discount?: Discount; gift?: { amount: number }; loyalty_card?: { points: number; expiration_rules?: ExpirationRules | null }; redemption?: { quantity: number | null }; code_config?: { length?: number; prefix?: string; pattern?: string } };
  metadata?: Record<string, unknown>;
}

export interface Summary {
  redemptions_succeeded: number;
  redemptions_failed: number;
  rollbacks_succeeded: number;
  orders_amount: number;
  vouchers_created: number;
  vouchers_published: number;
  publications_succeeded: number;
  discounted_amount?: number;
  amount_redeemed?: number;
  /** Of referral programmes. */
  referred_customers?: number;
  /** Of loyalty programmes, in points, as the next ones. */
  points_added?: number;
  points_subtracted?: number;
  points_rewarded?: number;
  pending_points_activated?: number;
  points_redeemed?: number;
  points_rolledback?: number;
  points_expired?: number;
  points_transferred_in?: number;
  points_transferred_out?: number;
}

export interface Performance {
  distributions: { id: string; name?: string; status: string; channels: string[]; codes_issued: number; messages_delivered: number; codes_redeemed: number; redemption_rate: number }[];
  total: number;
  codes_issued: number;
  messages_delivered: number;
  codes_redeemed: number;
  redemption_rate: number;
}

export interface Voucher {
  id: string;
  code: string;
  type: string;
  active: boolean;
  campaign_id?: string | null;
  created_at: string;
  holder_id?: string | null;
  discount?: Discount | null;
  gift?: { amount: number; balance: number } | null;
  redemption?: { quantity: number | null; redeemed_quantity: number };
  publish?: { count: number };
}

export interface Publication {
  id: string;
  created_at: string;
  channel: string;
  result: string;
  customer?: Customer;
  customer_id?: string;
  voucher?: { code: string };
  vouchers?: { code: string }[];
}

export interface Redemption {
  id: string;
  object: string;
  date: string;
  result: string;
  status?: string;
  amount?: number | null;
  failure_message?: string;
  redemption?: string | null;
  customer?: Customer | null;
  voucher?: { code: string } | null;
  promotion_tier?: { name: string } | null;
  order?: { total_amount?: number; total_discount_amount?: number } | null;
}

export interface Tier {
  id: string;
  name: string;
  banner?: string | null;
  action?: { discount?: Discount };
  hierarchy: number;
  active: boolean;
  summary?: { redemptions?: { total_redeemed?: number } };
}

export interface Rule {
  id: string;
  name: string;
  rules: Record<string, unknown>;
  applicable_to?: unknown;
  error?: { message?: string } | null;
  assignments_count?: number;
  created_at: string;
}

export interface Product {
  id: string;
  source_id?: string | null;
  name?: string | null;
  price?: number | null;
  image_url?: string | null;
  created_at: string;
  skus?: { total: number };
}

interface PageQuery {
  limit: number;
  page: number;
}

const at = encodeURIComponent;

/** A page of campaigns; with a text the ten that have it in their names. */
export async function list({ text, ...query }: PageQuery & { order?: string; campaign_type?: string | undefined; campaign_status?: string | undefined; text?: string | undefined }, signal: AbortSignal): Promise<{ rows: CampaignFull[]; total: number }> {
  if (!text) {
    const page = await request.json<{ campaigns: CampaignFull[]; total: number }>('GET', '/v1/campaigns', { query: { ...query }, signal });
    return { rows: page.campaigns, total: page.total };
  }
  const found = await request.json<{ campaigns: { id: string }[] }>('GET', '/v1/search', { query: { q: text }, signal });
  const rows = await Promise.all(found.campaigns.map((one) => read(one.id, signal)));
  const fitting = rows.filter((row) => (!query.campaign_type || row.campaign_type === query.campaign_type) && (!query.campaign_status || row.active === (query.campaign_status === 'ACTIVE')));
  return { rows: fitting, total: fitting.length };
}

export const read = (id: string, signal?: AbortSignal) => request.json<CampaignFull>('GET', `/v1/campaigns/${at(id)}`, { signal });
export const create = (body: unknown, once: string) => request.json<CampaignFull>('POST', '/v1/campaigns', { body, once });
export const remove = (id: string) => request.json<unknown>('DELETE', `/v1/campaigns/${at(id)}`);
export const setActive = (id: string, active: boolean) => request.json<unknown>('POST', `/v1/campaigns/${at(id)}/${active ? 'enable' : 'disable'}`);
export const summary = (id: string, signal?: AbortSignal) => request.json<Summary>('GET', `/v1/campaigns/${at(id)}/summary`, { signal });
export const performance = (id: string, signal?: AbortSignal) => request.json<Performance>('GET', `/v1/campaigns/${at(id)}/distributions`, { signal });

/** Drafts that are usual for it, none of them made yet. */
export const presets = (id: string, signal?: AbortSignal) => request.json<{ data: Draft[]; total: number }>('GET', `/v1/campaigns/${at(id)}/distributions/presets`, { signal });

export const vouchers = (query: PageQuery & { campaign_id: string; code?: string | undefined }, signal?: AbortSignal) => request.json<{ vouchers: Voucher[]; total: number }>('GET', '/v1/vouchers', { query: { ...query }, signal });
export const setVoucher = (code: string, active: boolean) => request.json<unknown>('POST', `/v1/vouchers/${at(code)}/${active ? 'enable' : 'disable'}`);
export const addCodes = (id: string, count: number, once: string) => request.json<unknown>('POST', `/v1/campaigns/${at(id)}/vouchers`, { query: { vouchers_count: count }, body: {}, once });

export const publications = (query: PageQuery & { campaign: string; voucher?: string | undefined }, signal?: AbortSignal) => request.json<{ publications: Publication[]; total: number }>('GET', '/v1/publications', { query: { ...query }, signal });

export const redemptions = (query: PageQuery & { campaign: string; voucher?: string | undefined }, signal?: AbortSignal) => request.json<{ redemptions: Redemption[]; total: number }>('GET', '/v1/redemptions', { query: { ...query }, signal });
export const rollBack = (id: string, reason: string, once: string) => request.json<unknown>('POST', `/v1/redemptions/${at(id)}/rollback`, { body: reason ? { reason } : {}, once });

export const tiers = (campaign: string, signal?: AbortSignal) => request.json<{ tiers: Tier[]; total: number }>('GET', `/v1/promotions/${at(campaign)}/tiers`, { signal });
export const addTier = (campaign: string, body: unknown, once: string) => request.json<Tier>('POST', `/v1/promotions/${at(campaign)}/tiers`, { body, once });
export const setTier = (id: string, active: boolean) => request.json<unknown>('POST', `/v1/promotions/tiers/${at(id)}/${active ? 'enable' : 'disable'}`);
export const removeTier = (id: string) => request.json<unknown>('DELETE', `/v1/promotions/tiers/${at(id)}`);

export const rules = {
  list: (query: PageQuery & { order?: string }, signal?: AbortSignal) => request.json<{ data: Rule[]; total: number }>('GET', '/v1/validation-rules', { query: { ...query }, signal }),
  read: (id: string, signal?: AbortSignal) => request.json<Rule>('GET', `/v1/validation-rules/${at(id)}`, { signal }),
  create: (body: unknown, once: string) => request.json<Rule>('POST', '/v1/validation-rules', { body, once }),
  change: (id: string, body: unknown) => request.json<Rule>('PUT', `/v1/validation-rules/${at(id)}`, { body }),
  remove: (id: string) => request.json<unknown>('DELETE', `/v1/validation-rules/${at(id)}`),
};

export const products = (query: PageQuery & { order?: string }, signal?: AbortSignal) => request.json<{ products: Product[]; total: number }>('GET', '/v1/products', { query: { ...query }, signal });
