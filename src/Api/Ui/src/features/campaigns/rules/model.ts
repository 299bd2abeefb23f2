// A validation rule as the simple builder has it: some common conditions, all of which must hold. Whatever else there is stays JSON.

export interface Simple {
  least: string;
  most: string;
  perCustomer: string;
  total: string;
  segment: string | undefined;
  message: string;
}

export const nothing: Simple = { least: '', most: '', perCustomer: '', total: '', segment: undefined, message: '' };

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Amounts are texts of the smallest unit here. Null for what the simple builder could only lose. */
export function simpleOf(rules: Json, error?: { message?: string } | null): Simple | null {
  const simple = { ...nothing, message: error?.message ?? '' };
  const numbered = Object.entries(rules).filter(([name]) => name !== 'logic');
  const logic = rules['logic'];
  if (typeof logic === 'string' && logic.trim() !== '' && logic.replace(/\s+/g, ' ').trim() !== numbered.map(([name]) => name).join(' and ')) return null;
  for (const [, rule] of numbered) {
    if (!isObject(rule) || Object.keys(rule).some((key) => !['name', 'conditions', 'rules', 'property'].includes(key)) || !isObject(rule['conditions']) || rule['property'] != null || (isObject(rule['rules']) && Object.keys(rule['rules']).length > 0)) return null;
    const conditions = Object.entries(rule['conditions']);
    const [operator, given] = conditions[0] ?? [];
    const values: unknown[] = Array.isArray(given) ? given : [given];
    if (conditions.length !== 1 || values.length !== 1) return null;
    const value = values[0];
    const free = (name: keyof Simple): boolean => simple[name] === '' || simple[name] === undefined;
    if (rule['name'] === 'order.amount' && operator === '$more_than_or_equal' && typeof value === 'number' && free('least')) simple.least = String(value);
    else if (rule['name'] === 'order.amount' && operator === '$less_than_or_equal' && typeof value === 'number' && free('most')) simple.most = String(value);
    else if (rule['name'] === 'redemption.count.per_customer' && operator === '$less_than_or_equal' && typeof value === 'number' && free('perCustomer')) simple.perCustomer = String(value);
    else if (rule['name'] === 'campaign.redemptions.count' && operator === '$less_than_or_equal' && typeof value === 'number' && free('total')) simple.total = String(value);
    else if (rule['name'] === 'customer.segment' && operator === '$is' && typeof value === 'string' && free('segment')) simple.segment = value;
    else return null;
  }
  return simple;
}

/** The rules of the API; numbered from 1, all of them. */
export function rulesOf(simple: Simple): Json {
  const found: Json[] = [];
  const add = (name: string, operator: string, value: number | string): void => void found.push({ name, conditions: { [operator]: [value] } });
  if (simple.segment) add('customer.segment', '$is', simple.segment);
  if (simple.least !== '') add('order.amount', '$more_than_or_equal', Number(simple.least));
  if (simple.most !== '') add('order.amount', '$less_than_or_equal', Number(simple.most));
  if (simple.perCustomer !== '') add('redemption.count.per_customer', '$less_than_or_equal', Number(simple.perCustomer));
  if (simple.total !== '') add('campaign.redemptions.count', '$less_than_or_equal', Number(simple.total));
  return { ...Object.fromEntries(found.map((rule, index) => [String(index + 1), rule])), logic: found.map((_, index) => String(index + 1)).join(' and ') };
}
