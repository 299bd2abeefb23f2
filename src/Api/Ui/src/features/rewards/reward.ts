import { pointsOf, type Money } from '../loyalty/rules/worth';
import type { Reward, RewardType } from './client';

/** What a reward gives, as it is typed; money in the currency's own unit. */
export interface TypedReward {
  name: string;
  type: RewardType;
  /** The campaign whose codes, credits or points are given, and its type. */
  campaign: { id: string; type: string } | null;
  /** Credits or points that are added. */
  balance: string;
  product: string | undefined;
  sku: string;
  stock: string;
  /** What so many points are worth. */
  worth: string;
  points: string;
  description: string;
  image: string;
}

export const campaignTypes = ['DISCOUNT_COUPONS', 'GIFT_VOUCHERS', 'LOYALTY_PROGRAM'] as const;

const mostStock = 1_000_000_000;
const mostWorth = 1_000_000_000;

export function typedReward(reward: Reward | null, money: Money): TypedReward {
  const { campaign, product, coin } = reward?.parameters ?? {};
  return {
    name: reward?.name ?? '',
    type: reward?.type ?? 'CAMPAIGN',
    campaign: campaign ? { id: campaign.id, type: campaign.type } : null,
    balance: campaign?.balance === undefined ? '' : campaign.type === 'GIFT_VOUCHERS' ? money.write(campaign.balance) : String(campaign.balance),
    product: product?.id,
    sku: product?.sku_id ?? '',
    stock: reward?.stock == null ? '' : String(reward.stock),
    worth: coin ? String(coin.exchange_ratio) : '',
    points: coin ? String(coin.points_ratio) : '1',
    description: reward?.attributes.description ?? '',
    image: reward?.attributes.image_url ?? '',
  };
}

/** How many there are; null for without a limit, undefined while it is no number. */
export function stockOf(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  return /^\d{1,10}$/.test(text.trim()) && Number(text) <= mostStock ? Number(text) : undefined;
}

/** Credits or points on a card; null where they are none. */
export function balanceOf(typed: TypedReward, money: Money): number | null {
  return (typed.campaign?.type === 'GIFT_VOUCHERS' ? money.read(typed.balance) : pointsOf(typed.balance)) || null;
}

/** What points are worth, in the currency's own unit; null where it is less than the smallest or no number. */
export function worthOf(text: string): number | null {
  const typed = text.trim().replace(',', '.');
  return /^\d+(\.\d+)?$/.test(typed) && Number(typed) >= 0.01 && Number(typed) <= mostWorth ? Number(typed) : null;
}

function parametersOf(typed: TypedReward, money: Money): Reward['parameters'] | undefined {
  switch (typed.type) {
    case 'CAMPAIGN': {
      const [of, balance] = [typed.campaign, balanceOf(typed, money)];
      if (!of || (of.type !== 'DISCOUNT_COUPONS' && balance === null)) return undefined;
      return { campaign: { id: of.id, ...(balance === null || of.type === 'DISCOUNT_COUPONS' ? {} : { balance }) } as NonNullable<Reward['parameters']['campaign']> };
    }
    case 'MATERIAL':
      return typed.product ? { product: { id: typed.product, sku_id: typed.sku || null } } : undefined;
    default: {
      const [exchange_ratio, points_ratio] = [worthOf(typed.worth), pointsOf(typed.points)];
      return exchange_ratio === null || !points_ratio ? undefined : { coin: { exchange_ratio, points_ratio } };
    }
  }
}

/**
 * What was typed, as the API takes it; undefined while something is wrong. A stock is given only where somebody changed it: it says how many are left from now on, and others may have redeemed some while this was typed.
 */
export function rewardBody(typed: TypedReward, before: Reward | null, money: Money): Record<string, unknown> | undefined {
  const [parameters, stock] = [parametersOf(typed, money), typed.type === 'MATERIAL' ? stockOf(typed.stock) : null];
  if (typed.name.trim() === '' || !parameters || stock === undefined) return undefined;
  const isStockSaid = typed.type === 'MATERIAL' && stock !== (before?.stock ?? null);
  const shown = { description: typed.description.trim(), image_url: typed.image.trim() };
  const changes = Object.entries(shown).filter(([name, value]) => value !== (before?.attributes[name as keyof typeof shown] ?? ''));
  return {
    name: typed.name.trim(), ...(before ? {} : { type: typed.type }), parameters, ...(isStockSaid ? { stock } : {}),
    ...(changes.length > 0 ? { attributes: Object.fromEntries(changes.map(([name, value]) => [name, value || null])) } : {}),
  };
}
