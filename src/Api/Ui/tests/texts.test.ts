import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import de from '../messages/de.json';
import en from '../messages/en.json';
import { isFirst } from '../messages/parts';
import { compose } from '../src/i18n.svelte';

const texts: Record<string, Record<string, string>> = { en, de };
const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort();

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? sources(join(folder, entry.name)) : [join(folder, entry.name)]));
}

/** A source with all that it imports at once, not what it imports when it is needed. */
function closure(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(/^\s*(?:import|export) (?!type )[^;]*?from '(\.[^'?]+)'/gm)) {
    const found = [path!, `${path}.ts`, `${path}/index.ts`].map((one) => resolve(dirname(file), one)).find((one) => existsSync(one) && /\.(ts|svelte)$/.test(one));
    if (found) closure(found, seen);
  }
  return seen;
}

describe('texts', () => {
  it('of the first pages come with them', () => {
    const folder = join(import.meta.dirname, '../src');
    const files = ['main.ts', 'features/home/Home.svelte', 'features/distributions/List.svelte'].flatMap((file) => [...closure(join(folder, file))]);
    expect(files.length).toBeGreaterThan(30);
    for (const file of files.filter((path) => !path.endsWith('routes.ts'))) {
      const named = [...readFileSync(file, 'utf8').matchAll(/['"`]([a-z]\w*\.[\w.]*)/g)].map((match) => match[1]!);
      const late = named.filter((key) => !isFirst(key) && Object.keys(en).some((one) => one === key || one.startsWith(`${key}.`) || (key.endsWith('.') && one.startsWith(key))));
      expect(late, file).toEqual([]);
    }
  });

  it('are there in every language', () => expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort()));

  it('have the same values in every language', () => {
    for (const [key, text] of Object.entries(en)) expect(placeholders(texts['de']![key]!), key).toEqual(placeholders(text));
  });

  it('are not empty, and have both plural forms where they have one', () => {
    for (const [language, all] of Object.entries(texts)) {
      for (const [key, text] of Object.entries(all)) {
        expect(text.trim(), `${language} ${key}`).not.toBe('');
        if (key.endsWith('.one')) expect(all, key).toHaveProperty([key.replace(/one$/, 'other')]);
      }
    }
  });

  it('do not stand in markup', () => {
    for (const file of sources(join(import.meta.dirname, '../src')).filter((path) => path.endsWith('.svelte'))) {
      const markup = readFileSync(file, 'utf8').replace(/<(script|style)[^>]*>[\s\S]*?<\/\1>/g, '').replace(/<!--[\s\S]*?-->/g, '').replace(/=>/g, '');
      const literal = [...markup.matchAll(/>([^<>{}]*[A-Za-z]{3,}[^<>{}]*)</g)].map((match) => match[1]!.trim()).filter(Boolean);
      expect(literal, file).toEqual([]);
    }
  });

  it('take values, numbers in the form of the language, and plurals', () => {
    const format = (n: number): string => new Intl.NumberFormat('en').format(n);
    const some = { 'a.one': '{n} thing', 'a.other': '{n} things', b: 'Hello {name}, {missing}' };
    expect(compose(some, some, 'en', 'a', { n: 1 }, format)).toBe('1 thing');
    expect(compose(some, some, 'en', 'a', { n: 1200 }, format)).toBe('1,200 things');
    expect(compose(some, some, 'en', 'b', { name: '$&' }, format)).toBe('Hello $&, {missing}');
    expect(compose({}, some, 'de', 'b', undefined, format)).toBe('Hello {name}, {missing}');
    expect(compose({}, {}, 'en', 'nowhere', undefined, format)).toBe('nowhere');
  });
});
