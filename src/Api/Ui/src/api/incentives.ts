import { type Named, type Query, at, json } from './http';

export interface Campaign {
  id: string;
  name: string;
  campaign_type: string;
  created_at: string;
}

export const campaigns = {
  list: (query: Query, signal?: AbortSignal) => json<{ campaigns: Campaign[]; total: number }>('GET', '/v1/campaigns', { query, signal }),
  get: (id: string, signal?: AbortSignal) => json<Campaign>('GET', `/v1/campaigns/${at(id)}`, { signal }),
};

export const promotions = {
  tiers: (query: Query, signal?: AbortSignal) => json<{ tiers: Named[]; total: number }>('GET', '/v1/promotions/tiers', { query, signal }),
};

export const validationRules = {
  list: (query: Query, signal?: AbortSignal) => json<{ data: Named[]; total: number }>('GET', '/v1/validation-rules', { query, signal }),
};
