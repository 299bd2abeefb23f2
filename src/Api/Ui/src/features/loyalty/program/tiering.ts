import { whole } from './expiry';

export const periods = ['MONTH', 'QUARTER', 'HALF_YEAR', 'YEAR'] as const;
export type Period = (typeof periods)[number];

/** How members get into tiers and how long they stay, as the API has it. */
export interface Tiering {
  qualification_type: 'BALANCE' | 'POINTS_IN_PERIOD';
  qualification_period?: Period;
  start_date?: { type: 'IMMEDIATE' | 'NEXT_PERIOD' };
  expiration_date?: { type?: TierEnd; extend?: string; rounding?: { type: Period | 'CUSTOM'; strategy?: 'START' | 'END'; unit?: 'MONTH'; value?: number } };
}

export type TierEnd = 'BALANCE_DROP' | 'CUSTOM' | 'END_OF_PERIOD' | 'END_OF_NEXT_PERIOD';
export type Unit = 'D' | 'M' | 'Y';

/** The same as it is typed. */
export interface TypedTiering {
  by: 'BALANCE' | Period;
  waits: boolean;
  end: TierEnd;
  length: string;
  unit: Unit;
  rounding: Period | 'CUSTOM' | '';
  strategy: 'START' | 'END';
  month: string;
}

export const units: Unit[] = ['D', 'M', 'Y'];
export const endsOf = (by: TypedTiering['by']): TierEnd[] => (by === 'BALANCE' ? ['BALANCE_DROP', 'CUSTOM'] : ['END_OF_PERIOD', 'END_OF_NEXT_PERIOD']);

/** Null for what the form could only lose. */
export function typedTiering(settings: Tiering | null | undefined): TypedTiering | null {
  const extend = settings?.expiration_date?.extend;
  const parts = /^P(\d+)([DMYW])$/.exec(extend ?? '');
  if (extend && !parts) return null;
  const by = settings?.qualification_type === 'POINTS_IN_PERIOD' ? (settings.qualification_period ?? 'YEAR') : 'BALANCE';
  const rounding = settings?.expiration_date?.rounding;
  const weeks = parts?.[2] === 'W';
  return {
    by,
    waits: settings?.start_date?.type === 'NEXT_PERIOD',
    end: settings?.expiration_date?.type ?? endsOf(by)[0]!,
    length: parts ? String(Number(parts[1]) * (weeks ? 7 : 1)) : '',
    unit: parts ? (weeks ? 'D' : (parts[2] as Unit)) : 'M',
    rounding: rounding?.type ?? '',
    strategy: rounding?.strategy ?? 'END',
    month: String(rounding?.value ?? 1),
  };
}

/** What was typed as the API takes it; undefined while something is wrong. */
export function tieringOf(typed: TypedTiering): Tiering | undefined {
  const length = typed.length.trim() === '' ? 0 : whole(typed.length, 0, 1200);
  const month = whole(typed.month, 1, 12);
  if (typed.end !== 'BALANCE_DROP' && (length === null || (typed.end === 'CUSTOM' && length === 0) || (typed.rounding === 'CUSTOM' && month === null))) return undefined;
  const rounding = typed.rounding === '' ? {} : { rounding: { type: typed.rounding, strategy: typed.strategy, ...(typed.rounding === 'CUSTOM' ? { unit: 'MONTH' as const, value: month! } : {}) } };
  return {
    ...(typed.by === 'BALANCE' ? { qualification_type: 'BALANCE' } : { qualification_type: 'POINTS_IN_PERIOD', qualification_period: typed.by }),
    start_date: { type: typed.by !== 'BALANCE' && typed.waits ? 'NEXT_PERIOD' : 'IMMEDIATE' },
    expiration_date: typed.end === 'BALANCE_DROP' ? { type: typed.end } : { type: typed.end, ...(length ? { extend: `P${length}${typed.unit}` } : {}), ...rounding },
  };
}
