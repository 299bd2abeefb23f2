import { describe, expect, it } from 'vitest';
import type { Summary } from '../src/features/campaigns/client';
import { pointsFigures } from '../src/features/loyalty/program/figures';
import type { Offer, Reward } from '../src/features/rewards/client';
import { spendingOf, whyNot } from '../src/features/rewards/member/spending';
import { rewardBody, typedReward } from '../src/features/rewards/reward';

const money = { write: (minor: number) => (minor / 100).toFixed(2), read: (text: string) => (/^\d+([.,]\d{1,2})?$/.test(text) ? Math.round(Number(text.replace(',', '.')) * 100) : null) };
const reward = (given: Partial<Reward>): Reward => ({ id: 'rew_1', name: 'A reward', type: 'CAMPAIGN', parameters: {}, attributes: {}, stock: null, redeemed: 0, created_at: '', ...given });
const mug = reward({ type: 'MATERIAL', parameters: { product: { id: 'prod_1', sku_id: null } }, stock: 5, attributes: { description: 'Blue' } });

describe('what a reward gives', () => {
  it('is the same after it was shown in the form, credits in their own unit', () => {
    const all = [
      reward({ parameters: { campaign: { id: 'camp_1', type: 'DISCOUNT_COUPONS' } } }),
      reward({ parameters: { campaign: { id: 'camp_1', type: 'GIFT_VOUCHERS', balance: 1050 } } }),
      reward({ parameters: { campaign: { id: 'camp_1', type: 'LOYALTY_PROGRAM', balance: 50 } } }),
      reward({ type: 'COIN', parameters: { coin: { exchange_ratio: 0.5, points_ratio: 100 } } }),
      mug,
    ];
    for (const one of all) {
      const { type: _, ...campaign } = one.parameters.campaign ?? { type: '' };
      const body = rewardBody(typedReward(one, money), one, money);
      expect(body).toEqual({ name: 'A reward', parameters: one.parameters.campaign ? { campaign } : one.parameters });
    }
    expect(typedReward(all[1]!, money).balance).toBe('10.50');
  });

  it('leaves the stock alone where nobody changed it: others redeem meanwhile', () => {
    const typed = { ...typedReward(mug, money), name: 'A mug' };
    expect(rewardBody(typed, mug, money)).not.toHaveProperty('stock');
    expect(rewardBody({ ...typed, stock: '7' }, mug, money)).toHaveProperty('stock', 7);
    expect(rewardBody({ ...typed, stock: '' }, mug, money)).toHaveProperty('stock', null);
    expect(rewardBody({ ...typed, description: '' }, mug, money)).toHaveProperty('attributes', { description: null });
  });

  it('is refused where something is missing', () => {
    const typed = { ...typedReward(null, money), name: 'New' };
    expect(rewardBody(typed, null, money)).toBeUndefined();
    expect(rewardBody({ ...typed, campaign: { id: 'camp_1', type: 'GIFT_VOUCHERS' }, balance: '0' }, null, money)).toBeUndefined();
    expect(rewardBody({ ...typed, campaign: { id: 'camp_1', type: 'DISCOUNT_COUPONS' }, name: ' ' }, null, money)).toBeUndefined();
    expect(rewardBody({ ...typed, type: 'COIN', worth: '0,005' }, null, money)).toBeUndefined();
    expect(rewardBody({ ...typed, type: 'MATERIAL', product: 'prod_1', stock: '-1' }, null, money)).toBeUndefined();
    expect(rewardBody({ ...typed, type: 'COIN', worth: '1,5' }, null, money)).toEqual({ name: 'New', type: 'COIN', parameters: { coin: { exchange_ratio: 1.5, points_ratio: 1 } } });
  });
});

describe('what a member spends', () => {
  const offer = (of: Reward, points?: number): Offer => ({ reward: of, assignment: { id: 'rewa_1', reward_id: of.id, related_object_id: 'camp_1', created_at: '', ...(points ? { parameters: { loyalty: { points } } } : {}) } });
  const coin = (exchange_ratio: number, points_ratio: number): Offer => offer(reward({ type: 'COIN', parameters: { coin: { exchange_ratio, points_ratio } } }));

  it('is what it costs, while there are as many points and some are left', () => {
    expect(spendingOf(offer(mug, 40), 100, null)).toEqual({ points: 40, pays: null });
    expect(whyNot(offer(mug, 40), 30)).toEqual({ kind: 'points', missing: 10 });
    expect(whyNot(offer({ ...mug, stock: 0 }, 40), 100)).toEqual({ kind: 'stock' });
    expect(spendingOf(offer(mug, 40), 30, null)).toBeNull();
  });

  it('is whole steps of points for an order, the last of which may be worth more than is left to pay', () => {
    expect(spendingOf(coin(20, 100), 4_950, 45_000)).toEqual({ points: 2_300, pays: 45_000 });
    expect(spendingOf(coin(20, 100), 150, 45_000)).toEqual({ points: 100, pays: 2_000 });
    expect(spendingOf(coin(0.1, 1), 1_000, 30)).toEqual({ points: 3, pays: 30 });
    expect(spendingOf(coin(20, 100), 150, null)).toBeNull();
    expect(whyNot(coin(20, 100), 99)).toEqual({ kind: 'points', missing: 1 });
  });
});

describe('points of a programme', () => {
  it('are on cards as far as they came and did not go', () => {
    const all = { points_added: 200, points_subtracted: 30, points_rewarded: 25, pending_points_activated: 5, points_redeemed: 80, points_rolledback: 40, points_expired: 7, points_transferred_in: 10, points_transferred_out: 4 } as Summary;
    expect(pointsFigures(all)).toEqual({ balance: 159, earned: 30, added: 200, taken: 30, spent: 40, expired: 7 });
    expect(pointsFigures({} as Summary).balance).toBe(0);
  });
});
