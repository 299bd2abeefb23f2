import type en from '../messages/en.json';
import first from 'texts:first';

// Texts by key; what depends on a number has a key for each plural form: list.count.one, list.count.other.
type Key = keyof typeof en;
export type Text = Key extends infer K ? (K extends `${infer Base}.one` | `${infer Base}.other` ? Base | K : K) : never;
export type Values = Record<string, string | number>;

export const languages = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof languages;

const stored = 'distributions.language';
// What the first pages say comes with them; all the rest with any other page.
let english: Record<string, string> = $state.raw(first);
let chosen: Record<string, string> | null = $state.raw(null);
let language: Language = $state('en');

export const locale = {
  get language(): Language {
    return language;
  },
  /** For Intl: the browser's region where it speaks the language, so that dates look as its owner is used to. */
  get tag(): string {
    return navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;
  },
};

export async function useLanguage(wanted: Language, remember = true): Promise<void> {
  chosen = wanted === 'de' ? (await import('../messages/de.json')).default : null;
  language = wanted;
  document.documentElement.lang = wanted;
  if (remember) localStorage.setItem(stored, wanted);
}

/** Texts of all pages, where only those of the first ones are there yet. */
export async function allTexts(): Promise<void> {
  const { default: rest } = await import('texts:rest');
  if (english === first) english = { ...first, ...rest };
}

export function preferredLanguage(): Language {
  const wished = [localStorage.getItem(stored) ?? '', ...navigator.languages.map((tag) => tag.split('-')[0] ?? '')];
  return (wished.find((one) => one in languages) as Language | undefined) ?? 'en';
}

/** The text with its values put in: {name}. A number called n chooses the plural form. */
export function t(key: Text, values?: Values): string {
  return compose(chosen ?? english, english, language, key, values, (n) => new Intl.NumberFormat(locale.tag).format(n));
}

/** Whether there is a text by this key, for names that the server may add to. */
export function has(key: string): key is Key {
  return key in english;
}

/** Pure part of t. A text that a language lacks is shown in English. */
export function compose(
  texts: Record<string, string>, fallback: Record<string, string>, language: string, key: string, values: Values | undefined, format: (n: number) => string,
): string {
  const n = values?.['n'];
  const form = typeof n === 'number' ? `${key}.${new Intl.PluralRules(language).select(n)}` : key;
  const text = texts[form] ?? texts[`${key}.other`] ?? texts[key] ?? fallback[form] ?? fallback[`${key}.other`] ?? fallback[key] ?? key;
  return values === undefined ? text
    : text.replace(/\{(\w+)\}/g, (whole, name: string) => {
        const value = values[name];
        return value === undefined ? whole : typeof value === 'number' ? format(value) : value;
      });
}
