import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

const api = process.env['API'] ?? 'http://127.0.0.1:8080';

// The same input makes the same bytes on every machine: the build is committed, and CI compares.
export default defineConfig({
  base: '/ui/',
  plugins: [svelte()],
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
