import { request, type Project } from '../../api';
import type { FrequencyCap } from './caps';

export interface ProjectSettings extends Project {
  client_trusted_domains: string[];
  client_create_customer_enabled: boolean;
  client_redeem_enabled: boolean;
  case_sensitive_codes: boolean;
  dial_code?: string;
  quiet_hours?: { from: string; to: string } | null;
  frequency_caps: FrequencyCap[];
  message_plan: string;
  message_limits: { per: 'total' | 'day' | 'month'; messages: number; used?: number }[];
  created_at: string;
}

export interface Key {
  app_id: string;
  kind: 'server' | 'client';
  name?: string;
  created_at?: string;
  current: boolean;
}

export interface NewKey extends Key {
  app_token: string;
}

export interface Schema {
  id: string;
  related_object?: string;
  relatedObject?: string;
  name?: string;
  properties?: Record<string, unknown>;
  allow_defined_only?: boolean | null;
  allowDefinedOnly?: boolean | null;
  schema?: { properties: Record<string, unknown> };
}

/** What an operator signs in with for things a project's key may not change. Kept in memory, and no longer than the page. */
export interface Operator {
  id: string;
  token: string;
}

const at = encodeURIComponent;

export const project = {
  read: (signal?: AbortSignal) => request.json<ProjectSettings>('GET', '/v1/project', { signal }),
  change: (body: Partial<ProjectSettings>) => request.json<ProjectSettings>('PUT', '/v1/project', { body }),
};

export interface Brand {
  id: string;
  brand: Record<string, string | null>;
  address: Record<string, string | null>;
  contact: Record<string, string | null>;
}

export const brand = {
  read: (signal?: AbortSignal) => request.json<Brand>('GET', '/v1/branding', { signal }),
  save: (body: unknown) => request.json<Brand>('PUT', '/v1/branding', { body }),
};

export const keys = {
  list: (signal?: AbortSignal) => request.json<{ data: Key[] }>('GET', '/v1/keys', { signal }),
  create: (body: { kind: string; name?: string }, once: string) => request.json<NewKey>('POST', '/v1/keys', { body, once }),
  revoke: (appId: string) => request.json<void>('DELETE', `/v1/keys/${at(appId)}`),
};

export const metadataSchemas = (signal?: AbortSignal) => request.json<{ schemas: Schema[] }>('GET', '/v1/metadata-schemas', { signal });

export type SchemaKind = 'metadata-schemas' | 'custom-event-schemas';

function headers(operator: Operator): Record<string, string> {
  return { 'X-Management-Id': operator.id, 'X-Management-Token': operator.token };
}

/** Schemas as an operator has them: the way they can be changed. */
export const managed = {
  list: async (projectId: string, kind: SchemaKind, operator: Operator, signal?: AbortSignal): Promise<Schema[]> => {
    const list = await request.json<{ data_ref: string } & Record<string, unknown>>('GET', `/management/v1/projects/${at(projectId)}/${kind}`, { headers: headers(operator), signal });
    return list[list.data_ref] as Schema[];
  },
  save: (projectId: string, kind: SchemaKind, operator: Operator, id: string | null, body: unknown) =>
    request.json<Schema>(id ? 'PUT' : 'POST', `/management/v1/projects/${at(projectId)}/${kind}${id ? `/${at(id)}` : ''}`, { headers: headers(operator), body }),
};
