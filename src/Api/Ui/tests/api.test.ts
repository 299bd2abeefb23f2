import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ApiFailure, keyAfter, pathWith } from '../src/api';
import { csv } from '../src/features/customers/csv';
import { insertAtCursor, outputOf } from '../src/features/distributions/builder/message/insert';

describe('requests', () => {
  it('leave out what is not given, and encode the rest', () => {
    expect(pathWith('/v1/x', { a: undefined, b: null, c: '', d: 0, e: 'ä &' })).toBe('/v1/x?d=0&e=%C3%A4+%26');
    expect(pathWith('/v1/x')).toBe('/v1/x');
  });
});

describe('the key of an intention', () => {
  it('is another once the server refused', () => {
    for (const status of [400, 404, 409, 499]) expect(keyAfter(new ApiFailure(status, 'refused', ''), 'once'), String(status)).not.toBe('once');
  });

  it('stays where it may have been done', () => {
    for (const wrong of [new ApiFailure(0, 'unreachable', ''), new ApiFailure(500, 'error', ''), new ApiFailure(503, 'error', ''), new SyntaxError('cut off'), null]) expect(keyAfter(wrong, 'once'), String(wrong)).toBe('once');
  });

  it('is made anew nowhere else that something failed', () => {
    const folder = join(import.meta.dirname, '../src');
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /\.(svelte|ts)$/.test(path))) {
      expect([...readFileSync(join(folder, file), 'utf8').matchAll(/catch[^{]*\{[^}]*newId\(\)/g)].map(([found]) => found), file).toEqual([]);
    }
  });
});

describe('a file for spreadsheets', () => {
  it('quotes what would end a cell, and has no formulas', () => {
    expect(csv([['a "b"', 'c, d', 1], ['e\nf', '=1+1', undefined]])).toBe('"a ""b""","c, d",1\r\n"e\nf",\'=1+1,\r\n');
  });
});

describe('variables', () => {
  it('are written as outputs', () => {
    expect(outputOf('customer.name')).toBe('{{ customer.name }}');
    expect(outputOf('customer.metadata.*')).toBe('{{ customer.metadata.key }}');
  });

  it('go where the cursor is, in place of what is selected', () => {
    let value = 'Hello world';
    const fired: string[] = [];
    const field = {
      value, selectionStart: 6, selectionEnd: 11, focus: () => {},
      setRangeText: (text: string, start: number, end: number) => { value = value.slice(0, start) + text + value.slice(end); },
      dispatchEvent: (event: Event) => fired.push(event.type),
    };
    insertAtCursor(field as unknown as HTMLInputElement, '{{ customer.name }}');
    expect(value).toBe('Hello {{ customer.name }}');
    expect(fired).toEqual(['input']);
  });
});
