// Between wall clocks and instants. A wall clock is what <input type="datetime-local"> has: 2026-03-29T02:30.

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
    });
    formats.set(zone, format);
  }
  return format;
}

/** What clocks of the zone show at an instant, as if it were UTC. */
function shownAt(instant: number, zone: string): number {
  const parts = Object.fromEntries(formatOf(zone).formatToParts(instant).map((part) => [part.type, Number(part.value)])) as Record<string, number>;
  return Date.UTC(parts['year']!, parts['month']! - 1, parts['day']!, parts['hour']!, parts['minute']!, parts['second']!);
}

/** The wall clock of an instant. */
export function toWall(iso: string, zone: string): string {
  return new Date(shownAt(Date.parse(iso), zone)).toISOString().slice(0, 16);
}

export type Instant = { kind: 'instant'; iso: string; isTwice: boolean } | { kind: 'skipped' } | { kind: 'invalid' };

/**
 * The instant at which clocks of the zone show this. In spring an hour is skipped, and there is none; in autumn an hour is there twice, and it is the first.
 */
export function fromWall(wall: string, zone: string): Instant {
  const shown = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wall) ? Date.parse(`${wall}:00Z`) : NaN;
  if (Number.isNaN(shown)) return { kind: 'invalid' };

  // Zones are between 14 hours ahead and 12 behind: what the clocks were set to a day before and a day after covers every change.
  const day = 86_400_000;
  const offsets = [...new Set([shown - day, shown + day].map((instant) => shownAt(instant, zone) - instant))];
  const instants = offsets.map((offset) => shown - offset).filter((instant) => shownAt(instant, zone) === shown).sort((a, b) => a - b);
  const first = instants[0];
  return first === undefined ? { kind: 'skipped' } : { kind: 'instant', iso: new Date(first).toISOString(), isTwice: instants.length > 1 };
}

export type DurationUnit = 'minutes' | 'hours' | 'days';
const lengths: Record<DurationUnit, number> = { minutes: 60, hours: 3600, days: 86_400 };

/** The largest unit in which an ISO 8601 duration is a whole number. */
export function readDuration(text: string | undefined): { amount: number; unit: DurationUnit } | null {
  const parts = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/.exec(text ?? '');
  if (!parts || text === 'P' || text?.endsWith('T')) return null;
  const [weeks, days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0)) as [number, number, number, number, number];
  const total = weeks * 604_800 + days * 86_400 + hours * 3600 + minutes * 60 + seconds;
  const unit = (['days', 'hours'] as const).find((one) => total > 0 && total % lengths[one] === 0) ?? 'minutes';
  return { amount: Math.round(total / lengths[unit]), unit };
}

export function writeDuration(amount: number, unit: DurationUnit): string | undefined {
  if (!Number.isFinite(amount) || amount <= 0) return undefined;
  return unit === 'days' ? `P${amount}D` : unit === 'hours' ? `PT${amount}H` : `PT${amount}M`;
}
