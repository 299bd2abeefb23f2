import { has, locale, t, type Text } from '../../i18n.svelte';
import { number } from '../../values/format';
import { minorText, money, readMoney } from '../../values/money';
import type { EarningRule } from './client';
import type { ExpirationRules } from './program/expiry';
import { typedTiering, type Tiering } from './program/tiering';
import { kindOf } from './rules/events';
import { bases, worthOf, type Money } from './rules/worth';

export const moneyText: Money = { write: minorText, read: readMoney };

/** January to December, in the language of the page. */
export function monthNames(): string[] {
  const format = new Intl.DateTimeFormat(locale.tag, { month: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, month) => format.format(Date.UTC(2026, month, 15)));
}

export const points = (n: number): string => t('loyalty.points', { n });

/** When points end, in a sentence. */
export function expiryWords(rules: ExpirationRules | null | undefined): string {
  if (!rules) return t('loyalty.expiry.never');
  if (rules.period_type === 'FIXED_DAY_OF_YEAR') {
    return t('loyalty.expiry.onDay', { day: new Intl.DateTimeFormat(locale.tag, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(Date.UTC(2028, (rules.fixed_month ?? 1) - 1, rules.fixed_day ?? 1)) });
  }
  const after = t('loyalty.expiry.after', { n: rules.period_value ?? 0 });
  if (!rules.rounding_type) return after;
  return `${after}, ${rules.rounding_type === 'PARTICULAR_MONTH' ? t('loyalty.expiry.inMonth', { month: monthNames()[(rules.rounding_value ?? 1) - 1] ?? '' }) : t(`loyalty.rounding.${rules.rounding_type}`)}`;
}

/** By what tiers are reached and when they end. */
export function tieringWords(tiering: Tiering | null | undefined): string {
  const by = tiering?.qualification_type === 'POINTS_IN_PERIOD' ? t(`loyalty.tiering.${tiering.qualification_period ?? 'YEAR'}`) : t('loyalty.tiering.BALANCE');
  const end = tiering?.expiration_date?.type ?? (tiering?.qualification_type === 'POINTS_IN_PERIOD' ? 'END_OF_PERIOD' : 'BALANCE_DROP');
  const [extend, typed] = [tiering?.expiration_date?.extend, typedTiering(tiering)];
  const length = !extend ? '' : typed ? ` (${number(Number(typed.length))} ${t(`loyalty.unit.${typed.unit}`)})` : ` (${extend})`;
  return `${by}; ${t(`loyalty.tiering.end.${end}`)}${length}`;
}

export function eventName(rule: Pick<EarningRule, 'event'>): string {
  const kind = kindOf(rule.event);
  if (kind === 'custom') return t('loyalty.event.custom.named', { name: rule.event });
  return kind === 'tier' ? t(`loyalty.event.${rule.event}` as Text) : t(`loyalty.event.${kind}`);
}

/** What a rule is called where nothing was typed. */
export function ruleName(rule: Pick<EarningRule, 'event' | 'source'>): string {
  return rule.source.banner || eventName(rule);
}

/** "1 point for every $1.00 of the order". */
export function worthWords(loyalty: Record<string, unknown>): string {
  const worth = worthOf(loyalty, moneyText);
  if (!worth) return t('loyalty.worth.formula');
  if (worth.kind === 'FIXED') return points(Number(worth.points));
  const every = bases[worth.kind].isMoney ? money(moneyText.read(worth.every) ?? 0) : number(Number(worth.every));
  return t('loyalty.worth.every', { points: points(Number(worth.points)), every, what: worth.property ? `${t(`loyalty.basis.${worth.kind}`)}: ${worth.property}` : t(`loyalty.basis.${worth.kind}`) });
}

export function transactionName(type: string): string {
  return has(`loyalty.change.${type}`) ? t(`loyalty.change.${type}` as Text) : type;
}
