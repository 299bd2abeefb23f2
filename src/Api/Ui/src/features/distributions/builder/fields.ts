import { has, t, type Text } from '../../../i18n.svelte';
import type { Draft, Problem } from '../../../api';
import { channelName } from '../words';
import { isMissing } from './draft';

/** What a field is called where the author sees it: channels[0].template.subject is "Email: subject" there. */
export function fieldName(field: string, draft?: Draft): string {
  const channel = /^channels\[(\d+)\]\.?(.*)$/.exec(field);
  if (channel) {
    const type = draft?.channels?.[Number(channel[1])]?.type;
    const inner = (channel[2] ?? '').replace(/^template\./, '').replace(/\[.*|\..*/, '');
    const key = `field.template.${inner}`;
    return `${type ? channelName(type) : t('field.channel', { n: String(Number(channel[1]) + 1) })}${inner ? `: ${has(key) ? t(key) : inner}` : ''}`;
  }
  const key = `field.${field}`;
  return has(key) ? t(key) : field;
}

/** What is wrong, in a sentence. What is missing needs no more than the name of the field; the rest is in the server's words. */
export function problemText(problem: Problem): string {
  if (isMissing(problem)) return t('problem.required');
  const place = problem.line ? ` (${t('problem.line', { line: String(problem.line), column: String(problem.column ?? 1) })})` : '';
  return problem.message + place;
}

/** What might be meant otherwise, in the language of the page where it has words for it. */
export function warningText(warning: Problem): string {
  const key = `warning.${warning.code}`;
  return has(key) ? t(key as Text) : warning.message;
}
