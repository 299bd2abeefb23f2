import type { Distribution, Draft } from '../../../api';

const fields = ['name', 'type', 'trigger', 'audience', 'action', 'channels', 'starts_at', 'ends_at', 'delay', 'uncertain', 'max_lateness', 'transactional', 'exit_when', 'tracking', 'topic'] as const;

/** What an author wrote of a distribution, without what the engine adds. */
export function draftOf(distribution: Distribution): Draft {
  return clean(Object.fromEntries(fields.map((field) => [field, distribution[field]])) as Draft);
}

/** Without what is empty, so that what was typed and deleted again is as if it had never been. Payloads and headers are the author's own and stay as they are. */
export function clean(draft: Draft): Draft {
  return (prune(draft, '') as Draft | undefined) ?? {};
}

function prune(value: unknown, name: string): unknown {
  if (value === null || value === undefined || value === '') return undefined;
  if (name === 'payload' || name === 'headers' || name === 'blocks') return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => prune(item, '') ?? {});
    return items.length > 0 ? items : undefined;
  }
  if (typeof value === 'object') {
    const entries = Object.entries(value).map(([key, inner]) => [key, prune(inner, key)] as const).filter(([, inner]) => inner !== undefined && inner !== false);
    return entries.length > 0 ? Object.fromEntries(entries) : undefined;
  }
  return value;
}

/** The same whatever order the fields are in. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner);
}

export function isSame(one: Draft, other: Draft): boolean {
  return canonical(clean(one)) === canonical(clean(other));
}

export interface Difference {
  field: string;
  mine: string;
  theirs: string;
}

/** Where two drafts differ, by the paths of the fields. */
export function differences(mine: Draft, theirs: Draft): Difference[] {
  const left = flatten(clean(mine));
  const right = flatten(clean(theirs));
  return [...new Set([...left.keys(), ...right.keys()])].filter((field) => left.get(field) !== right.get(field)).map((field) => ({ field, mine: left.get(field) ?? '', theirs: right.get(field) ?? '' }));
}

function flatten(value: unknown, path = '', into = new Map<string, string>()): Map<string, string> {
  if (value !== null && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) flatten(inner, Array.isArray(value) ? `${path}[${key}]` : path ? `${path}.${key}` : key, into);
  } else if (value !== undefined) into.set(path, String(value));
  return into;
}

export type Step = 'trigger' | 'audience' | 'message' | 'summary';
export const steps: Step[] = ['trigger', 'audience', 'message', 'summary'];

const ofAudience = ['starts_at', 'ends_at', 'delay', 'max_lateness', 'transactional', 'topic', 'trigger.validation_rule_id', 'trigger.include_current_members'];

/** The step in which a field is. */
export function stepOf(field: string): Step {
  if (field.startsWith('channels')) return 'message';
  if (field.startsWith('audience') || field.startsWith('action') || field.startsWith('exit_when') || ofAudience.includes(field)) return 'audience';
  return 'trigger';
}

/** Whether a problem is that something is missing, rather than that something is wrong. */
export function isMissing(problem: { code?: string; message: string }): boolean {
  return problem.code === 'required' || /(is|are) required$/.test(problem.message);
}
