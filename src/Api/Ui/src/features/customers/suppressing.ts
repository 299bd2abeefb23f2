import { readCsv } from './csv';

export const reasons = ['manual', 'unsubscribed', 'bounced', 'complained'] as const;
export type Reason = (typeof reasons)[number];

export interface Suppressed {
  /** Of the file, from 1. */
  row: number;
  channel: string;
  address: string;
  reason: string;
}

const addressNames = ['address', 'email', 'phone', 'e-mail'];

/**
 * Addresses of a file. Its first row names the columns address, channel and reason if it has one of the first kind; otherwise the first column is the address. What a row does not say is as
 * chosen.
 */
export function suppressedOf(text: string, channel: string, reason: Reason): Suppressed[] {
  const rows = readCsv(text);
  const head = (rows[0] ?? []).map((name) => name.trim().toLowerCase());
  const named = head.findIndex((name) => addressNames.includes(name));
  const columnOf = (name: string): number => (named < 0 ? -1 : head.indexOf(name));
  const [channelAt, reasonAt] = [columnOf('channel'), columnOf('reason')];
  return rows.flatMap((cells, index) => {
    const address = (cells[Math.max(0, named)] ?? '').trim();
    if ((named >= 0 && index === 0) || address === '') return [];
    return [{ row: index + 1, address, channel: cells[channelAt]?.trim() || channel, reason: cells[reasonAt]?.trim().toLowerCase() || reason }];
  });
}

/** Does each, a few at a time, and tells after each what went wrong with it. Ends early when the signal says so. */
export async function each<T>(all: readonly T[], act: (one: T) => Promise<unknown>, done: (one: T, wrong: unknown) => void, signal: AbortSignal): Promise<void> {
  const together = 4;
  let next = 0;
  const work = async (): Promise<void> => {
    for (let one = all[next++]; one !== undefined && !signal.aborted; one = all[next++]) {
      try {
        await act(one);
        done(one, null);
      } catch (wrong) {
        done(one, wrong);
      }
    }
  };
  await Promise.all(Array.from({ length: together }, work));
}
