import { request, type Template } from '../../api';

export interface Image {
  id: string;
  name?: string;
  url: string;
  content_type: string;
  width: number;
  height: number;
}

export interface SavedTemplate {
  id: string;
  name: string;
  version: number;
  newest_version: number;
  template?: Template;
  created_at: string;
  updated_at?: string;
}

const at = encodeURIComponent;

export const images = {
  list: (signal?: AbortSignal) => request.json<{ data: Image[]; total: number }>('GET', '/v1/images', { query: { limit: 100 }, signal }),
  upload: (file: File) => {
    const form = new FormData();
    form.append('file', file, file.name);
    return request.json<Image>('POST', '/v1/images', { form });
  },
};

export const templates = {
  list: (signal?: AbortSignal) => request.json<{ data: SavedTemplate[]; total: number }>('GET', '/v1/message-templates', { query: { limit: 100 }, signal }),
  get: (id: string, signal?: AbortSignal) => request.versioned<SavedTemplate>('GET', `/v1/message-templates/${at(id)}`, { signal }),
  version: (id: string, version: number, signal?: AbortSignal) => request.json<SavedTemplate>('GET', `/v1/message-templates/${at(id)}/versions/${version}`, { signal }),
  create: (body: { name: string; template: Template }, once: string) => request.versioned<SavedTemplate>('POST', '/v1/message-templates', { body, once }),
  change: (id: string, body: { name: string; template: Template }, version: string | null) => request.versioned<SavedTemplate>('PUT', `/v1/message-templates/${at(id)}`, { body, version }),
  remove: (id: string) => request.json<void>('DELETE', `/v1/message-templates/${at(id)}`),
  /** The HTML that the server makes of blocks, and how many drawn codes are only written in it. */
  toHtml: (blocks: unknown) => request.json<{ html: string; lost_pictures: number }>('POST', '/v1/message-templates/html', { body: { template: { blocks } } }),
};
