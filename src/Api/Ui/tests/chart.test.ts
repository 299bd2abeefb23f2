import { describe, expect, it } from 'vitest';
import { bucketsOf, scaleOf, totalOf } from '../src/features/distributions/detail/chart';

const point = (at: string, channel: string, sent: number, failed = 0, skipped = 0, recovered = 0) => ({ at, channel, sent, failed, skipped, recovered });

describe('a chart', () => {
  it('adds channels up, in the order of time, and counts what was recovered once', () => {
    const buckets = bucketsOf([point('2026-01-02', 'email', 5, 1, 2, 2), point('2026-01-01', 'email', 1), point('2026-01-02', 'webhook', 3)], null);
    expect(buckets.map((bucket) => bucket.at)).toEqual(['2026-01-01', '2026-01-02']);
    expect(buckets[1]).toMatchObject({ sent: 6, recovered: 2, failed: 1, skipped: 2 });
    expect(totalOf(buckets[1]!)).toBe(11);
  });

  it('shows one channel', () => expect(bucketsOf([point('a', 'email', 1), point('a', 'webhook', 2)], 'webhook')).toMatchObject([{ sent: 2 }]));

  it.each([[1, 1], [3, 3], [40, 40], [97, 100], [1234, 1500], [5, 6]])('for %i ends at a round number', (highest, top) => {
    const scale = scaleOf(highest);
    expect(scale[scale.length - 1]).toBe(top);
    expect(scale.length).toBeLessThanOrEqual(6);
    expect(scale[0]).toBe(0);
  });
});
