import { describe, expect, it } from 'vitest';
import { pathWith } from '../src/api';
import { insertAtCursor, outputOf } from '../src/features/distributions/builder/message/insert';

describe('requests', () => {
  it('leave out what is not given, and encode the rest', () => {
    expect(pathWith('/v1/x', { a: undefined, b: null, c: '', d: 0, e: 'ä &' })).toBe('/v1/x?d=0&e=%C3%A4+%26');
    expect(pathWith('/v1/x')).toBe('/v1/x');
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
