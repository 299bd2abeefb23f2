import { describe, expect, it } from 'vitest';
import { capOf, isRight, newCap, rowOf, same, type FrequencyCap } from '../src/features/settings/caps';

describe('frequency caps', () => {
  it('are typed in days where they are whole days, and in hours otherwise', () => {
    const caps: FrequencyCap[] = [{ channel: 'email', messages: 3, within: 'P7D' }, { messages: 1, within: 'PT16H' }, { messages: 2, within: 'P1DT6H' }];
    const rows = caps.map(rowOf);
    expect(rows.map((row) => `${row.count} ${row.unit} ${row.channel}`)).toEqual(['7 days email', '16 hours ', '30 hours ']);
    expect(rows.map(capOf)).toEqual([caps[0], caps[1], { messages: 2, within: 'PT30H' }]);
    expect(same(rows, caps)).toBe(true);
    expect(same([...rows, newCap()], caps)).toBe(false);
  });

  it('have an end in both directions', () => {
    const row = newCap();
    expect(isRight(row)).toBe(true);
    for (const wrong of [{ messages: null }, { messages: 0 }, { messages: 101 }, { messages: 1.5 }, { count: null }, { count: 91 }, { count: 2161, unit: 'hours' as const }]) expect(isRight({ ...row, ...wrong })).toBe(false);
    expect(isRight({ ...row, count: 2160, unit: 'hours' })).toBe(true);
  });
});
