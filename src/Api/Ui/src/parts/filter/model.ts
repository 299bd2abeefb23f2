// What a filter is while it is edited: the fields in their order, each with its conditions. Pure; what JSON has and this does not know is kept as it is.

export type Kind = 'text' | 'number' | 'date' | 'any';
export type Takes = 'flag' | 'value' | 'text' | 'number' | 'date' | 'days' | 'years' | 'count' | 'weekday' | 'day_of_month' | 'month' | 'year' | 'places';

export interface CatalogueField {
  name: string;
  kind: Kind;
  values?: string[];
}

export interface CatalogueOperator {
  name: string;
  kinds: Kind[];
  takes: Takes;
  many: boolean;
  sentence: string;
}

/** What the server says that filters can ask. */
export interface FilterCatalogue {
  fields: CatalogueField[];
  patterns: CatalogueField[];
  operators: CatalogueOperator[];
  metadata: CatalogueField[];
  events: string[];
}

export interface Condition {
  key: number;
  operator: string;
  values: unknown[];
  /** Whether the value stood without a list, as it is written back while there is one. */
  alone: boolean;
}

export interface FieldRow {
  key: number;
  field: string;
  conditions: Condition[];
  /** What stands beside the conditions, or instead of them. */
  rest?: unknown;
}

export interface FilterModel {
  junction: 'and' | 'or';
  /** As it was written, where that is no junction. */
  oddJunction?: unknown;
  rows: FieldRow[];
}

let keys = 0;
export const newKey = (): number => ++keys;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

export function emptyFilter(): FilterModel {
  return { junction: 'and', rows: [] };
}

export function newCondition(operator: string, values: unknown[] = [], alone = false): Condition {
  return { key: newKey(), operator, values, alone };
}

/** Null for what is no object, and so no filter. */
export function fromJson(filter: unknown): FilterModel | null {
  if (!isObject(filter)) return null;
  const model = emptyFilter();
  for (const [name, value] of Object.entries(filter)) {
    if (name === 'junction') {
      const word = typeof value === 'string' ? value.toLowerCase() : '';
      if (word === 'and' || word === 'or') model.junction = word;
      else model.oddJunction = value;
      continue;
    }
    model.rows.push(readRow(name, value));
  }
  return model;
}

function readRow(field: string, value: unknown): FieldRow {
  if (!isObject(value) || !isObject(value['conditions'])) return { key: newKey(), field, conditions: [], rest: value };
  const { conditions, ...rest } = value;
  const read = Object.entries(conditions as Record<string, unknown>).map(([operator, given]) => newCondition(operator, Array.isArray(given) ? given : [given], !Array.isArray(given)));
  return { key: newKey(), field, conditions: read, ...(Object.keys(rest).length > 0 ? { rest } : {}) };
}

/** The filter as the API takes it. What has no field or no condition yet is left out. */
export function toJson(model: FilterModel): Record<string, unknown> {
  const filter: Record<string, unknown> = { junction: model.oddJunction ?? model.junction };
  for (const row of model.rows) {
    if (row.field === '' || endsOpen(row.field)) continue;
    if (row.conditions.length === 0) {
      if (row.rest !== undefined) filter[row.field] = row.rest;
      continue;
    }
    const conditions = Object.fromEntries(row.conditions.map((one) => [one.operator, one.alone && one.values.length === 1 ? one.values[0] : one.values]));
    filter[row.field] = { ...(isObject(row.rest) ? row.rest : {}), conditions };
  }
  return filter;
}

/** metadata. and events..count are names that are still being typed. */
function endsOpen(field: string): boolean {
  return field.endsWith('.') || field.startsWith('.') || field.includes('..');
}

const placeholder = /NAME|KEY/;

/** Patterns with the name in the middle: loyalty.campaigns.NAME.points. Null where the field is not of this pattern. */
export function nameIn(pattern: string, field: string): string | null {
  const [before = '', after = ''] = pattern.split(placeholder);
  return field.startsWith(before) && field.endsWith(after) && field.length >= before.length + after.length ? field.slice(before.length, field.length - after.length) : null;
}

export function withName(pattern: string, name: string): string {
  return pattern.replace(placeholder, () => name);
}

// Other names of fields, which stay as somebody wrote them.
const others: [RegExp, string][] = [
  [/^birthday$/, 'birthdate'],
  [/^loyalty_points\.campaigns\.(.+)\.points$/, 'loyalty.campaigns.$1.points'],
  [/^loyalty_tier\.campaigns\.(.+)$/, 'loyalty.campaigns.$1.loyalty_tier'],
  [/^events\.(.+)\.first_occurrence$/, 'events.$1.first'],
  [/^events\.(.+)\.(last_occurrence|created_at)$/, 'events.$1.last'],
];

export function canonical(field: string): string {
  for (const [pattern, name] of others) if (pattern.test(field)) return field.replace(pattern, name);
  return field;
}

