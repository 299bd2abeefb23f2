/** What points are earned by. Any other name is an event of the shop's own. */
export const tierEvents = ['customer.loyalty.tier.joined', 'customer.loyalty.tier.left', 'customer.loyalty.tier.upgraded', 'customer.loyalty.tier.downgraded', 'customer.loyalty.tier.prolonged'] as const;
export const segmentEntered = 'customer.segment.entered';
export const orderPaid = 'order.paid';
export const anyTier = '__ANY__';

export type EventKind = 'order' | 'custom' | 'segment' | 'tier';

export function kindOf(event: string): EventKind {
  if (event === orderPaid) return 'order';
  if (event === segmentEntered) return 'segment';
  return tierEvents.some((one) => one === event) ? 'tier' : 'custom';
}
