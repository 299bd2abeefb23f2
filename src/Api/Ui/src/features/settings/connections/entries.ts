import type { ChannelField } from '../../../api';

/** What stands in a field of a form: a text, or whether it is ticked. */
export type Entered = string | boolean;

/** A stored value, as it is typed: a map has a line for each of its texts. */
export function textOf(value: unknown): Entered {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null) return value === null || value === undefined ? '' : String(value);
  return Object.entries(value).map(([key, text]) => (Array.isArray(value) ? String(text) : `${key}: ${String(text)}`)).join('\n');
}

/** What was entered, as the API takes it, and the fields that cannot be read. What is empty is left out. */
export function entered(fields: readonly ChannelField[], typed: Record<string, Entered>): { values: Record<string, unknown>; wrong: string[] } {
  const values: Record<string, unknown> = {};
  const wrong: string[] = [];
  for (const field of fields) {
    const value = typed[field.name];
    if (value === undefined || value === '') continue;
    if (typeof value === 'boolean') values[field.name] = value;
    else if (field.kind === 'number') {
      if (Number.isFinite(Number(value))) values[field.name] = Number(value);
      else wrong.push(field.name);
    } else if (field.kind === 'map' || field.kind === 'list') {
      const lines = value.split('\n').map((line) => line.trim()).filter(Boolean);
      const pairs = lines.map((line) => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()] as const);
      if (field.kind === 'list') values[field.name] = lines;
      else if (lines.every((line) => line.indexOf(':') > 0)) values[field.name] = Object.fromEntries(pairs);
      else wrong.push(field.name);
    } else values[field.name] = value.trim();
  }
  return { values, wrong };
}
