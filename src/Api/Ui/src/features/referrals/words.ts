import { t } from '../../i18n.svelte';
import { money } from '../../values/money';
import { nameOf } from '../distributions/lookup';
import { points } from '../loyalty/words';
import type { Given } from './client';
import type { Gift, ReferralProgram, ReferralTier } from './program/program';

/** What makes a referral, in a sentence. */
export function byWords(program: ReferralProgram | null | undefined): string {
  if (program?.conversion_event_type !== 'custom_event') return t('referrals.by.redemption');
  return t('loyalty.event.custom.named', { name: program.custom_event?.name ?? program.custom_event?.id ?? '' });
}

export async function giftWords({ type, amount, related_object_parent }: Gift): Promise<string> {
  const campaign = await nameOf('campaign', related_object_parent.id ?? related_object_parent.name ?? '');
  if (type === 'DISCOUNT_VOUCHER') return t('rewards.gives.code', { campaign });
  return type === 'GIFT_VOUCHER' ? t('rewards.gives.credits', { amount: money(amount ?? 0), campaign }) : t('rewards.gives.points', { points: points(amount ?? 0), campaign });
}

export const whenWords = ({ conversions }: ReferralTier): string => (conversions?.type === 'AT_LEAST' ? t('referrals.once', { n: conversions.count ?? 1 }) : t('referrals.EACH'));

/** What somebody was given. */
export function givenWords({ data: { data } }: Given): string {
  if (data.balance?.points !== undefined) return points(data.balance.points);
  return data.balance?.amount !== undefined ? money(data.balance.amount) : (data.voucher?.code ?? '–');
}
