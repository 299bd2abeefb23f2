import { describe, expect, it } from 'vitest';
import { giftOf, newTier, programOf, typedProgram, type ReferralProgram } from '../src/features/referrals/program/program';

const money = { write: (minor: number) => (minor / 100).toFixed(2), read: (text: string) => (/^\d+([.,]\d{1,2})?$/.test(text) ? Math.round(Number(text.replace(',', '.')) * 100) : null) };
const of = (id: string) => ({ related_object_parent: { id, object: 'CAMPAIGN' } });

describe('a referral programme', () => {
  it('is the same after it was shown in the form', () => {
    const all: ReferralProgram[] = [
      { conversion_event_type: 'redemption' },
      { conversion_event_type: 'custom_event', custom_event: { name: 'signed_up' }, referee_reward: { type: 'LOYALTY_CARD', amount: 50, ...of('camp_1') } },
      { conversion_event_type: 'custom_event', custom_event: { id: 'ms_1' } },
      { conversion_event_type: 'redemption', referral_tiers: [{ id: 'rft_1', banner: 'Each', conversions: { type: 'EACH' }, reward: { type: 'DISCOUNT_VOUCHER', ...of('camp_2') } }, { conversions: { type: 'AT_LEAST', count: 3 }, reward: { type: 'GIFT_VOUCHER', amount: 1050, ...of('camp_3') } }] },
    ];
    for (const program of all) expect(programOf(typedProgram(program, money), program, money)).toEqual(program);
    expect(typedProgram(all[3], money).tiers[1]!.gift.amount).toBe('10.50');
  });

  it('keeps what the form has no room for, and the event that is known by its schema', () => {
    const before = { conversion_event_type: 'custom_event', custom_event: { id: 'ms_1', name: 'signed_up' }, note: 1 } as ReferralProgram;
    expect(programOf(typedProgram(before, money), before, money)).toEqual(before);
    expect(programOf({ ...typedProgram(before, money), event: 'bought' }, before, money)).toMatchObject({ custom_event: { name: 'bought' }, note: 1 });
  });

  it('loses what is taken away', () => {
    const before: ReferralProgram = { conversion_event_type: 'custom_event', custom_event: { name: 'a' }, referee_reward: { type: 'LOYALTY_CARD', amount: 1, ...of('c') }, referral_tiers: [{ reward: { type: 'DISCOUNT_VOUCHER', ...of('c') } }] };
    expect(programOf({ ...typedProgram(before, money), by: 'redemption', givesReferee: false, tiers: [] }, before, money)).toEqual({ conversion_event_type: 'redemption' });
  });

  it('is refused where an event, a campaign, an amount or a number is missing', () => {
    const typed = typedProgram(null, money);
    expect(programOf({ ...typed, by: 'custom_event' }, null, money)).toBeUndefined();
    expect(programOf({ ...typed, givesReferee: true }, null, money)).toBeUndefined();
    expect(programOf({ ...typed, tiers: [newTier(0)] }, null, money)).toBeUndefined();
    expect(giftOf({ campaign: { id: 'c', type: 'GIFT_VOUCHERS' }, amount: '' }, money)).toBeUndefined();
    const tier = { ...newTier(0), each: false, count: '0', gift: { campaign: { id: 'c', type: 'DISCOUNT_COUPONS' }, amount: 'ignored' } };
    expect(programOf({ ...typed, tiers: [tier] }, null, money)).toBeUndefined();
    expect(programOf({ ...typed, tiers: [{ ...tier, count: '2' }] }, null, money)?.referral_tiers).toEqual([{ conversions: { type: 'AT_LEAST', count: 2 }, reward: { type: 'DISCOUNT_VOUCHER', ...of('c') } }]);
  });
});
