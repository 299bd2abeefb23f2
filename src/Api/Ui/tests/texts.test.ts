import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import de from '../messages/de.json';
import en from '../messages/en.json';
import { compose } from '../src/i18n.svelte';

const texts: Record<string, Record<string, string>> = { en, de };
const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort();

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? sources(join(folder, entry.name)) : [join(folder, entry.name)]));
}

describe('texts', () => {
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
