import { loaded } from './loaded.svelte';
import { tellFailure } from '../toasts.svelte';

export interface Cursored<T> {
  data: T[];
  has_more: boolean;
  more_starting_after?: string;
}

/** A list that is read on from where it ends. Called while a component is made, as loaded is. */
export function grown<T extends { id: string }>(read: (after: string | undefined, signal?: AbortSignal) => Promise<Cursored<T>>) {
  let growing = $state(false);
  const first = loaded(async (signal) => read(undefined, signal));

  async function more(): Promise<void> {
    const before = first.value;
    if (!before || growing) return;
    growing = true;
    try {
      const next = await read(before.more_starting_after ?? before.data.at(-1)?.id);
      if (first.value === before) first.set({ ...next, data: [...before.data, ...next.data] });
    } catch (wrong) {
      tellFailure(wrong);
    } finally {
      growing = false;
    }
  }

  return {
    get rows(): T[] | null {
      return first.value?.data ?? null;
    },
    get hasMore(): boolean {
      return first.value?.has_more ?? false;
    },
    get failure(): unknown {
      return first.failure;
    },
    get busy(): boolean {
      return first.busy;
    },
    get growing(): boolean {
      return growing;
    },
    reload: first.reload,
    more,
  };
}
