import { t } from '../../../i18n.svelte';

export const messageStatuses = ['queued', 'retrying', 'sending', 'sent', 'failed', 'skipped', 'canceled'] as const;

export const messageKinds: Record<string, 'info' | 'warn' | 'accent' | 'good' | 'bad' | 'plain'> = {
  queued: 'info', retrying: 'warn', sending: 'accent', sent: 'good', failed: 'bad', skipped: 'plain', canceled: 'plain',
};

export function statusName(status: string): string {
  const known = messageStatuses.find((one) => one === status);
  return known ? t(`message.${known}`) : status;
}
