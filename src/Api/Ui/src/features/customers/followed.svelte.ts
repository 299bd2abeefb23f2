import { job, type Job } from './client';

const pollEvery = 1000;

/** A job of the server, asked until it is over. It goes on without the page; whoever comes back with its id sees how far it is. */
export function followed(id: () => string | null) {
  let value = $state.raw<Job | null>(null);
  let failure = $state.raw<unknown>(null);

  $effect(() => {
    const wanted = id();
    value = null;
    failure = null;
    if (!wanted) return;
    const ended = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      try {
        value = await job(wanted, ended.signal);
        failure = null;
        if (isOver(value)) return;
      } catch (problem) {
        if (ended.signal.aborted) return;
        failure = problem;
      }
      if (!ended.signal.aborted) timer = setTimeout(look, pollEvery);
    };
    void look();
    return () => {
      ended.abort();
      clearTimeout(timer);
    };
  });

  return {
    get value() {
      return value;
    },
    get failure() {
      return failure;
    },
    get isOver() {
      return value !== null && isOver(value);
    },
  };
}

export type Followed = ReturnType<typeof followed>;

const isOver = ({ status }: Job): boolean => status === 'DONE' || status === 'FAILED';
