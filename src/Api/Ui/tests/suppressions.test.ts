import { describe, expect, it } from 'vitest';
import { csv, readCsv } from '../src/features/customers/csv';
import { each, suppressedOf } from '../src/features/customers/suppressing';

describe('a file of addresses', () => {
  it('has columns by name, and what a row does not say is as chosen', () => {
    expect(suppressedOf('reason;address;channel\nbounced;a@x.example;\n;+48 600;sms\n', 'email', 'manual')).toEqual([
      { row: 2, address: 'a@x.example', channel: 'email', reason: 'bounced' },
      { row: 3, address: '+48 600', channel: 'sms', reason: 'manual' },
    ]);
  });

  it('may be nothing but addresses', () => expect(suppressedOf('a@x.example\r\n\r\nb@x.example', 'email', 'complained').map((one) => [one.row, one.address])).toEqual([[1, 'a@x.example'], [3, 'b@x.example']]));

  it('is read as it is written', () => {
    const rows = [['a "b"', 'c, d'], ['e\nf', 'g']];
    expect(readCsv(csv(rows))).toEqual(rows);
  });
});

describe('doing each', () => {
  it('goes on after what went wrong, and says what', async () => {
    const wrong: number[] = [];
    const done: number[] = [];
    await each([1, 2, 3, 4, 5, 6, 7], async (one) => { if (one % 3 === 0) throw new Error('no'); }, (one, why) => (why ? wrong : done).push(one), new AbortController().signal);
    expect(wrong.sort()).toEqual([3, 6]);
    expect(done.sort()).toEqual([1, 2, 4, 5, 7]);
  });

  it('ends when it is told to', async () => {
    const ended = new AbortController();
    const done: number[] = [];
    await each(Array.from({ length: 100 }, (_, at) => at), async () => {}, (one) => { done.push(one); ended.abort(); }, ended.signal);
    expect(done.length).toBeLessThan(10);
  });
});
