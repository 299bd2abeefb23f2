import { at, json } from './http';

/** What a project writes about, for who reads to choose from. */
export interface Topic {
  id: string;
  name: string;
  description?: string | null;
  created_at: string;
}

export const mostTopics = 50;

export const topics = {
  list: (signal?: AbortSignal) => json<{ data: Topic[]; total: number }>('GET', '/v1/topics', { signal }),
  create: (body: { name: string; description?: string }, once: string) => json<Topic>('POST', '/v1/topics', { body, once }),
  change: (id: string, body: { name: string; description: string }) => json<Topic>('PUT', `/v1/topics/${at(id)}`, { body }),
  remove: (id: string) => json<void>('DELETE', `/v1/topics/${at(id)}`),
};
