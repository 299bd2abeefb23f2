import { describe, expect, it } from 'vitest';
import { entered, textOf } from '../src/features/settings/connections/entries';

const fields = [{ name: 'host', kind: 'line' }, { name: 'port', kind: 'number' }, { name: 'tls', kind: 'flag' }, { name: 'fields', kind: 'map' }, { name: 'topics', kind: 'list' }];

describe('what a connection needs', () => {
  it('is read as it is typed', () => {
    const typed = { host: ' smtp.example.com ', port: '587', tls: false, fields: 'code: COUPON\n\n url : LINK: A', topics: 'news\noffers' };
    expect(entered(fields, typed)).toEqual({ values: { host: 'smtp.example.com', port: 587, tls: false, fields: { code: 'COUPON', url: 'LINK: A' }, topics: ['news', 'offers'] }, wrong: [] });
  });

  it('is left out where it is empty, and named where it cannot be read', () => {
    expect(entered(fields, { host: '', port: 'many', fields: 'code' })).toEqual({ values: {}, wrong: ['port', 'fields'] });
  });

  it('is shown as it was typed', () => {
    expect(textOf({ code: 'COUPON', url: 'LINK' })).toBe('code: COUPON\nurl: LINK');
    expect([textOf(['a', 'b']), textOf(587), textOf(true), textOf(null)]).toEqual(['a\nb', '587', true, '']);
  });
});
