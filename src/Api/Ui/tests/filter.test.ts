import { describe, expect, it } from 'vitest';
import en from '../messages/en.json';
import { canonical, changeField, changeOperator, emptyFilter, findField, findOperator, fromJson, kindOf, missing, nameIn, newCondition, operatorsFor, placeOf, readValue, startOf, toJson, withName, type CatalogueOperator, type FilterCatalogue, type Kind, type Takes } from '../src/parts/filter/model';

const all: Kind[] = ['text', 'number', 'date', 'any'];
const texts: Kind[] = ['text', 'any'];
const numbers: Kind[] = ['number', 'any'];
const dates: Kind[] = ['date', 'any'];
const op = (name: string, kinds: Kind[], takes: Takes, many = false): CatalogueOperator => ({ name, kinds, takes, many, sentence: '' });
const windows = ['yesterday', 'today', 'tomorrow', 'last_week', 'this_week', 'next_week', 'last_month', 'this_month', 'next_month'];

// What the server has, each operator as docs/filters.md tells it.
const operators: CatalogueOperator[] = [
  op('$has_value', all, 'flag'), op('$is_unknown', all, 'flag'), op('$is', all, 'value', true), op('$in', all, 'value', true), op('$is_not', all, 'value', true), op('$not_in', all, 'value', true),
  op('$contains', texts, 'text', true), op('$not_contain', texts, 'text', true), op('$starts_with', texts, 'text', true), op('$ends_with', texts, 'text', true),
  ...['$more_than', '$more_than_equal', '$less_than', '$less_than_equal'].flatMap((name) => [op(name, numbers, 'number'), op(name, ['date'], 'days')]),
  op('$after', dates, 'date'), op('$before', dates, 'date'), ...['$more_than_ago', '$less_than_ago', '$more_than_future', '$less_than_future'].map((name) => op(name, dates, 'days')),
  op('$is_days_ago', dates, 'days', true), op('$is_days_in_future', dates, 'days', true), op('$is_years_ago', dates, 'years', true),
  ...windows.flatMap((name) => [op(`$${name}`, dates, 'flag'), op(`$${name}_md`, dates, 'flag')]), ...['$last_year', '$this_year', '$next_year'].map((name) => op(name, dates, 'flag')),
  op('$is_day_of_month', dates, 'day_of_month', true), op('$is_day', dates, 'weekday', true), op('$is_month', dates, 'month', true), op('$is_year', dates, 'year', true),
  ...['$is_days_ago_md', '$is_more_days_ago_md', '$is_less_days_ago_md', '$is_days_in_future_md', '$is_more_days_in_future_md', '$is_less_days_in_future_md'].map((name) => op(name, dates, 'days', true)),
  op('$count', ['any'], 'count', true), op('$count_less', ['any'], 'count'), op('$count_more', ['any'], 'count'), op('$in_location', ['any'], 'places', true), op('$not_in_location', ['any'], 'places', true),
];

const catalogue: FilterCatalogue = {
  fields: [{ name: 'email', kind: 'text' }, { name: 'created_at', kind: 'date' }, { name: 'birthdate', kind: 'date' }, { name: 'loyalty.points', kind: 'number' }],
  patterns: [{ name: 'events.NAME.count', kind: 'number' }, { name: 'events.NAME.last', kind: 'date' }, { name: 'loyalty.campaigns.NAME.points', kind: 'number' }, { name: 'metadata.KEY', kind: 'any' }],
  metadata: [{ name: 'metadata.plan', kind: 'text', values: ['gold'] }],
  events: ['review_written'],
  operators,
};

const sample: Record<Takes, unknown> = {
  flag: true, value: 'x', text: 'x', number: 7, date: '2024-02-29', days: 30, years: 1, count: 2, weekday: 1, day_of_month: 31, month: 2, year: 2024, places: { lat: 52.2, lng: 21, radius: 5 },
};
const fieldOf: Record<Kind, string> = { text: 'email', number: 'loyalty.points', date: 'created_at', any: 'metadata.visits' };

