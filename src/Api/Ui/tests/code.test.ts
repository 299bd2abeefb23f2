import { describe, expect, it } from 'vitest';
import { nextOf } from '../src/parts/code/paths';

describe('completion of variables', () => {
  const variables = ['customer.name', 'customer.email', 'order.items', 'voucher.code', 'unsubscribe_url'];

  it('begins with what stands before the first dot, each once', () => {
    expect(nextOf(variables, [])).toEqual(['customer', 'order', 'voucher', 'unsubscribe_url']);
  });

  it('goes on with the fields of what was typed', () => {
    expect(nextOf(variables, ['customer'])).toEqual(['name', 'email']);
    expect(nextOf(variables, ['cust'])).toEqual([]);
    expect(nextOf(variables, ['unsubscribe_url'])).toEqual([]);
  });
});
