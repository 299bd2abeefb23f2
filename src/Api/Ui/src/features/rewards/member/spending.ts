import type { Offer } from '../client';

/** What keeps a member from a reward: none left, or so many points that are missing. */
export type WhyNot = { kind: 'stock' } | { kind: 'points'; missing: number };

/** The least that is spent: what it costs, or one step of points that pay. */
const leastOf = ({ reward, assignment }: Offer): number => assignment.parameters?.loyalty.points ?? reward.parameters.coin?.points_ratio ?? 0;

export function whyNot(offer: Offer, balance: number): WhyNot | null {
  if (offer.reward.stock === 0) return { kind: 'stock' };
  const missing = leastOf(offer) - balance;
  return missing > 0 ? { kind: 'points', missing } : null;
}

/**
 * The points that go, and what they pay in the smallest unit: null for a reward with a cost. Points pay in whole steps, as many as the order needs or the card has, and the last step may be worth more than is left to pay.
 * Null while it cannot be said.
 */
export function spendingOf(offer: Offer, balance: number, order: number | null): { points: number; pays: number | null } | null {
  if (whyNot(offer, balance)) return null;
  const { coin } = offer.reward.parameters;
  if (!coin) return { points: leastOf(offer), pays: null };
  if (order === null) return null;
  const step = coin.exchange_ratio * 100;
  const steps = Math.min(Math.ceil(order / step - 1e-9), Math.floor(balance / coin.points_ratio));
  return { points: steps * coin.points_ratio, pays: Math.min(order, Math.floor(steps * step + 1e-9)) };
}