describe('a filter', () => {
  for (const operator of operators) {
    for (const kind of operator.kinds) {
      it(`keeps ${operator.name} on a ${kind} field, alone, in a list and in a list of two`, () => {
        const value = sample[operator.takes];
        for (const given of [value, [value], [value, value]]) {
          const filter = { junction: 'and', [fieldOf[kind]]: { conditions: { [operator.name]: given } } };
          expect(toJson(fromJson(filter)!)).toEqual(filter);
        }
      });
    }
  }

  it('is made of what is chosen', () => {
    const model = emptyFilter();
    model.junction = 'or';
    const row = { key: 1, field: '', conditions: [] };
    model.rows.push(row);
    changeField(model.rows[0]!, 'email', catalogue);
    expect(toJson(model)).toEqual({ junction: 'or', email: { conditions: { $is: [] } } });
    expect([...missing(model, catalogue).values()]).toEqual(['value']);
    model.rows[0]!.conditions[0]!.values.push('a@example.com', 'b@example.com');
    expect(missing(model, catalogue).size).toBe(0);
    expect(toJson(model)).toEqual({ junction: 'or', email: { conditions: { $is: ['a@example.com', 'b@example.com'] } } });
  });

  it('has a single value alone, and a flag as true', () => {
    const more = findOperator(catalogue, 'number', '$more_than')!;
    const today = findOperator(catalogue, 'date', '$today')!;
    const model = fromJson({ 'loyalty.points': { conditions: {} }, created_at: { conditions: {} } })!;
    model.rows[0]!.conditions.push({ ...newCondition(more.name), ...startOf(more), values: [5] });
    model.rows[1]!.conditions.push({ ...newCondition(today.name), ...startOf(today) });
    expect(toJson(model)).toEqual({ junction: 'and', 'loyalty.points': { conditions: { $more_than: 5 } }, created_at: { conditions: { $today: true } } });
  });

  it('keeps what it does not know', () => {
    const filter = {
      junction: 'or', email: { conditions: { $redeemed: { deep: [1] }, $is: 'x' }, note: 'by hand' }, 'no.such.field': { conditions: { $what: [] } }, phone: 'not an object', name: {}, created_at: { conditions: { $is_unknown: false, $today: '' } },
    };
    expect(toJson(fromJson(filter)!)).toEqual(filter);
    expect(toJson(fromJson({ junction: 'XOR', email: { conditions: { $is: 'x' } } })!)).toEqual({ junction: 'XOR', email: { conditions: { $is: 'x' } } });
    expect(fromJson([1])).toBeNull();
    expect(fromJson(null)).toBeNull();
    expect(fromJson({ junction: 'OR' })!.junction).toBe('or');
  });

  it('resets the value when the type changes, and keeps it when it does not', () => {
    const model = fromJson({ email: { conditions: { $contains: ['x'], $is_not: 'y' } } })!;
    changeField(model.rows[0]!, 'metadata.plan', catalogue);
    expect(toJson(model)).toEqual({ junction: 'and', 'metadata.plan': { conditions: { $contains: ['x'], $is_not: 'y' } } });
    changeField(model.rows[0]!, 'created_at', catalogue);
    expect(model.rows[0]!.conditions.map((one) => [one.operator, one.values])).toEqual([['$less_than_ago', []]]);
  });

  it('keeps values under another operator only where they mean the same', () => {
    const model = fromJson({ created_at: { conditions: { $less_than_ago: 7 } } })!;
    const condition = model.rows[0]!.conditions[0]!;
    const of = (name: string): CatalogueOperator => findOperator(catalogue, 'date', name)!;
    changeOperator(condition, of('$less_than_ago'), of('$more_than_ago'));
    expect(condition).toMatchObject({ operator: '$more_than_ago', values: [7] });
    changeOperator(condition, of('$more_than_ago'), of('$after'));
    expect(condition).toMatchObject({ operator: '$after', values: [] });
    changeOperator(condition, of('$after'), of('$today'));
    expect(condition.values).toEqual([true]);
  });

  it('leaves out names that are still being typed', () => {
    const model = fromJson({ 'metadata.': { conditions: { $is: 'x' } }, 'events..count': { conditions: { $more_than: 1 } } })!;
    expect(toJson(model)).toEqual({ junction: 'and' });
    expect([...missing(model, catalogue).values()]).toEqual(['field', 'field']);
  });
});

describe('fields', () => {
  it('are found by name, by pattern and by their other names', () => {
    expect(kindOf(catalogue, 'metadata.plan')).toBe('text');
    expect(kindOf(catalogue, 'metadata.other.level')).toBe('any');
    expect(findField(catalogue, 'events.A b.c.count')).toMatchObject({ entry: { name: 'events.NAME.count' }, name: 'A b.c' });
    expect(kindOf(catalogue, 'events.seen.last_occurrence')).toBe('date');
    expect(kindOf(catalogue, 'birthday')).toBe('date');
    expect(canonical('loyalty_points.campaigns.Club.points')).toBe('loyalty.campaigns.Club.points');
    expect(kindOf(catalogue, 'no.such')).toBeNull();
  });

  it('of patterns take any name', () => {
    expect(withName('events.NAME.count', '$& x')).toBe('events.$& x.count');
    expect(nameIn('events.NAME.count', 'events.$& x.count')).toBe('$& x');
    expect(nameIn('events.NAME.count', 'events.count')).toBeNull();
  });
});

describe('values', () => {
  it('are read as what the operator takes', () => {
    const table: [Takes, Kind, string, unknown][] = [
      ['value', 'text', ' 007 ', '007'], ['value', 'number', '1,5', 1.5], ['value', 'number', 'x', null], ['number', 'any', '-3', -3], ['number', 'any', '1e3', null], ['days', 'date', '30', 30], ['days', 'date', '1.5', null],
      ['days', 'date', '99999', null], ['weekday', 'date', '0', 0], ['month', 'date', '13', null], ['day_of_month', 'date', '0', null], ['text', 'any', '', null], ['date', 'date', '2024-01-01', '2024-01-01'], ['count', 'any', '2', 2],
    ];
    for (const [takes, kind, typed, expected] of table) expect(readValue(takes, kind, typed), `${takes} ${kind} ${typed}`).toBe(expected);
  });
});

describe('problems', () => {
  it('are at the row and the condition that they name', () => {
    const model = fromJson({ 'metadata.a': { conditions: { $is: 'x' } }, 'metadata.a.b': { conditions: { $is: 'x', $count: 1 } } })!;
    expect(placeOf(model, 'metadata.a.b.conditions.$count[0]')).toMatchObject({ row: { field: 'metadata.a.b' }, condition: { operator: '$count' } });
    expect(placeOf(model, 'filter.metadata.a')).toMatchObject({ row: { field: 'metadata.a' }, condition: null });
    expect(placeOf(model, 'junction')).toBeNull();
  });
});

describe('words', () => {
  it('are there for every operator', () => {
    for (const { name, kinds } of operators) {
      const known = /^\$((last|this|next)_(week|month|year)|today|tomorrow|yesterday)(_md)?$/.test(name) || [`filter.op.${name.slice(1)}`, `filter.help.${name.slice(1)}`].every((key) => key in en);
      expect(known, name).toBe(true);
      if (kinds.length === 1 && kinds[0] === 'date') expect(en, name).toHaveProperty([`filter.op.${name.slice(1)}.date`]);
    }
    expect(operatorsFor(catalogue, 'number').map((one) => one.name)).toContain('$more_than');
  });
});
