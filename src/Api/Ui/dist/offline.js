// Lets a page that is reloaded while the server is away come up again, with what is typed in the browser's storage. Whoever answers is asked first; only what has its hash in its name is
// taken from here at once.
const name = 'distributions';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (pathname.startsWith('/ui/assets/')) event.respondWith(first(request));
  else if (request.mode === 'navigate' && pathname.startsWith('/ui/')) event.respondWith(asked(request, '/ui/'));
  else if (pathname === '/ui/session' || pathname === '/v1/distributions/catalog') event.respondWith(asked(request, pathname));
});

async function first(request) {
  const kept = await (await caches.open(name)).match(request);
  return kept ?? fetch(request);
}

async function asked(request, key) {
  const cache = await caches.open(name);
  try {
    const response = await fetch(request);
    if (response.ok && !response.redirected) await cache.put(key, response.clone());
    return response;
  } catch (failure) {
    const kept = await cache.match(key);
    if (kept) return kept;
    throw failure;
  }
}
