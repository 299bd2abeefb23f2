import type { Summary } from '../../campaigns/client';

/** What became of the points of a programme since it was made: what came onto cards, what went, and what is on them now. */
export function pointsFigures(all: Summary): { balance: number; earned: number; added: number; taken: number; spent: number; expired: number } {
  const of = (name: keyof Summary): number => all[name] ?? 0;
  const earned = of('points_rewarded') + of('pending_points_activated');
  const spent = of('points_redeemed') - of('points_rolledback');
  // Points that were moved go from one card of a project to another, which may be of another programme.
  const moved = of('points_transferred_in') - of('points_transferred_out');
  const [added, taken, expired] = [of('points_added'), of('points_subtracted'), of('points_expired')];
  return { balance: earned + added + moved - taken - spent - expired, earned, added, taken, spent, expired };
}
