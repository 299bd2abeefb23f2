import type { Mapping } from '../client';
import { pointsOf } from '../rules/worth';

/** What members of a tier get by a rule, as it is typed. */
export interface TypedMapping {
  kind: 'same' | 'MULTIPLY' | 'CUSTOM';
  value: string;
}

const mostTimes = 1000;

export function typedMapping(mapping: Mapping | undefined): TypedMapping {
  if (!mapping) return { kind: 'same', value: '' };
  return mapping.type === 'MULTIPLY' ? { kind: 'MULTIPLY', value: String(mapping.multiplier) } : { kind: 'CUSTOM', value: String(mapping.points) };
}

/** Null for the rule's own points, undefined while something is wrong. */
export function mappingOf(typed: TypedMapping): Mapping | null | undefined {
  if (typed.kind === 'same') return null;
  if (typed.kind === 'CUSTOM') {
    const points = pointsOf(typed.value);
    return points === null ? undefined : { type: 'CUSTOM', points };
  }
  const text = typed.value.trim().replace(',', '.');
  return /^\d+(\.\d+)?$/.test(text) && Number(text) <= mostTimes ? { type: 'MULTIPLY', multiplier: Number(text) } : undefined;
}
