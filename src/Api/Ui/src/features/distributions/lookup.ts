import { ApiFailure, campaigns, customers, promotions, request, segments, validationRules } from '../../api';
import type { Choice } from '../../parts/form/Combobox.svelte';
import { number } from '../../values/format';
import { t } from '../../i18n.svelte';

interface Found {
  customers: { id: string; source_id?: string; name?: string; email?: string }[];
  segments: { id: string; name: string }[];
  campaigns: { id: string; name: string }[];
}

const contains = (name: string | undefined | null, text: string): boolean => (name ?? '').toLocaleLowerCase().includes(text.toLocaleLowerCase());

/** Segments by name. The newest hundred are known with their size; older ones are found by the server. */
export async function findSegments(text: string, signal: AbortSignal): Promise<Choice[]> {
  const { data, total } = await segments.list({ limit: 100 }, signal);
  const near = data.filter((segment) => contains(segment.name, text)).map((segment): Choice => ({
    id: segment.id, label: segment.name,
    detail: segment.initial_sync_status === 'DONE' ? t('lookup.customers', { n: segment.count }) : t('lookup.syncing', { progress: number(segment.progress) }),
  }));
  return near.length === 0 && total > data.length && text.length >= 2 ? (await find(text, signal)).segments.map(({ id, name }) => ({ id, label: name })) : near.slice(0, 50);
}

export async function findCampaigns(text: string, signal: AbortSignal): Promise<Choice[]> {
  const { campaigns: known, total } = await campaigns.list({ limit: 100 }, signal);
  const near = known.filter((campaign) => contains(campaign.name, text)).map((campaign): Choice => ({ id: campaign.id, label: campaign.name, detail: campaign.campaign_type.toLowerCase().replaceAll('_', ' ') }));
  return near.length === 0 && total > known.length && text.length >= 2 ? (await find(text, signal)).campaigns.map(({ id, name }) => ({ id, label: name })) : near.slice(0, 50);
}

export async function findCustomers(text: string, signal: AbortSignal): Promise<Choice[]> {
  if (text.length < 2) {
    const { customers: newest } = await customers.list({ limit: 10 }, signal);
    return newest.map(customerChoice);
  }
  try {
    return (await find(text, signal)).customers.map(customerChoice);
  } catch (failure) {
    if (!(failure instanceof ApiFailure && failure.status === 404)) throw failure;
    return (await customers.list({ limit: 100 }, signal)).customers.filter((one) => contains(one.name, text) || contains(one.email, text) || contains(one.source_id, text)).slice(0, 10).map(customerChoice);
  }
}

export function customerChoice(customer: { id: string; source_id?: string | null; name?: string | null; email?: string | null }): Choice {
  return { id: customer.id, label: customer.name || customer.email || customer.source_id || customer.id, detail: (customer.name ? customer.email : undefined) ?? customer.source_id ?? undefined };
}

export async function findTiers(text: string, signal: AbortSignal): Promise<Choice[]> {
  const { tiers } = await promotions.tiers({ limit: 100 }, signal);
  return tiers.filter((tier) => contains(tier.name, text)).map(({ id, name }) => ({ id, label: name || id }));
}

export async function findRules(text: string, signal: AbortSignal): Promise<Choice[]> {
  const { data } = await validationRules.list({ limit: 100 }, signal);
  return data.filter((rule) => contains(rule.name, text)).map(({ id, name }) => ({ id, label: name || id }));
}

/** The newest hundred, and whichever has exactly this id or source id. */
export async function findProducts(text: string, signal: AbortSignal): Promise<Choice[]> {
  const { products } = await request.json<{ products: Product[] }>('GET', '/v1/products', { query: { limit: 100, page: 1 }, signal });
  const near = products.filter((one) => contains(one.name, text) || contains(one.source_id, text)).map(productChoice).slice(0, 50);
  if (near.length > 0 || text === '') return near;
  try {
    return [productChoice(await product(text, signal))];
  } catch (failure) {
    if (failure instanceof ApiFailure && failure.status === 404) return [];
    throw failure;
  }
}

/** All of them: a project has at most a thousand. */
export async function findRewards(text: string, signal: AbortSignal): Promise<Choice[]> {
  const found: Choice[] = [];
  for (let page = 1; ; page++) {
    const { data, total } = await request.json<{ data: { id: string; name?: string | null }[]; total: number }>('GET', '/v1/rewards', { query: { limit: 100, page }, signal });
    found.push(...data.filter((reward) => contains(reward.name, text)).map(({ id, name }) => ({ id, label: name || id })));
    if (found.length >= 50 || page * 100 >= total) return found.slice(0, 50);
  }
}

interface Product {
  id: string;
  source_id?: string | null;
  name?: string | null;
}

const product = (id: string, signal?: AbortSignal): Promise<Product> => request.json<Product>('GET', `/v1/products/${encodeURIComponent(id)}`, { signal });
const productChoice = ({ id, name, source_id }: Product): Choice => ({ id, label: name || source_id || id, detail: (name ? source_id : undefined) ?? undefined });

function find(text: string, signal: AbortSignal): Promise<Found> {
  return request.json<Found>('GET', '/v1/search', { query: { q: text }, signal });
}

export type Kind = 'segment' | 'campaign' | 'customer' | 'tier' | 'rule' | 'product' | 'reward';

const names = new Map<string, Promise<string>>();

/** What an object is called, for who has only its id. Unknown ones are called by it. */
export function nameOf(kind: Kind, id: string): Promise<string> {
  let name = names.get(kind + id);
  if (!name) {
    name = read(kind, id).catch(() => {
      names.delete(kind + id);
      return id;
    });
    names.set(kind + id, name);
  }
  return name;
}

async function read(kind: Kind, id: string): Promise<string> {
  switch (kind) {
    case 'segment':
      return (await segments.get(id)).name;
    case 'campaign':
      return (await campaigns.get(id)).name;
    case 'customer':
      return customerChoice(await customers.get(id)).label;
    case 'tier':
      return (await promotions.tiers({ limit: 100 })).tiers.find((tier) => tier.id === id)?.name ?? id;
    case 'rule':
      return (await validationRules.list({ limit: 100 })).data.find((rule) => rule.id === id)?.name ?? id;
    case 'product':
      return productChoice(await product(id)).label;
    case 'reward':
      return (await request.json<{ name?: string | null }>('GET', `/v1/rewards/${encodeURIComponent(id)}`)).name || id;
  }
}
