import type { AnalyticsPoint } from '../../../api';

export const measures = ['sent', 'recovered', 'failed', 'skipped'] as const;
export type Measure = (typeof measures)[number];
export type Bucket = { at: string } & Record<Measure, number>;

/** Points of all channels, or of one, by the beginning of their interval. Recovered ones were sent as well: they are shown apart, and counted once. */
export function bucketsOf(series: AnalyticsPoint[], channel: string | null): Bucket[] {
  const byTime = new Map<string, Bucket>();
  for (const point of series) {
    if (channel !== null && point.channel !== channel) continue;
    const bucket = byTime.get(point.at) ?? { at: point.at, sent: 0, recovered: 0, failed: 0, skipped: 0 };
    bucket.sent += point.sent - Math.min(point.recovered, point.sent);
    bucket.recovered += Math.min(point.recovered, point.sent);
    bucket.failed += point.failed;
    bucket.skipped += point.skipped;
    byTime.set(point.at, bucket);
  }
  return [...byTime.values()].sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** A round number that is not below the highest, and the steps to it: 0, 25, 50, 75, 100. */
export function scaleOf(highest: number): number[] {
  const step = [1, 2, 5, 10].map((factor) => factor * 10 ** Math.floor(Math.log10(Math.max(1, highest / 4)))).find((candidate) => candidate * 4 >= highest) ?? 1;
  const count = Math.max(1, Math.ceil(highest / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

export const totalOf = (bucket: Bucket): number => measures.reduce((sum, measure) => sum + bucket[measure], 0);
