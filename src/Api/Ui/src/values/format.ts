import { locale, t } from '../i18n.svelte';
import { signedIn } from '../session.svelte';

/** Times are shown in the project's zone, and say so. */
export function zone(): string {
  return signedIn.project.timezone;
}

export function dateTime(iso: string, options: { zone?: string; seconds?: boolean; named?: boolean } = {}): string {
  return new Intl.DateTimeFormat(locale.tag, {
    day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit',
    ...(options.seconds ? { second: '2-digit' } : {}),
    ...(options.named === false ? {} : { timeZoneName: 'short' }),
    timeZone: options.zone ?? zone(),
  }).format(new Date(iso));
}

export function date(iso: string): string {
  return new Intl.DateTimeFormat(locale.tag, { day: 'numeric', month: 'short', year: 'numeric', timeZone: zone() }).format(new Date(iso));
}

/** A day of the calendar, 2026-12-31: the same in every zone. */
export function day(iso: string): string {
  return new Intl.DateTimeFormat(locale.tag, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${iso.slice(0, 10)}T00:00:00Z`));
}

const units: [Intl.RelativeTimeFormatUnit, number][] = [['year', 31_536_000], ['month', 2_592_000], ['day', 86_400], ['hour', 3_600], ['minute', 60]];

/** "3 hours ago", "in 2 days"; below a minute, that it is now. */
export function relative(iso: string, now: number): string {
  const seconds = Math.round((new Date(iso).getTime() - now) / 1000);
  const format = new Intl.RelativeTimeFormat(locale.tag, { numeric: 'auto' });
  for (const [unit, length] of units) {
    if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit);
  }
  return t('time.now');
}

export function number(value: number): string {
  return new Intl.NumberFormat(locale.tag).format(value);
}

/** With as many digits as it takes to tell it from nothing and from everything. */
export function percent(part: number, whole: number): string {
  const ratio = whole === 0 ? 0 : part / whole;
  const digits = ratio > 0 && ratio < 0.1 ? 2 : ratio > 0.99 && ratio < 1 ? 2 : 1;
  const shown = part < whole && ratio > 0.9999 ? 0.9999 : ratio;
  return new Intl.NumberFormat(locale.tag, { style: 'percent', maximumFractionDigits: digits }).format(shown);
}

/** 9:58, or 1:02:03. */
export function countdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  return hours > 0 ? `${hours}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}` : `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
}

export function isForeignZone(): boolean {
  return Intl.DateTimeFormat().resolvedOptions().timeZone !== zone();
}
