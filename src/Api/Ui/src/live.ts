import type { ActivityEntry, DistributionRow } from './api';

/** What happens in the project, as it happens. tick and resync carry nothing: read again. */
export type Happening =
  | { type: 'distribution'; data: Pick<DistributionRow, 'id' | 'status' | 'messages' | 'progress'> & { name?: string; sends_at?: string } }
  | { type: 'segment'; data: { id: string; name: string; initial_sync_status: string; progress: number; count: number } }
  | { type: 'activity'; data: ActivityEntry & { distribution_id: string } }
  | { type: 'resync' }
  | { type: 'tick' };

type Listener = (happening: Happening) => void;

const kinds = ['distribution', 'segment', 'activity', 'resync'] as const;
const lock = 'distributions.live';
const lastSeen = 'distributions.live.last';
const pollEvery = 5000;
const askAgain = 30_000;

const listeners = new Set<Listener>();
const tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(lock);
let stop: (() => void) | null = null;

function tell(happening: Happening): void {
  for (const listener of listeners) listener(happening);
}

tabs?.addEventListener('message', (event: MessageEvent<Happening>) => tell(event.data));

/** Hears what happens while the page is looked at, until the answer is called. */
export function follow(listener: Listener): () => void {
  listeners.add(listener);
  update();
  return () => {
    listeners.delete(listener);
    update();
  };
}

document.addEventListener('visibilitychange', () => {
  update();
  if (document.visibilityState === 'visible') tell({ type: 'resync' });
});

// Browsers open six connections to a server over HTTP/1.1, all tabs together: one tab that is looked at has the stream, and tells the others.
function update(): void {
  const wanted = listeners.size > 0 && document.visibilityState === 'visible';
  if (!wanted) {
    stop?.();
    stop = null;
  } else if (!stop) {
    const ended = new AbortController();
    stop = () => ended.abort();
    const lead = (): Promise<void> => new Promise((resolve) => run(ended.signal, resolve));
    if ('locks' in navigator) navigator.locks.request(lock, { signal: ended.signal }, lead).catch(() => {});
    else void lead();
  }
}

function run(ended: AbortSignal, done: () => void): void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setInterval> | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;

  const share = (happening: Happening): void => {
    tell(happening);
    tabs?.postMessage(happening);
  };

  const open = (): void => {
    const last = sessionStorage.getItem(lastSeen);
    source = new EventSource(`/v1/stream${last ? `?starting_after_id=${encodeURIComponent(last)}` : ''}`);
    for (const kind of kinds) {
      source.addEventListener(kind, (event: MessageEvent<string>) => {
        if (event.lastEventId) sessionStorage.setItem(lastSeen, event.lastEventId);
        share((kind === 'resync' ? { type: kind } : { type: kind, data: JSON.parse(event.data) as unknown }) as Happening);
      });
    }
    // A stream tells from its beginning on: what happened since a page was read, and before, is read again.
    let resumes = last !== null;
    source.onopen = () => {
      clearInterval(timer);
      timer = undefined;
      if (!resumes) share({ type: 'resync' });
      resumes = true;
    };

    // Lost connections it opens again by itself; what is refused stays closed.
    source.onerror = () => {
      timer ??= setInterval(() => share({ type: 'tick' }), pollEvery);
      if (source?.readyState === EventSource.CLOSED) {
        sessionStorage.removeItem(lastSeen);
        clearTimeout(again);
        again = setTimeout(open, askAgain);
      }
    };
  };

  open();
  ended.addEventListener('abort', () => {
    source?.close();
    clearInterval(timer);
    clearTimeout(again);
    done();
  });
}
