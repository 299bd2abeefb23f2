import type { Route } from './router.svelte';
import type { Text } from './i18n.svelte';
import type { IconName } from './parts/icons/icons';

/** Every page. The first that matches is shown, so fixed paths stand before those with names. */
export const routes: Route[] = [
  { path: '/', title: 'home.title', isFirst: true, load: () => import('./features/home/Home.svelte') },
  { path: '/distributions', title: 'list.title', isFirst: true, load: () => import('./features/distributions/List.svelte') },
  ...['/distributions/new', '/distributions/new/:step', '/distributions/:id/edit', '/distributions/:id/edit/:step'].map(
    (path): Route => ({ path, title: 'builder.title', key: 'builder', load: () => import('./features/distributions/builder/Builder.svelte') }),
  ),
  { path: '/distributions/:id', title: 'detail.title', key: 'distribution', load: () => import('./features/distributions/detail/Detail.svelte') },
  { path: '/distributions/:id/:tab', title: 'detail.title', key: 'distribution', load: () => import('./features/distributions/detail/Detail.svelte') },
  { path: '/segments', title: 'segments.title', load: () => import('./features/segments/List.svelte') },
  { path: '/segments/new', title: 'segments.create', load: () => import('./features/segments/Edit.svelte') },
  { path: '/segments/:id', title: 'segments.single', load: () => import('./features/segments/Detail.svelte') },
  { path: '/segments/:id/edit', title: 'segments.edit', load: () => import('./features/segments/Edit.svelte') },
  { path: '/customers', title: 'customers.title', load: () => import('./features/customers/List.svelte') },
  { path: '/customers/import', title: 'import.title', load: () => import('./features/customers/Import.svelte') },
  { path: '/customers/suppressions', title: 'suppressions.title', load: () => import('./features/customers/Suppressions.svelte') },
  { path: '/customers/:id', title: 'customers.single', key: 'customer', load: () => import('./features/customers/Profile.svelte') },
  { path: '/customers/:id/:tab', title: 'customers.single', key: 'customer', load: () => import('./features/customers/Profile.svelte') },
  { path: '/campaigns', title: 'campaigns.title', load: () => import('./features/campaigns/List.svelte') },
  { path: '/campaigns/new', title: 'campaigns.create', load: () => import('./features/campaigns/Create.svelte') },
  { path: '/campaigns/products', title: 'products.title', load: () => import('./features/campaigns/products/List.svelte') },
  { path: '/campaigns/rules', title: 'rules.title', load: () => import('./features/campaigns/rules/List.svelte') },
  { path: '/campaigns/rules/new', title: 'rules.create', load: () => import('./features/campaigns/rules/Edit.svelte') },
  { path: '/campaigns/rules/:id', title: 'rules.edit', load: () => import('./features/campaigns/rules/Edit.svelte') },
  { path: '/campaigns/rewards', title: 'rewards.title', load: () => import('./features/rewards/List.svelte') },
  { path: '/campaigns/rewards/new', title: 'rewards.create', load: () => import('./features/rewards/Edit.svelte') },
  { path: '/campaigns/rewards/:id', title: 'rewards.single', load: () => import('./features/rewards/Edit.svelte') },
  { path: '/campaigns/:id', title: 'campaigns.single', key: 'campaign', load: () => import('./features/campaigns/Detail.svelte') },
  { path: '/campaigns/:id/:tab', title: 'campaigns.single', key: 'campaign', load: () => import('./features/campaigns/Detail.svelte') },
  { path: '/campaigns/:id/referrers/:code', title: 'referrals.code', load: () => import('./features/referrals/codes/Code.svelte') },
  { path: '/campaigns/:id/members/:member', title: 'loyalty.member', load: () => import('./features/loyalty/member/Member.svelte') },
  { path: '/templates', title: 'templates.title', load: () => import('./features/templates/List.svelte') },
  { path: '/templates/new', title: 'templates.create', key: 'template', load: () => import('./features/templates/Edit.svelte') },
  { path: '/templates/:id', title: 'templates.edit', key: 'template', load: () => import('./features/templates/Edit.svelte') },
  { path: '/settings', title: 'settings.title', key: 'settings', load: () => import('./features/settings/Settings.svelte') },
  { path: '/settings/webhooks/:id', title: 'hooks.single', load: () => import('./features/webhooks/Detail.svelte') },
  { path: '/settings/:tab', title: 'settings.title', key: 'settings', load: () => import('./features/settings/Settings.svelte') },
];

/** What the navigation shows, in this order. A page is current there when its path begins with the entry's. */
export const navigation: { path: string; label: Text; icon: IconName }[] = [
  { path: '/', label: 'nav.home', icon: 'home' },
  { path: '/distributions', label: 'nav.distributions', icon: 'send' },
  { path: '/segments', label: 'nav.segments', icon: 'segments' },
  { path: '/customers', label: 'nav.customers', icon: 'people' },
  { path: '/campaigns', label: 'nav.campaigns', icon: 'campaign' },
  { path: '/templates', label: 'nav.templates', icon: 'mail' },
  { path: '/settings', label: 'nav.settings', icon: 'settings' },
];
