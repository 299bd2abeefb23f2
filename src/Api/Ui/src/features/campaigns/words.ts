import { has, t, type Text } from '../../i18n.svelte';
import { number } from '../../values/format';
import { money } from '../../values/money';
import type { CampaignFull, Discount } from './client';

export function typeName(type: string): string {
  return has(`campaigns.type.${type}`) ? t(`campaigns.type.${type}` as Text) : type;
}

/** What is taken off, in short. */
export function discountWords(discount: Discount | null | undefined): string {
  if (!discount) return '–';
  switch (discount.type) {
    case 'PERCENT':
      return t('campaigns.off', { value: `${number(discount.percent_off ?? 0)} %` });
    case 'AMOUNT':
      return t('campaigns.off', { value: money(discount.amount_off ?? 0) });
    case 'FIXED':
      return t('campaigns.fixed', { value: money(discount.fixed_amount ?? 0) });
    default:
      return t('campaigns.units', { count: number(discount.unit_off ?? 0), what: discount.unit_type ?? '' });
  }
}

/** What a code of a campaign is worth, in short. */
export function worthOf({ voucher }: Pick<CampaignFull, 'voucher'>): string {
  if (voucher?.gift) return money(voucher.gift.amount);
  return voucher?.loyalty_card ? t('loyalty.points', { n: voucher.loyalty_card.points }) : discountWords(voucher?.discount);
}
