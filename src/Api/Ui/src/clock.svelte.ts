let now = $state(Date.now());
let users = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** The present, by the second, for whoever reads it within an effect or a page. */
export function useClock(): { readonly now: number } {
  now = Date.now();
  $effect(() => {
    users++;
    timer ??= setInterval(() => (now = Date.now()), 1000);
    return () => {
      if (--users === 0) {
        clearInterval(timer);
        timer = undefined;
      }
    };
  });
  return {
    get now() {
      return now;
    },
  };
}
