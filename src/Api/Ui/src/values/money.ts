import { locale } from '../i18n.svelte';
import { signedIn } from '../session.svelte';

/** An amount in the project's currency; the API has it in the smallest unit. */
export function money(minor: number): string {
  const format = new Intl.NumberFormat(locale.tag, { style: 'currency', currency: signedIn.project.currency });
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** What somebody types as an amount, in the smallest unit. Null where it is none. */
export function readMoney(text: string): number | null {
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency: signedIn.project.currency }).resolvedOptions().maximumFractionDigits ?? 2;
  const typed = text.trim().replace(',', '.');
  if (!/^\d+(\.\d+)?$/.test(typed) || (typed.split('.')[1] ?? '').length > digits) return null;
  return Math.round(Number(typed) * 10 ** digits);
}

/** An amount in the smallest unit as somebody would type it. */
export function minorText(minor: number): string {
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency: signedIn.project.currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return (minor / 10 ** digits).toFixed(digits);
}
