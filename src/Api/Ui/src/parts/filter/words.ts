import { zone } from '../../values/format';
import { has, locale, t, type Text } from '../../i18n.svelte';
import { findField, findOperator, type CatalogueField, type CatalogueOperator, type Condition, type FilterCatalogue, type FilterModel, type Kind } from './model';

const windows = /^\$((?:last|this|next)_(?:week|month|year)|today|tomorrow|yesterday)(_md)?$/;

/** What a field is called; names of the shop's own are put in. */
export function fieldLabel(catalogue: FilterCatalogue, field: string): string {
  const found = findField(catalogue, field);
  return found ? entryLabel(found.entry, found.name) : field;
}

/** A pattern's name is "…" while nothing is chosen. */
export function entryLabel(entry: CatalogueField, name: string | null): string {
  const key = `filter.field.${entry.name}`;
  if (has(key)) return t(key as Text, { name: name === null ? '…' : name || '…' });
  return entry.name.replace(/^metadata\./, '').replace(/NAME|KEY/, () => name || '…');
}

function keyOf(operator: string, kind: Kind, prefix: 'op' | 'help'): Text | null {
  const name = operator.slice(1);
  if (kind === 'date' && has(`filter.${prefix}.${name}.date`)) return `filter.${prefix}.${name}.date` as Text;
  return has(`filter.${prefix}.${name}`) ? (`filter.${prefix}.${name}` as Text) : null;
}

/** "is more than {v} days ago", with the values put in, or with dots. */
export function operatorLabel(operator: string, kind: Kind, values = '…'): string {
  const window = windows.exec(operator);
  if (window) return t(window[2] ? 'filter.op.window_md' : 'filter.op.window', { w: t(`filter.w.${window[1]}` as Text) });
  const key = keyOf(operator, kind, 'op');
  return key ? t(key, { v: values }) : operator;
}

/** One line on what an operator asks; the server's own where there are no words for it yet. */
export function operatorHelp(operator: CatalogueOperator, kind: Kind): string {
  const window = windows.exec(operator.name);
  if (window) return t(window[2] ? 'filter.help.window_md' : 'filter.help.window', { zone: zone() });
  const key = keyOf(operator.name, kind, 'help');
  return key ? t(key, { zone: zone() }) : operator.sentence;
}

/** A value as it is read: days and months by name, dates as dates. */
export function valueLabel(operator: CatalogueOperator | null, kind: Kind | null, value: unknown): string {
  if (operator?.takes === 'weekday' && typeof value === 'number') return weekday(value % 7);
  if (operator?.takes === 'month' && typeof value === 'number' && value >= 1 && value <= 12) return month(value);
  if (operator?.takes === 'year' && typeof value === 'number') return String(value);
  if (typeof value === 'number') return new Intl.NumberFormat(locale.tag, { maximumFractionDigits: 10 }).format(value);
  if (typeof value === 'string' && (operator?.takes === 'date' || kind === 'date') && /^\d{4}-\d\d-\d\d$/.test(value)) return dayLabel(value);
  if (operator?.takes === 'places') return placeLabel(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function dayLabel(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? day : new Intl.DateTimeFormat(locale.tag, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(at);
}

function placeLabel(value: unknown): string {
  const place = value as { lat?: unknown; lng?: unknown; radius?: unknown; points?: unknown[] } | null;
  if (place && typeof place === 'object' && 'radius' in place) return t('filter.place.circle', { radius: String(place.radius), at: `${String(place.lat)}, ${String(place.lng)}` });
  return place && typeof place === 'object' && Array.isArray(place.points) ? t('filter.place.area', { n: place.points.length }) : JSON.stringify(value);
}

export function weekday(day: number): string {
  return new Intl.DateTimeFormat(locale.tag, { weekday: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2023, 0, 1 + day)));
}

export function month(of: number): string {
  return new Intl.DateTimeFormat(locale.tag, { month: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2023, of - 1, 1)));
}

const joined = (parts: string[], type: 'conjunction' | 'disjunction'): string => new Intl.ListFormat(locale.tag, { type }).format(parts);

function conditionWords(catalogue: FilterCatalogue, kind: Kind | null, condition: Condition): string {
  const operator = findOperator(catalogue, kind, condition.operator);
  const asked = operator?.takes === 'flag' && condition.values[0] === false ? (condition.operator === '$is_unknown' ? '$has_value' : condition.operator === '$has_value' ? '$is_unknown' : condition.operator) : condition.operator;
  const quote = (value: unknown): string => (typeof value === 'string' && operator?.takes !== 'date' && kind !== 'date' ? t('filter.quoted', { text: value }) : valueLabel(operator, kind, value));
  const values = condition.values.length === 0 ? '…' : joined(condition.values.map(quote), 'disjunction');
  return operator ? operatorLabel(asked, kind ?? 'any', values) : `${condition.operator} ${JSON.stringify(condition.values)}`;
}

/** The whole filter as one sentence. */
export function sentence(model: FilterModel, catalogue: FilterCatalogue): string {
  const rows = model.rows.filter((row) => row.field !== '' && row.conditions.length > 0);
  if (rows.length === 0) return t('filter.sentence.none');
  const clauses = rows.map((row) => {
    const kind = findField(catalogue, row.field)?.entry.kind ?? null;
    const words = `${fieldLabel(catalogue, row.field)} ${joined(row.conditions.map((condition) => conditionWords(catalogue, kind, condition)), 'conjunction')}`;
    return model.junction === 'or' && row.conditions.length > 1 && rows.length > 1 ? `(${words})` : words;
  });
  return t('filter.sentence', { clauses: joined(clauses, model.junction === 'or' ? 'disjunction' : 'conjunction') });
}

