import { describe, expect, it } from 'vitest';
import { fromWall, readDuration, toWall, writeDuration } from '../src/values/zones';

describe('wall clocks', () => {
  it.each([
    ['2026-07-01T07:00', 'Europe/Warsaw', '2026-07-01T05:00:00.000Z'],
    ['2026-01-01T07:00', 'Europe/Warsaw', '2026-01-01T06:00:00.000Z'],
    ['2026-07-01T07:00', 'America/New_York', '2026-07-01T11:00:00.000Z'],
    ['2026-07-01T07:00', 'Asia/Kolkata', '2026-07-01T01:30:00.000Z'],
    ['2026-07-01T07:00', 'Pacific/Kiritimati', '2026-06-30T17:00:00.000Z'],
    ['2026-03-29T01:59', 'Europe/Warsaw', '2026-03-29T00:59:00.000Z'],
    ['2026-03-29T03:00', 'Europe/Warsaw', '2026-03-29T01:00:00.000Z'],
  ])('%s in %s is %s, and back', (wall, zone, iso) => {
    expect(fromWall(wall, zone)).toEqual({ kind: 'instant', iso, isTwice: false });
    expect(toWall(iso, zone)).toBe(wall);
  });

  it('knows the hour that is skipped in spring', () => {
    expect(fromWall('2026-03-29T02:30', 'Europe/Warsaw')).toEqual({ kind: 'skipped' });
    expect(fromWall('2026-03-08T02:00', 'America/New_York')).toEqual({ kind: 'skipped' });
  });

  it('takes the first of the hours that are there twice in autumn', () => {
    expect(fromWall('2026-10-25T02:30', 'Europe/Warsaw')).toEqual({ kind: 'instant', iso: '2026-10-25T00:30:00.000Z', isTwice: true });
  });

  it('refuses what is no time', () => {
    expect(fromWall('2026-13-01T00:00', 'UTC')).toEqual({ kind: 'invalid' });
    expect(fromWall('tomorrow', 'UTC')).toEqual({ kind: 'invalid' });
  });
});

describe('durations', () => {
  it.each([
    ['PT10M', 10, 'minutes'], ['PT1H', 1, 'hours'], ['PT90M', 90, 'minutes'], ['P1D', 1, 'days'], ['PT24H', 1, 'days'], ['P1W', 7, 'days'], ['P1DT1H', 25, 'hours'],
  ])('%s is %i %s', (text, amount, unit) => expect(readDuration(text)).toEqual({ amount, unit }));

  it.each(['', 'P', 'PT', '10', 'P1M'])('%j is none', (text) => expect(readDuration(text)).toBeNull());

  it('writes what it reads', () => {
    expect(writeDuration(2, 'days')).toBe('P2D');
    expect(writeDuration(3, 'hours')).toBe('PT3H');
    expect(writeDuration(0, 'minutes')).toBeUndefined();
    expect(writeDuration(NaN, 'minutes')).toBeUndefined();
  });
});
