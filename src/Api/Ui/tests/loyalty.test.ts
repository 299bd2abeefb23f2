import { describe, expect, it } from 'vitest';
import { expiryOf, rulesOf, type ExpirationRules } from '../src/features/loyalty/program/expiry';
import { tieringOf, typedTiering, type Tiering } from '../src/features/loyalty/program/tiering';
import { kindOf } from '../src/features/loyalty/rules/events';
import { basesOf, loyaltyOf, newWorth, worthOf } from '../src/features/loyalty/rules/worth';
import { mappingOf, typedMapping } from '../src/features/loyalty/tiers/mapping';

const money = { write: (minor: number) => (minor / 100).toFixed(2), read: (text: string) => (/^\d+([.,]\d{1,2})?$/.test(text) ? Math.round(Number(text.replace(',', '.')) * 100) : null) };

describe('when points end', () => {
  it('is the same after it was shown in the form', () => {
    const all: (ExpirationRules | null)[] = [
      null,
      { period_type: 'MONTH', period_value: 12 },
      { period_type: 'MONTH', period_value: 0, rounding_type: 'END_OF_QUARTER' },
      { period_type: 'MONTH', period_value: 6, rounding_type: 'PARTICULAR_MONTH', rounding_value: 3 },
      { period_type: 'FIXED_DAY_OF_YEAR', fixed_month: 12, fixed_day: 31 },
    ];
    for (const rules of all) expect(rulesOf(expiryOf(rules))).toEqual(rules);
  });

  it('is refused where it is no number of months or no day', () => {
    expect(rulesOf({ ...expiryOf(null), kind: 'months', months: '1201' })).toBeUndefined();
    expect(rulesOf({ ...expiryOf(null), kind: 'months', months: '-1' })).toBeUndefined();
    expect(rulesOf({ ...expiryOf(null), kind: 'day', day: '32' })).toBeUndefined();
  });
});

describe('how tiers are reached and end', () => {
  it('is the same after it was shown in the form', () => {
    const all: Tiering[] = [
      { qualification_type: 'BALANCE', start_date: { type: 'IMMEDIATE' }, expiration_date: { type: 'BALANCE_DROP' } },
      { qualification_type: 'BALANCE', start_date: { type: 'IMMEDIATE' }, expiration_date: { type: 'CUSTOM', extend: 'P1Y', rounding: { type: 'QUARTER', strategy: 'END' } } },
      { qualification_type: 'POINTS_IN_PERIOD', qualification_period: 'QUARTER', start_date: { type: 'NEXT_PERIOD' }, expiration_date: { type: 'END_OF_NEXT_PERIOD', extend: 'P3M', rounding: { type: 'CUSTOM', strategy: 'START', unit: 'MONTH', value: 3 } } },
    ];
    for (const tiering of all) expect(tieringOf(typedTiering(tiering)!)).toEqual(tiering);
  });

  it('stays with who made it where the form has no room for it', () => expect(typedTiering({ qualification_type: 'BALANCE', expiration_date: { type: 'CUSTOM', extend: 'P1Y2M' } })).toBeNull());

  it('needs a length where a tier ends some time after it was reached', () => expect(tieringOf({ ...typedTiering(null)!, end: 'CUSTOM', length: '' })).toBeUndefined());
});

describe('what points are proportional to', () => {
  it('is the same after it was shown in the form, money in its own unit', () => {
    const all: Record<string, unknown>[] = [
      { type: 'FIXED', points: 100 },
      { type: 'PROPORTIONAL', calculation_type: 'ORDER_AMOUNT', order: { amount: { every: 1050, points: 2 } } },
      { type: 'PROPORTIONAL', calculation_type: 'ORDER_METADATA', order: { metadata: { every: 1.5, points: 1, property: 'litres' } } },
      { type: 'PROPORTIONAL', calculation_type: 'ORDER_ITEMS_QUANTITY', order_items: { quantity: { every: 3, points: 1, object: 'product', id: 'prod_1' } } },
      { type: 'PROPORTIONAL', calculation_type: 'CUSTOM_EVENT_METADATA', custom_event: { metadata: { every: 1, points: 2, property: 'pages' } } },
    ];
    for (const loyalty of all) expect(loyaltyOf(worthOf(loyalty, money)!, money)).toEqual(loyalty);
    expect(worthOf(all[1]!, money)!.every).toBe('10.50');
  });

  it('is left alone where it is a formula', () => expect(worthOf({ type: 'FIXED', points: 1, points_formula: 'ORDER_AMOUNT * 2' }, money)).toBeNull());

  it('is refused where something is missing', () => {
    expect(loyaltyOf({ ...newWorth, points: '1.5' }, money)).toBeUndefined();
    expect(loyaltyOf({ ...newWorth, kind: 'ORDER_AMOUNT', points: '1', every: '0' }, money)).toBeUndefined();
    expect(loyaltyOf({ ...newWorth, kind: 'CUSTOMER_METADATA', points: '1', every: '1' }, money)).toBeUndefined();
  });

  it('goes with the event', () => {
    expect(kindOf('order.paid')).toBe('order');
    expect(kindOf('viewed')).toBe('custom');
    expect(basesOf('custom')).toEqual(['CUSTOM_EVENT_METADATA', 'CUSTOMER_METADATA']);
    expect(basesOf('other')).toEqual(['CUSTOMER_METADATA']);
  });
});

describe('what members of a tier get', () => {
  it('is as the rule says, multiplied, or something else', () => {
    for (const mapping of [undefined, { type: 'MULTIPLY', multiplier: 1.5 } as const, { type: 'CUSTOM', points: 7 } as const]) expect(mappingOf(typedMapping(mapping))).toEqual(mapping ?? null);
    expect(mappingOf({ kind: 'MULTIPLY', value: '1001' })).toBeUndefined();
  });
});
