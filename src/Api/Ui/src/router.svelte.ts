import type { Component } from 'svelte';
import { routes } from './routes';
import type { Text } from './i18n.svelte';

export const base = '/ui';

/** A page: its path with :names, what to load for it, what the tab is called. */
export interface Route {
  path: string;
  title: Text;
  load: () => Promise<{ default: Component<any> }>;
  /** It makes do with the texts that come first. */
  isFirst?: true;
  /** Pages with the same key are one: what is on them stays, and going from one to the other is no leaving. */
  key?: string;
}

export type Params = Record<string, string>;

interface Place {
  path: string;
  query: URLSearchParams;
  route: Route | null;
  params: Params;
}

/** Asked before a page is left with changes that nobody saved. Answers whether to go. */
type Guard = () => boolean | Promise<boolean>;

export function match(pattern: string, path: string): Params | null {
  const expected = pattern.split('/').filter(Boolean);
  const given = path.split('/').filter(Boolean);
  if (expected.length !== given.length) return null;
  const params: Params = {};
  for (const [index, part] of expected.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':')) {
      try {
        params[part.slice(1)] = decodeURIComponent(value);
      } catch {
        return null;
      }
    } else if (part !== value) return null;
  }
  return params;
}

function read(): Place {
  return placeAt(location.pathname, location.search);
}

/** What is the same as long as one stays on a page. */
export function keyOf(route: Route | null, params: Params): string {
  return route === null ? '' : (route.key ?? `${route.path} ${JSON.stringify(params)}`);
}

function placeAt(pathname: string, search: string): Place {
  const path = pathname.startsWith(base) ? pathname.slice(base.length) || '/' : '/';
  for (const route of routes) {
    const params = match(route.path, path);
    if (params) return { path, query: new URLSearchParams(search), route, params };
  }
  return { path, query: new URLSearchParams(search), route: null, params: {} };
}

let place = $state.raw<Place>(read());
let guard: Guard | null = null;
let index = typeof history.state?.index === 'number' ? (history.state.index as number) : 0;
let undoing = false;
history.replaceState({ index }, '');

export const router = {
  get path() {
    return place.path;
  },
  get query() {
    return place.query;
  },
  get route() {
    return place.route;
  },
  get params() {
    return place.params;
  },
};

/** Goes to a path below /ui, if the page that is shown agrees. */
export async function go(path: string, options: { replace?: boolean; force?: boolean } = {}): Promise<boolean> {
  const target = new URL(base + path, location.origin);
  const next = placeAt(target.pathname, target.search);
  const leaving = keyOf(next.route, next.params) !== keyOf(place.route, place.params);
  if (leaving && guard && !options.force && !(await guard())) return false;
  if (leaving) guard = null;
  if (options.replace || target.href === location.href) history.replaceState({ index }, '', base + path);
  else history.pushState({ index: ++index }, '', base + path);
  place = read();
  if (leaving) scrollTo(0, 0);
  return true;
}

/** Changes the query of the page that is shown. What is undefined or empty goes out of it. */
export function setQuery(changes: Record<string, string | number | undefined>, options: { replace?: boolean } = {}): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') query.delete(name);
    else query.set(name, String(value));
  }
  const text = query.toString();
  void go(place.path + (text ? `?${text}` : ''), options);
}

/** Of the page that is shown, until it is left or takes it back. */
export function guardLeaving(wanted: Guard): () => void {
  guard = wanted;
  return () => {
    if (guard === wanted) guard = null;
  };
}

export function startRouter(): void {
  addEventListener('popstate', async (event) => {
    const next = typeof event.state?.index === 'number' ? (event.state.index as number) : 0;
    if (event.state === null) {
      // A jump within the page, as to its content.
      history.replaceState({ index: ++index }, '');
      return;
    }
    if (undoing) {
      undoing = false;
      return;
    }
    const there = read();
    const leaving = keyOf(there.route, there.params) !== keyOf(place.route, place.params);
    if (leaving && guard) {
      // The browser has moved already: back to where we were, and there again if the page agrees.
      const by = next - index;
      const ask = guard;
      undoing = true;
      history.go(-by);
      if (await ask()) {
        guard = null;
        index = next;
        history.go(by);
      }
      return;
    }
    index = next;
    place = read();
  });

  // Links below /ui are ours; those that open elsewhere, and downloads, are the browser's.
  addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.('a');
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin || !link.pathname.startsWith(`${base}/`)) return;
    if (link.pathname === location.pathname && link.hash) return;
    event.preventDefault();
    void go(link.pathname.slice(base.length) + link.search);
  });
}

/** The address of a page below /ui, for links. */
export function href(path: string): string {
  return base + path;
}
