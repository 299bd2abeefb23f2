import type { Catalogue, Draft } from '../../api';
import { dateTime } from '../../values/format';
import { t, type Text } from '../../i18n.svelte';
import { readDuration } from '../../values/zones';
import { nameOf } from './lookup';
import { actionName, channelName, triggerName } from './words';

export interface Line {
  label: string;
  value: string;
}

/** A distribution in words, line by line. What is not there yet is empty. */
export async function describe(draft: Draft, catalogue: Catalogue | null): Promise<Line[]> {
  const { trigger, audience, action } = draft;
  const lines: Line[] = [{ label: t('field.type'), value: draft.type ? t(`trigger.kind.${draft.type}`) : '' }];
  const add = (label: Text, value: string): number => lines.push({ label: t(label), value });
  if (draft.type === 'manual') {
    add('audience.title', audience?.segment_id ? t('describe.segment', { name: await nameOf('segment', audience.segment_id) }) : audience?.customer ? t('describe.customer', { name: await nameOf('customer', audience.customer) }) : '');
    if (draft.starts_at) add('times.notBefore', dateTime(draft.starts_at));
  } else {
    const known = catalogue?.triggers.find((one) => one.type === trigger?.type);
    add('field.trigger.type', trigger?.type ? triggerName(trigger.type, known?.label) : '');
    if (known?.requires.includes('segment_id')) add('field.trigger.segment_id', trigger?.segment_id ? await nameOf('segment', trigger.segment_id) : '');
    if (known?.requires.includes('campaign_id')) add('field.trigger.campaign_id', trigger?.campaign_id ? await nameOf('campaign', trigger.campaign_id) : '');
    if (known?.requires.includes('custom_event')) add('field.trigger.custom_event', trigger?.custom_event ?? '');
    if (known?.requires.includes('days')) add('field.trigger.days', trigger?.days ? String(trigger.days) : '');
    if (trigger?.validation_rule_id) add('field.trigger.validation_rule_id', await nameOf('rule', trigger.validation_rule_id));
    if (trigger?.include_current_members) add('audience.current', t('describe.yes'));
    const delay = readDuration(draft.delay);
    if (delay) add('field.delay', t(`describe.${delay.unit}`, { n: delay.amount }));
    if (draft.starts_at) add('field.starts_at', dateTime(draft.starts_at));
    if (draft.ends_at) add('field.ends_at', dateTime(draft.ends_at));
  }
  add('gives.title', action?.type ? actionName(action.type, catalogue?.actions.find((known) => known.type === action.type)?.label) : '');
  if (action?.campaign_id) add('field.action.campaign_id', await nameOf('campaign', action.campaign_id));
  if (action?.promotion_tier_id) add('field.action.promotion_tier_id', await nameOf('tier', action.promotion_tier_id));
  add('message.channels', (draft.channels ?? []).map((channel) => channelName(channel.type ?? '')).join(', '));
  for (const channel of draft.channels ?? []) {
    if (channel.type === 'email' && channel.template?.subject) add('field.template.subject', channel.template.subject);
    if (channel.type === 'webhook' && channel.template?.target_url) add('field.template.target_url', channel.template.target_url);
  }
  return lines;
}
