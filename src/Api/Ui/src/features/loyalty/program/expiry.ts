/** Until when points can be spent, as the API has it. */
export interface ExpirationRules {
  period_type: 'MONTH' | 'FIXED_DAY_OF_YEAR';
  period_value?: number;
  rounding_type?: Rounding;
  rounding_value?: number;
  fixed_month?: number;
  fixed_day?: number;
}

export const roundings = ['END_OF_MONTH', 'END_OF_QUARTER', 'END_OF_HALF_YEAR', 'END_OF_YEAR', 'PARTICULAR_MONTH'] as const;
export type Rounding = (typeof roundings)[number];

/** The same as it is typed. */
export interface Expiry {
  kind: 'none' | 'months' | 'day';
  months: string;
  rounding: Rounding | '';
  month: string;
  day: string;
}

const mostMonths = 1200;

export function expiryOf(rules: ExpirationRules | null | undefined): Expiry {
  return {
    kind: !rules ? 'none' : rules.period_type === 'MONTH' ? 'months' : 'day',
    months: String(rules?.period_value ?? 12),
    rounding: rules?.rounding_type ?? '',
    month: String((rules?.period_type === 'MONTH' ? rules.rounding_value : rules?.fixed_month) ?? 1),
    day: String(rules?.fixed_day ?? 1),
  };
}

/** A whole number within bounds; null for anything else. */
export function whole(text: string, from: number, to: number): number | null {
  const number = /^\d+$/.test(text.trim()) ? Number(text) : NaN;
  return number >= from && number <= to ? number : null;
}

/** What was typed as the API takes it; null for no rules of its own, undefined while something is wrong. */
export function rulesOf(typed: Expiry): ExpirationRules | null | undefined {
  if (typed.kind === 'none') return null;
  const month = whole(typed.month, 1, 12);
  if (typed.kind === 'day') {
    const day = whole(typed.day, 1, 31);
    return month === null || day === null ? undefined : { period_type: 'FIXED_DAY_OF_YEAR', fixed_month: month, fixed_day: day };
  }
  const months = whole(typed.months, 0, mostMonths);
  if (months === null || (typed.rounding === 'PARTICULAR_MONTH' && month === null)) return undefined;
  return {
    period_type: 'MONTH', period_value: months,
    ...(typed.rounding ? { rounding_type: typed.rounding } : {}), ...(typed.rounding === 'PARTICULAR_MONTH' ? { rounding_value: month! } : {}),
  };
}
