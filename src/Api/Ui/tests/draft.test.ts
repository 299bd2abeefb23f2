import { describe, expect, it } from 'vitest';
import { clean, differences, isMissing, isSame, stepOf } from '../src/features/distributions/builder/draft';

describe('a draft', () => {
  it('is without what is empty', () => {
    expect(clean({ name: '', trigger: { type: 'x', segment_id: '', include_current_members: false }, audience: {}, channels: [] })).toEqual({ trigger: { type: 'x' } });
  });

  it('keeps channels that have no content yet, and what authors put into payloads', () => {
    const payload = { empty: '', list: [], off: false };
    expect(clean({ channels: [{ type: 'webhook', template: { payload, headers: { a: '' } } }, {}] })).toEqual({ channels: [{ type: 'webhook', template: { payload, headers: { a: '' } } }, {}] });
  });

  it('is the same when only the order of its fields differs', () => {
    expect(isSame({ name: 'a', action: { type: 'x', campaign_id: 'c' } }, { action: { campaign_id: 'c', type: 'x' }, name: 'a', delay: '' })).toBe(true);
    expect(isSame({ name: 'a' }, { name: 'b' })).toBe(false);
    expect(isSame({ channels: [{ type: 'email' }, { type: 'webhook' }] }, { channels: [{ type: 'webhook' }, { type: 'email' }] })).toBe(false);
  });

  it('says where it differs from another', () => {
    const mine = { name: 'mine', channels: [{ type: 'email', template: { subject: 'one', text: 'same' } }] };
    const theirs = { name: 'theirs', channels: [{ type: 'email', template: { text: 'same' } }], delay: 'PT1H' };
    expect(differences(mine, theirs)).toEqual([
      { field: 'name', mine: 'mine', theirs: 'theirs' }, { field: 'channels[0].template.subject', mine: 'one', theirs: '' }, { field: 'delay', mine: '', theirs: 'PT1H' },
    ]);
  });
});

describe('a problem', () => {
  it.each([
    ['name', 'trigger'], ['trigger.type', 'trigger'], ['trigger.segment_id', 'trigger'], ['trigger.validation_rule_id', 'audience'], ['audience', 'audience'], ['action.campaign_id', 'audience'],
    ['ends_at', 'audience'], ['topic', 'audience'], ['max_lateness', 'audience'], ['exit_when[1]', 'audience'], ['channels', 'message'], ['channels[0].template.html', 'message'],
  ])('with %s is in the step %s', (field, step) => expect(stepOf(field)).toBe(step));

  it('is that something is missing, or that something is wrong', () => {
    expect(isMissing({ message: 'is required' })).toBe(true);
    expect(isMissing({ message: 'customer or segment_id is required' })).toBe(true);
    expect(isMissing({ message: 'unknown variable', code: 'template' })).toBe(false);
  });
});
