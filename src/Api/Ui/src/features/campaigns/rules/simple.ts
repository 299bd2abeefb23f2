import { minorText, readMoney } from '../../../values/money';
import { rulesOf, type Simple } from './model';

/** As it is typed: amounts in the currency's own unit. */
export function typedOf(simple: Simple): Simple {
  const amount = (minor: string): string => (minor === '' ? '' : minorText(Number(minor)));
  return { ...simple, least: amount(simple.least), most: amount(simple.most) };
}

/** What was typed as an amount, in the smallest unit; null where it is none. */
export const money = (text: string): string | null => (text.trim() === '' ? '' : (readMoney(text)?.toString() ?? null));

export const isWhole = (text: string): boolean => text.trim() === '' || (/^\d+$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= 1_000_000_000);

/** What was typed, as the API has it; null while something is wrong. */
export function soundOf(typed: Simple): Simple | null {
  const [least, most] = [money(typed.least), money(typed.most)];
  return least === null || most === null || !isWhole(typed.perCustomer) || !isWhole(typed.total) ? null : { ...typed, least, most, perCustomer: typed.perCustomer.trim(), total: typed.total.trim() };
}

/** Of a request that writes the rule. */
export function bodyOf(simple: Simple): Record<string, unknown> {
  return { rules: rulesOf(simple), ...(simple.message.trim() ? { error: { message: simple.message.trim() } } : {}) };
}
