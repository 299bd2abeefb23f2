const name = 'distributions';
const most = 120;
const shell = ['/ui/', '/ui/session', '/v1/distributions/catalog'];

/** Keeps the parts of this page for when it is reloaded while the server is away. Browsers do so over https and on the machine itself. */
export async function keepForOffline(): Promise<void> {
  if (!('serviceWorker' in navigator) || !('caches' in globalThis) || import.meta.env.DEV) return;
  try {
    await navigator.serviceWorker.register('/ui/offline.js');
    const cache = await caches.open(name);
    const kept = new Set((await cache.keys()).map((request) => request.url));
    if (kept.size > most) {
      await caches.delete(name);
      return;
    }
    const parts = performance.getEntriesByType('resource').map((entry) => entry.name).filter((url) => url.startsWith(`${location.origin}/ui/assets/`) && !kept.has(url));
    await cache.addAll([...parts, ...shell.filter((path) => !kept.has(location.origin + path))]);
  } catch {
    // A convenience: without it the page needs the server to come up.
  }
}

/** Nothing of a session stays behind. */
export async function forgetOffline(): Promise<void> {
  if ('caches' in globalThis) await caches.delete(name).catch(() => false);
}
