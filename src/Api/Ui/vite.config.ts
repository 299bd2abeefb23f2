import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { isFirst } from './messages/parts.ts';

const api = process.env['API'] ?? 'http://127.0.0.1:8080';

/** The English texts in two parts, texts:first and texts:rest, so that the first pages do not wait for those of all others. */
const texts: Plugin = {
  name: 'texts',
  resolveId: (id) => (/^texts:(first|rest)$/.test(id) ? `\0${id}` : undefined),
  load(id) {
    const part = /^\0texts:(first|rest)$/.exec(id)?.[1];
    if (!part) return undefined;
    const file = fileURLToPath(new URL('messages/en.json', import.meta.url));
    this.addWatchFile(file);
    const all = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    return `export default ${JSON.stringify(Object.fromEntries(Object.entries(all).filter(([key]) => isFirst(key) === (part === 'first'))))};`;
  },
};

// The same input makes the same bytes on every machine: the build is committed, and CI compares.
export default defineConfig({
  base: '/ui/',
  plugins: [texts, svelte()],
  build: {
    target: ['chrome123', 'firefox124', 'safari17.5'],
    cssTarget: ['chrome123', 'firefox124', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The editor of HTML is one chunk, and comes only with HTML.
    chunkSizeWarningLimit: 600,
  },
  server: {
    proxy: { '/v1': api, '/management': api, '/ui/session': api },
  },
});
