/** How many messages a customer gets within a time that moves along, as the API has it. */
export interface FrequencyCap {
  channel?: string;
  messages: number;
  within: string;
}

/** The same as it is typed. */
export interface CapRow {
  channel: string;
  messages: number | null;
  count: number | null;
  unit: 'hours' | 'days';
}

export const mostCaps = 10;
export const mostMessages = 100;
const mostDays = 90;

export const newCap = (): CapRow => ({ channel: '', messages: 3, count: 7, unit: 'days' });

/** Whole hours, as the server keeps them: days where they are whole days. */
export function rowOf(cap: FrequencyCap): CapRow {
  const parts = /^P(?:(\d+)D)?(?:T(\d+)H)?$/.exec(cap.within);
  const hours = Number(parts?.[1] ?? 0) * 24 + Number(parts?.[2] ?? 0);
  return { channel: cap.channel ?? '', messages: cap.messages, ...(hours % 24 === 0 ? { count: hours / 24, unit: 'days' as const } : { count: hours, unit: 'hours' as const }) };
}

export function capOf(row: CapRow): FrequencyCap {
  return { ...(row.channel ? { channel: row.channel } : {}), messages: row.messages ?? 0, within: row.unit === 'days' ? `P${row.count}D` : `PT${row.count}H` };
}

const isWithin = (value: number | null, most: number): boolean => value !== null && Number.isInteger(value) && value >= 1 && value <= most;

export function isRight(row: CapRow): boolean {
  return isWithin(row.messages, mostMessages) && isWithin(row.count, row.unit === 'days' ? mostDays : mostDays * 24);
}

export const same = (one: CapRow[], other: FrequencyCap[]): boolean => JSON.stringify(one) === JSON.stringify(other.map(rowOf));