/** The entry of the catalogue for a field as it is written: itself, or the pattern that it follows. */
export function findField(catalogue: FilterCatalogue, field: string): { entry: CatalogueField; name: string | null } | null {
  const known = canonical(field);
  const fixed = [...catalogue.fields, ...catalogue.metadata].find((one) => one.name === known);
  if (fixed) return { entry: fixed, name: null };
  for (const entry of catalogue.patterns) {
    const name = nameIn(entry.name, known);
    if (name !== null) return { entry, name };
  }
  return null;
}

export function kindOf(catalogue: FilterCatalogue, field: string): Kind | null {
  return findField(catalogue, field)?.entry.kind ?? null;
}

export function operatorsFor(catalogue: FilterCatalogue, kind: Kind): CatalogueOperator[] {
  return catalogue.operators.filter((one) => one.kinds.includes(kind));
}

/** Null for an operator that the server does not know, or not of this kind. */
export function findOperator(catalogue: FilterCatalogue, kind: Kind | null, name: string): CatalogueOperator | null {
  return kind === null ? null : (catalogue.operators.find((one) => one.name === name && one.kinds.includes(kind)) ?? null);
}

/** What a condition begins with: flags are there, the rest is asked for. */
export function startOf(operator: CatalogueOperator): Pick<Condition, 'values' | 'alone'> {
  return { values: operator.takes === 'flag' ? [true] : [], alone: !operator.many };
}

/** Another operator keeps the values where they mean the same. */
export function changeOperator(condition: Condition, before: CatalogueOperator | null, after: CatalogueOperator): void {
  condition.operator = after.name;
  if (before && before.takes === after.takes && condition.values.length > 0 && (after.many || condition.values.length === 1)) {
    condition.alone = !after.many;
    return;
  }
  Object.assign(condition, startOf(after));
}

/** Another field keeps the conditions where it is of the same kind; else it begins with the first that fits. */
export function changeField(row: FieldRow, field: string, catalogue: FilterCatalogue): void {
  const before = kindOf(catalogue, row.field);
  const after = kindOf(catalogue, field);
  row.field = field;
  if (after === null || (before === after && row.conditions.length > 0)) return;
  const first = defaultOperator(catalogue, after);
  row.conditions = first ? [{ ...newCondition(first.name), ...startOf(first) }] : [];
  delete row.rest;
}

const usual: Record<Kind, string> = { text: '$is', number: '$more_than', date: '$less_than_ago', any: '$is' };

export function defaultOperator(catalogue: FilterCatalogue, kind: Kind, used: string[] = []): CatalogueOperator | undefined {
  const free = operatorsFor(catalogue, kind).filter((one) => !used.includes(one.name));
  return free.find((one) => one.name === usual[kind]) ?? free[0];
}

/** A value as somebody types it: numbers where numbers are asked for. Null where it cannot be. */
export function readValue(takes: Takes, kind: Kind, text: string): unknown {
  const typed = text.trim();
  if (typed === '') return null;
  const asNumber = takes === 'number' || (takes === 'value' && kind === 'number');
  if (asNumber) return /^-?\d+([.,]\d+)?$/.test(typed) ? Number(typed.replace(',', '.')) : null;
  const whole = limits[takes];
  if (whole) {
    const number = Number(typed);
    return /^\d+$/.test(typed) && number >= whole[0] && number <= whole[1] ? number : null;
  }
  return typed;
}

export const limits: Partial<Record<Takes, readonly [number, number]>> = {
  days: [0, 54_800], years: [0, 150], count: [0, 2_147_483_647], weekday: [0, 7], day_of_month: [1, 31], month: [1, 12], year: [1, 9999],
};

/** What is missing before the filter can be asked: rows by key. */
export function missing(model: FilterModel, catalogue: FilterCatalogue): Map<number, 'field' | 'value'> {
  const found = new Map<number, 'field' | 'value'>();
  for (const row of model.rows) {
    if (row.field === '' || endsOpen(row.field)) found.set(row.key, 'field');
    const kind = kindOf(catalogue, row.field);
    for (const condition of row.conditions) {
      if (condition.values.length === 0 && findOperator(catalogue, kind, condition.operator)) found.set(condition.key, 'value');
    }
  }
  return found;
}

/** Where a field of a problem stands: "metadata.plan.conditions.$is[0]" names the row and the condition. */
export function placeOf(model: FilterModel, path: string): { row: FieldRow; condition: Condition | null } | null {
  const inside = path.replace(/^filter\./, '');
  const row = [...model.rows].sort((a, b) => b.field.length - a.field.length).find((one) => one.field !== '' && (inside === one.field || inside.startsWith(`${one.field}.`)));
  if (!row) return null;
  const operator = /\.conditions\.(\$\w+)/.exec(inside.slice(row.field.length))?.[1];
  return { row, condition: row.conditions.find((one) => one.operator === operator) ?? null };
}
