import { mount } from 'svelte';
import './app.css';
import App from './App.svelte';
import { preferredLanguage, useLanguage } from './i18n.svelte';
import { startRouter } from './router.svelte';
import { applyTheme } from './theme.svelte';

applyTheme();
startRouter();

// A page that is older than the server asks for parts that are gone: once, it gets the new page. Drafts are in the browser's storage.
addEventListener('vite:preloadError', (event) => {
  const last = Number(sessionStorage.getItem('distributions.reloaded') ?? 0);
  if (Date.now() - last > 60_000) {
    event.preventDefault();
    sessionStorage.setItem('distributions.reloaded', String(Date.now()));
    location.reload();
  }
});

void useLanguage(preferredLanguage(), false).finally(() => mount(App, { target: document.getElementById('app')! }));
