import { pointsOf, type Money } from '../../loyalty/rules/worth';

/** What is given for a referral, as the API has it: a code of a campaign, credits or points on a card of it. */
export interface Gift {
  type: 'DISCOUNT_VOUCHER' | 'GIFT_VOUCHER' | 'LOYALTY_CARD';
  amount?: number;
  related_object_parent: { id?: string; name?: string; object?: string };
}

export interface ReferralTier {
  id?: string;
  banner?: string | null;
  conversions?: { type: 'EACH' | 'AT_LEAST'; count?: number };
  reward: Gift;
}

export interface ReferralProgram {
  conversion_event_type?: 'redemption' | 'custom_event';
  custom_event?: { id?: string; name?: string } | null;
  referee_reward?: Gift | null;
  referral_tiers?: ReferralTier[] | null;
}

/** A gift as it is typed: of a campaign, whose type says what is given. */
export interface TypedGift {
  campaign: { id: string; type: string } | null;
  amount: string;
}

export interface TypedTier {
  /** Of one that is there already: by it the server knows it again. */
  id?: string | undefined;
  /** Tells it from the others in the form. */
  key: number;
  banner: string;
  each: boolean;
  count: string;
  gift: TypedGift;
}

export interface TypedProgram {
  by: 'redemption' | 'custom_event';
  event: string;
  givesReferee: boolean;
  referee: TypedGift;
  tiers: TypedTier[];
}

export const mostTiers = 20;
export const giftTypes = ['DISCOUNT_COUPONS', 'GIFT_VOUCHERS', 'LOYALTY_PROGRAM'] as const;
const given = { DISCOUNT_COUPONS: 'DISCOUNT_VOUCHER', GIFT_VOUCHERS: 'GIFT_VOUCHER', LOYALTY_PROGRAM: 'LOYALTY_CARD' } as const;
const mostReferees = 1_000_000;

export const newGift = (): TypedGift => ({ campaign: null, amount: '' });
export const newTier = (key: number): TypedTier => ({ key, banner: '', each: true, count: '3', gift: newGift() });

const typedGift = (gift: Gift | null | undefined, money: Money): TypedGift => {
  const campaign = gift?.related_object_parent.id ?? gift?.related_object_parent.name;
  if (!gift || !campaign) return newGift();
  const type = giftTypes.find((one) => given[one] === gift.type) ?? '';
  return { campaign: { id: campaign, type }, amount: gift.amount === undefined ? '' : gift.type === 'GIFT_VOUCHER' ? money.write(gift.amount) : String(gift.amount) };
};

export function typedProgram(program: ReferralProgram | null | undefined, money: Money): TypedProgram {
  return {
    by: program?.conversion_event_type ?? 'redemption',
    event: program?.custom_event?.name ?? '',
    givesReferee: !!program?.referee_reward,
    referee: typedGift(program?.referee_reward, money),
    tiers: (program?.referral_tiers ?? []).map((tier, key) => ({
      key, id: tier.id, banner: tier.banner ?? '', each: tier.conversions?.type !== 'AT_LEAST', count: String(tier.conversions?.count ?? 3), gift: typedGift(tier.reward, money),
    })),
  };
}

/** With how many referees it is reached; null where it is no number. */
export const countOf = (text: string): number | null => (/^\d{1,7}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= mostReferees ? Number(text) : null);

/** Credits or points; null for a code, undefined while they are none. */
export function amountOf(gift: TypedGift, money: Money): number | null | undefined {
  if (gift.campaign?.type === 'DISCOUNT_COUPONS') return null;
  return (gift.campaign?.type === 'GIFT_VOUCHERS' ? money.read(gift.amount) : pointsOf(gift.amount)) || undefined;
}

export function giftOf(gift: TypedGift, money: Money): Gift | undefined {
  const amount = amountOf(gift, money);
  const type = given[gift.campaign?.type as keyof typeof given];
  if (!gift.campaign || !type || amount === undefined) return undefined;
  return { type, ...(amount === null ? {} : { amount }), related_object_parent: { id: gift.campaign.id, object: 'CAMPAIGN' } };
}

/** What was typed, as the API takes it; undefined while something is wrong. What the form has no room for stays as it was. */
export function programOf(typed: TypedProgram, before: ReferralProgram | null | undefined, money: Money): ReferralProgram | undefined {
  const custom_event = before?.custom_event;
  const rest = { ...before };
  for (const name of ['custom_event', 'referee_reward', 'referral_tiers'] as const) delete rest[name];
  const event = typed.event.trim();
  const named = event === (custom_event?.name ?? '') ? custom_event : { name: event };
  const referee = typed.givesReferee ? giftOf(typed.referee, money) : null;
  const tiers = typed.tiers.map((tier): ReferralTier | undefined => {
    const [reward, count] = [giftOf(tier.gift, money), tier.each ? 1 : countOf(tier.count)];
    if (!reward || count === null) return undefined;
    return { ...(tier.id ? { id: tier.id } : {}), ...(tier.banner.trim() ? { banner: tier.banner.trim() } : {}), conversions: tier.each ? { type: 'EACH' } : { type: 'AT_LEAST', count }, reward };
  });
  if (referee === undefined || tiers.some((tier) => !tier) || (typed.by === 'custom_event' && !named?.name && !named?.id)) return undefined;
  return {
    ...rest, conversion_event_type: typed.by, ...(typed.by === 'custom_event' && named ? { custom_event: named } : {}),
    ...(referee ? { referee_reward: referee } : {}), ...(tiers.length > 0 ? { referral_tiers: tiers as ReferralTier[] } : {}),
  };
}
