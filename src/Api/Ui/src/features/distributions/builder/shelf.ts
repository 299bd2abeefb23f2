import type { Draft } from '../../../api';

/** What is not saved yet, in the browser's storage: by distribution, or for the one that has no id. */
export interface Kept {
  draft: Draft;
  version: string | null;
  once?: string;
  at: number;
}

const name = (id: string | null): string => `distributions.draft.${id ?? 'new'}`;

export function keep(id: string | null, what: Kept): void {
  try {
    localStorage.setItem(name(id), JSON.stringify(what));
  } catch {
    // Full, or forbidden: the server has what was saved.
  }
}

export function kept(id: string | null): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(name(id)) ?? 'null') as Kept | null;
  } catch {
    return null;
  }
}

export function forget(id: string | null): void {
  localStorage.removeItem(name(id));
}
