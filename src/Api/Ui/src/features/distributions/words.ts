import { has, t } from '../../i18n.svelte';

/** Names of the server's catalogue in the language of the page; what it added since is shown as the server calls it. */
export function triggerName(type: string | undefined, label?: string): string {
  const key = `trigger.${type}`;
  return has(key) ? t(key) : (label ?? type ?? t('trigger.none'));
}

export function categoryName(category: string): string {
  const key = `category.${category}`;
  return has(key) ? t(key) : category;
}

export function actionName(type: string | undefined, label?: string): string {
  const key = `action.${type}`;
  return has(key) ? t(key) : (label ?? type ?? '');
}

export function channelName(type: string): string {
  const key = `channel.${type}`;
  return has(key) ? t(key) : type;
}

export function channelIcon(type: string): 'mail' | 'webhook' | 'phone' | 'send' {
  return type === 'email' ? 'mail' : type === 'webhook' ? 'webhook' : type === 'sms' || type === 'push' ? 'phone' : 'send';
}

/** Why a message was not sent: short words for the reasons that the engine gives, its own words for the rest. */
export function reasonName(reason: string): string {
  const key = `reason.${reason}`;
  return has(key) ? t(key) : reason.replaceAll('_', ' ');
}
