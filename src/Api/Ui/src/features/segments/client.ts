import { request, segments, type Segment } from '../../api';
import type { FilterCatalogue } from '../../parts/filter/model';

export interface SegmentFull extends Segment {
  version: number;
  draft_of?: string;
}

export interface Sample {
  id: string;
  source_id?: string;
  name?: string;
  email?: string;
  created_at: string;
}

export interface SegmentPreview {
  count: number;
  exact: boolean;
  checked: number;
  total: number;
  customers: Sample[];
}

let known: Promise<FilterCatalogue> | null = null;

/** What filters of customers can ask. Read anew where new events or keys of metadata count. */
export function catalogue(fresh = false): Promise<FilterCatalogue> {
  if (fresh) known = null;
  known ??= request.json<FilterCatalogue>('GET', '/v1/filters/catalogue').catch((failure: unknown) => {
    known = null;
    throw failure;
  });
  return known;
}

export const preview = (filter: unknown, signal?: AbortSignal): Promise<SegmentPreview> => request.json('POST', '/v1/segments/preview', { body: { filter }, signal });

export const read = (id: string, signal?: AbortSignal) => request.versioned<SegmentFull>('GET', `/v1/segments/${encodeURIComponent(id)}`, { signal });

export const change = (id: string, body: unknown, version: string | null) => request.versioned<SegmentFull>('PUT', `/v1/segments/${encodeURIComponent(id)}`, { body, version });

export const remove = (id: string) => request.json<void>('DELETE', `/v1/segments/${encodeURIComponent(id)}`);

export const members = (id: string, limit: number, page: number, signal?: AbortSignal) =>
  request.json<{ customers: Sample[]; total: number; total_is_minimum?: boolean }>('GET', '/v1/customers', { query: { segment_id: id, limit, page }, signal });

/** A page of segments; with a text the ten that have it in their names. */
export async function list(query: { limit: number; page: number; order?: string; text?: string }, signal: AbortSignal): Promise<{ rows: Segment[]; total: number }> {
  const { text, ...rest } = query;
  if (!text) {
    const page = await segments.list(rest, signal);
    return { rows: page.data, total: page.total };
  }
  const found = await request.json<{ segments: { id: string }[] }>('GET', '/v1/search', { query: { q: text }, signal });
  if (found.segments.length === 0) return { rows: [], total: 0 };
  const page = await segments.list({ limit: 100, ids: found.segments.map((one) => one.id).join(',') }, signal);
  return { rows: page.data, total: page.total };
}
