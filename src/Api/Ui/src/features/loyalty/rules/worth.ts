/** What points are proportional to: where it stands in the API's object, and whether it is money. */
export const bases = {
  ORDER_AMOUNT: { place: ['order', 'amount'], isMoney: true, event: 'order' },
  ORDER_TOTAL_AMOUNT: { place: ['order', 'total_amount'], isMoney: true, event: 'order' },
  ORDER_METADATA: { place: ['order', 'metadata'], isMoney: false, event: 'order' },
  ORDER_ITEMS_QUANTITY: { place: ['order_items', 'quantity'], isMoney: false, event: 'order' },
  ORDER_ITEMS_AMOUNT: { place: ['order_items', 'amount'], isMoney: true, event: 'order' },
  ORDER_ITEMS_SUBTOTAL_AMOUNT: { place: ['order_items', 'subtotal_amount'], isMoney: true, event: 'order' },
  CUSTOM_EVENT_METADATA: { place: ['custom_event', 'metadata'], isMoney: false, event: 'custom' },
  CUSTOMER_METADATA: { place: ['customer', 'metadata'], isMoney: false, event: 'any' },
} as const;

export type Basis = keyof typeof bases;
export const basisNames = Object.keys(bases) as Basis[];
export const itemTypes = ['product', 'sku', 'products_collection'] as const;

/** How many points there are, as it is typed; money in the currency's own unit. */
export interface Worth {
  kind: 'FIXED' | Basis;
  points: string;
  every: string;
  property: string;
  itemType: (typeof itemTypes)[number] | '';
  itemId: string;
}

/** Between what is typed and amounts in the smallest unit. */
export interface Money {
  write(minor: number): string;
  read(text: string): number | null;
}

const most = 1_000_000_000_000;
export const isOfItems = (kind: Worth['kind']): boolean => kind.startsWith('ORDER_ITEMS');
export const isOfMetadata = (kind: Worth['kind']): boolean => kind.endsWith('METADATA');

/** What can be counted when such an event happens. */
export function basesOf(event: 'order' | 'custom' | 'other'): Basis[] {
  return basisNames.filter((name) => bases[name].event === 'any' || bases[name].event === event);
}

type Json = Record<string, unknown>;
const child = (of: Json | undefined, name: string): Json | undefined => {
  const value = of?.[name];
  return typeof value === 'object' && value !== null ? (value as Json) : undefined;
};

export const newWorth: Worth = { kind: 'FIXED', points: '', every: '', property: '', itemType: '', itemId: '' };

/** Null for what the form could only lose, as a formula. */
export function worthOf(loyalty: Json, money: Money): Worth | null {
  if (loyalty['type'] === 'FIXED') return loyalty['points_formula'] === undefined ? { ...newWorth, points: String(loyalty['points'] ?? '') } : null;
  const kind = loyalty['calculation_type'] as Basis;
  const basis = bases[kind];
  const ratio = basis ? child(child(loyalty, basis.place[0]), basis.place[1]) : undefined;
  if (!basis || !ratio || ratio['points_formula'] !== undefined) return null;
  const every = Number(ratio['every']);
  const item = ratio['object'];
  return {
    kind,
    points: String(ratio['points'] ?? ''),
    every: basis.isMoney ? money.write(every) : String(every),
    property: String(ratio['property'] ?? ''),
    itemType: itemTypes.find((one) => one === item && ratio['id'] !== undefined) ?? '',
    itemId: String(ratio['id'] ?? ''),
  };
}

/** A number of points; null where it is none. */
export function pointsOf(text: string): number | null {
  return /^\d{1,13}$/.test(text.trim()) && Number(text) <= most ? Number(text) : null;
}

/** For how much there are points; null where it is no such number. */
export function everyOf(worth: Worth, money: Money): number | null {
  if (worth.kind === 'FIXED') return 1;
  const every = bases[worth.kind].isMoney ? money.read(worth.every) : /^\d+([.,]\d{1,4})?$/.test(worth.every.trim()) ? Number(worth.every.trim().replace(',', '.')) : null;
  return every !== null && every > 0 && every <= most ? every : null;
}

/** What was typed, as the API takes it; undefined while something is wrong. */
export function loyaltyOf(worth: Worth, money: Money): Json | undefined {
  const points = pointsOf(worth.points);
  if (points === null) return undefined;
  if (worth.kind === 'FIXED') return { type: 'FIXED', points };
  const every = everyOf(worth, money);
  if (every === null || (isOfMetadata(worth.kind) && worth.property.trim() === '') || (isOfItems(worth.kind) && worth.itemType !== '' && worth.itemId.trim() === '')) return undefined;
  const [parent, name] = bases[worth.kind].place;
  const ratio = {
    every, points,
    ...(isOfMetadata(worth.kind) ? { property: worth.property.trim() } : {}),
    ...(isOfItems(worth.kind) && worth.itemType !== '' ? { object: worth.itemType, id: worth.itemId.trim() } : {}),
  };
  return { type: 'PROPORTIONAL', calculation_type: worth.kind, [parent]: { [name]: ratio } };
}
