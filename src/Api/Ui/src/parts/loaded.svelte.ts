/** What a page reads from the server: its value, why not, and again when what it was read by changes. */
export interface Loaded<T> {
  readonly value: T | null;
  readonly failure: unknown;
  readonly busy: boolean;
  reload(): Promise<void>;
  set(value: T): void;
}

/** Called while a component is made. What read looks at before it waits is what it is read by; the value stays while the next is on its way. */
export function loaded<T>(read: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  let value = $state.raw<T | null>(null);
  let failure = $state.raw<unknown>(null);
  let busy = $state(false);
  let current: AbortController | undefined;

  async function load(): Promise<void> {
    current?.abort();
    current = new AbortController();
    const { signal } = current;
    const reading = read(signal);
    busy = true;
    try {
      const found = await reading;
      if (signal.aborted) return;
      value = found;
      failure = null;
    } catch (wrong) {
      if (!signal.aborted) failure = wrong;
    } finally {
      if (!signal.aborted) busy = false;
    }
  }

  $effect(() => {
    void load();
    return () => current?.abort();
  });

  return {
    get value() {
      return value;
    },
    get failure() {
      return failure;
    },
    get busy() {
      return busy;
    },
    reload: load,
    set: (next) => (value = next),
  };
}
