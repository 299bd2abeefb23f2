import { t } from '../../i18n.svelte';
import type { Sendout, TestAnswer, Webhook } from './client';

/** Whether events go out to it, and why not. */
export function standingOf(webhook: Webhook): { kind: 'good' | 'bad' | 'plain'; text: string } {
  if (webhook.active) return { kind: 'good', text: t('hooks.state.active') };
  return webhook.disabled_reason ? { kind: 'bad', text: t('hooks.state.failed') } : { kind: 'plain', text: t('hooks.state.off') };
}

export const kindOf = { owed: 'info', succeeded: 'good', failed: 'bad' } as const;

/** What the receiver said last: its status, or why there was none. */
export function saidOf(said: Pick<Sendout | TestAnswer, 'response_code' | 'error'>): string {
  if (said.error) return said.error;
  return said.response_code === undefined ? '–' : t('hooks.answered', { code: String(said.response_code) });
}
