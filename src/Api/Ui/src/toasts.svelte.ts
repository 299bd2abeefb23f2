import { ApiFailure } from './api';
import { t } from './i18n.svelte';

export interface Toast {
  id: number;
  text: string;
  kind: 'good' | 'bad';
  detail?: string | undefined;
}

let next = 0;
export const toasts = $state<Toast[]>([]);

export function dismiss(id: number): void {
  const index = toasts.findIndex((toast) => toast.id === id);
  if (index >= 0) toasts.splice(index, 1);
}

function show(text: string, kind: Toast['kind'], detail?: string): void {
  const id = next++;
  toasts.push({ id, text, kind, detail });
  if (toasts.length > 3) toasts.splice(0, toasts.length - 3);

  // What went wrong stays until it is read.
  if (kind === 'good') setTimeout(() => dismiss(id), 6000);
}

export const tell = (text: string): void => show(text, 'good');

/** The server's own sentence, and by what the operator finds it. */
export function tellFailure(failure: unknown): void {
  if (failure instanceof DOMException && failure.name === 'AbortError') return;
  if (failure instanceof ApiFailure && failure.status === 401) return;
  const { text, detail } = wordsOf(failure);
  show(text, 'bad', detail);
}

export function wordsOf(failure: unknown): { text: string; detail?: string } {
  if (!(failure instanceof ApiFailure)) return { text: t('error.unexpected'), detail: String(failure) };
  if (failure.status === 0) return { text: t('error.unreachable') };
  return failure.requestId ? { text: failure.message, detail: t('error.request', { id: failure.requestId }) } : { text: failure.message };
}
