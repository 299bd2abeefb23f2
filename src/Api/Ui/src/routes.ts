import type { Route } from './router.svelte';
import type { Text } from './i18n.svelte';
import type { IconName } from './parts/icons';

/** Every page. The first that matches is shown, so fixed paths stand before those with names. */
export const routes: Route[] = [
  { path: '/', title: 'home.title', load: () => import('./features/home/Home.svelte') },
  { path: '/distributions', title: 'list.title', load: () => import('./features/distributions/List.svelte') },
  ...['/distributions/new', '/distributions/new/:step', '/distributions/:id/edit', '/distributions/:id/edit/:step'].map(
    (path): Route => ({ path, title: 'builder.title', key: 'builder', load: () => import('./features/distributions/builder/Builder.svelte') }),
  ),
  { path: '/distributions/:id', title: 'detail.title', key: 'distribution', load: () => import('./features/distributions/detail/Detail.svelte') },
  { path: '/distributions/:id/:tab', title: 'detail.title', key: 'distribution', load: () => import('./features/distributions/detail/Detail.svelte') },
];

/** What the navigation shows, in this order. A page is current there when its path begins with the entry's. */
export const navigation: { path: string; label: Text; icon: IconName }[] = [
  { path: '/', label: 'nav.home', icon: 'home' },
  { path: '/distributions', label: 'nav.distributions', icon: 'send' },
];
