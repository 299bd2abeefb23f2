import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DistributionRow } from '../src/api';
import { make, presetOf } from '../src/features/campaigns/presets/presets';

const draft = { name: 'Friends: Points', trigger: { type: 'customer.rewarded.loyalty_points', campaign_id: 'camp_1' } };
const row = (id: string, status: DistributionRow['status'], campaign = 'camp_1', type = 'customer.rewarded.loyalty_points') => ({ id, status, trigger: { type, campaign_id: campaign } }) as DistributionRow;
const answer = (status: number, body: object): Response => new Response(JSON.stringify(body), { status });

afterEach(() => vi.unstubAllGlobals());

describe('a preset', () => {
  it('was made where the campaign has a distribution with its trigger that goes on', () => {
    expect(presetOf(draft, 'camp_1', [row('a', 'live', 'camp_2'), row('b', 'draft', 'camp_1', 'customer.referred')]).made).toBeNull();
    expect(presetOf(draft, 'camp_1', [row('a', 'stopped'), row('b', 'live'), row('c', 'draft')]).made?.id).toBe('b');
    expect(presetOf(draft, 'camp_1', [row('a', 'stopped')]).made).toBeNull();
  });

  it('has one key as long as nothing came of it, and another after that was stopped', () => {
    const first = presetOf(draft, 'camp_1', []).once;
    expect(presetOf(draft, 'camp_1', [row('x', 'live', 'camp_2')]).once).toBe(first);
    expect(presetOf(draft, 'camp_1', [row('a', 'stopped')]).once).not.toBe(first);
    expect(presetOf(draft, 'camp_2', []).once).not.toBe(first);
  });

  it('is made again with another key where the server knows the first from something that is gone', async () => {
    const keys: (string | null)[] = [];
    vi.stubGlobal('fetch', async (_: string, { headers }: { headers: Record<string, string> }) => {
      keys.push(headers['Idempotency-Key'] ?? null);
      return keys.length === 1 ? answer(404, { key: 'not_found', message: 'gone' }) : answer(200, { id: 'distr_2' });
    });
    const preset = presetOf(draft, 'camp_1', []);
    expect((await make(preset)).id).toBe('distr_2');
    expect(keys[0]).toBe(preset.once);
    expect(keys[1]).not.toBe(keys[0]);
  });

  it('is asked for once where it is refused for itself', async () => {
    const fetched = vi.fn(async () => answer(400, { key: 'invalid_payload', message: 'no' }));
    vi.stubGlobal('fetch', fetched);
    await expect(make(presetOf(draft, 'camp_1', []))).rejects.toThrow('no');
    expect(fetched).toHaveBeenCalledTimes(1);
  });
});
