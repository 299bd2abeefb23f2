// An email of blocks as the API has it, and what an editor does with one. Pure: every change makes another document.

export interface Marks {
  bold?: boolean;
  italic?: boolean;
  underline?: boolean;
  strike?: boolean;
  link?: string;
  color?: string;
  size?: number;
}

export type Inline =
  | { type: 'text'; text: string; marks?: Marks }
  | { type: 'variable'; name: string; fallback?: string; format?: 'money' | 'date'; marks?: Marks }
  | { type: 'break'; marks?: Marks };

export type Rich =
  | { type: 'paragraph'; content: Inline[]; align?: Align }
  | { type: 'heading'; level: number; content: Inline[] }
  | { type: 'list'; ordered?: boolean; items: { content: Inline[] }[] };

export type Align = 'left' | 'center' | 'right';

interface Common {
  id: string;
  padding?: number;
  background?: string;
  align?: Align;
}

export interface Column {
  share?: number;
  blocks: Block[];
}

export type Block = Common &
  (
    | { type: 'text'; content: Rich[]; color?: string; size?: number }
    | { type: 'heading'; level: number; content: Inline[]; color?: string }
    | { type: 'image'; src?: string; alt?: string; width?: number; href?: string }
    | { type: 'button'; text?: string; href?: string; fill?: string; color?: string; radius?: number; full_width?: boolean }
    | { type: 'divider'; color?: string; thickness?: number }
    | { type: 'social'; links: { network: string; url?: string }[] }
    | { type: 'columns'; columns: Column[] }
    | { type: 'qr'; value?: string; src?: string; size?: number }
    | { type: 'barcode'; value?: string; src?: string; width?: number }
  );

export type BlockType = Block['type'];

export interface MailDocument {
  version: 1;
  preheader?: string;
  language?: string;
  settings?: { width?: number; background?: string; surface?: string; text_color?: string; link_color?: string; font?: 'sans' | 'serif' | 'mono' };
  header?: { logo?: string; width?: number; align?: Align; background?: string };
  blocks: Block[];
  footer?: { unsubscribe_text?: string; align?: Align; color?: string; background?: string };
}

export const blockTypes: BlockType[] = ['text', 'heading', 'image', 'button', 'divider', 'social', 'columns', 'qr', 'barcode'];
export const networks = ['facebook', 'instagram', 'linkedin', 'x', 'youtube'] as const;

/** Where a list of blocks is: the document's own, or that of a column of one of its blocks. */
export type Place = [] | [block: number, column: number];

let made = 0;

/** Ids only tell blocks of one document apart while it is edited. */
export function newBlockId(): string {
  return `b${Date.now().toString(36)}${(made++).toString(36)}`;
}

export function newBlock(type: BlockType): Block {
  const id = newBlockId();
  switch (type) {
    case 'text': return { id, type, content: [{ type: 'paragraph', content: [] }] };
    case 'heading': return { id, type, level: 1, content: [] };
    case 'social': return { id, type, links: [{ network: 'instagram' }] };
    case 'columns': return { id, type, columns: [{ blocks: [] }, { blocks: [] }] };
    case 'qr':
    case 'barcode': return { id, type, value: '{{ voucher.code }}' };
    default: return { id, type };
  }
}

export function emptyMail(): MailDocument {
  return { version: 1, header: {}, blocks: [], footer: {} };
}

export function listAt(mail: MailDocument, place: Place): Block[] {
  if (place.length === 0) return mail.blocks;
  const block = mail.blocks[place[0]];
  return block?.type === 'columns' ? (block.columns[place[1]]?.blocks ?? []) : [];
}

/** The document with another list of blocks in a place. */
export function withList(mail: MailDocument, place: Place, blocks: Block[]): MailDocument {
  if (place.length === 0) return { ...mail, blocks };
  const [at, column] = place;
  return {
    ...mail,
    blocks: mail.blocks.map((block, index) =>
      index === at && block.type === 'columns' ? { ...block, columns: block.columns.map((one, i) => (i === column ? { ...one, blocks } : one)) } : block),
  };
}

export function insert(mail: MailDocument, place: Place, at: number, block: Block): MailDocument {
  const list = listAt(mail, place);
  return withList(mail, place, [...list.slice(0, at), block, ...list.slice(at)]);
}

export function replace(mail: MailDocument, place: Place, at: number, block: Block): MailDocument {
  return withList(mail, place, listAt(mail, place).map((one, index) => (index === at ? block : one)));
}

export function remove(mail: MailDocument, place: Place, at: number): MailDocument {
  return withList(mail, place, listAt(mail, place).filter((_, index) => index !== at));
}

/** Puts a block of a list before the one that is at a place in it now; the length of the list is its end. */
export function move(mail: MailDocument, place: Place, from: number, before: number): MailDocument {
  const list = [...listAt(mail, place)];
  const [block] = list.splice(from, 1);
  if (!block) return mail;
  list.splice(before > from ? before - 1 : before, 0, block);
  return withList(mail, place, list);
}

/** The same block once more, with ids of its own all the way down. */
export function copyOf(block: Block): Block {
  const copy = structuredClone(block);
  copy.id = newBlockId();
  if (copy.type === 'columns') for (const column of copy.columns) column.blocks = column.blocks.map(copyOf);
  return copy;
}

/** Another number of columns; what was in those that go is in the last that stays. */
export function withColumns(columns: Column[], count: number): Column[] {
  const rest = columns.slice(count).flatMap((column) => column.blocks);
  return Array.from({ length: count }, (_, index) => {
    const blocks = columns[index]?.blocks ?? [];
    return { blocks: index === count - 1 ? [...blocks, ...rest] : blocks };
  });
}

/** Blocks of a document that came from elsewhere may have no ids. */
export function withIds(mail: MailDocument): MailDocument {
  const seen = new Set<string>();
  const named = (blocks: Block[]): Block[] =>
    blocks.map((block) => {
      const id = block.id && !seen.has(block.id) ? block.id : newBlockId();
      seen.add(id);
      return block.type === 'columns' ? { ...block, id, columns: block.columns.map((column) => ({ ...column, blocks: named(column.blocks ?? []) })) } : { ...block, id };
    });
  return { ...mail, blocks: named(mail.blocks ?? []) };
}

/** What a block says, for lists of them. */
export function summaryOf(block: Block): string {
  switch (block.type) {
    case 'text': return block.content.map((node) => (node.type === 'list' ? node.items.map((item) => lineOf(item.content)).join(', ') : lineOf(node.content))).join(' ');
    case 'heading': return lineOf(block.content);
    case 'image': return block.alt || block.src || '';
    case 'button': return block.text ?? '';
    case 'social': return block.links.map((link) => link.network).join(', ');
    case 'qr':
    case 'barcode': return block.value ?? '';
    default: return '';
  }
}

function lineOf(content: Inline[]): string {
  return content.map((node) => (node.type === 'text' ? node.text : node.type === 'variable' ? `{{ ${node.name} }}` : ' ')).join('');
}

/** The same with a field taken away where it is empty. */
export function patched<T extends object>(value: T, changes: Partial<Record<keyof T, unknown>>): T {
  const next = { ...value, ...changes } as Record<string, unknown>;
  for (const [key, inner] of Object.entries(next)) if (inner === undefined || inner === '' || inner === null || inner === false) delete next[key];
  return next as T;
}

const schemes = ['https://', 'http://', 'mailto:', 'tel:'];

/** Whether the server takes an address: one that leads somewhere, or a variable. */
export function isAddress(text: string, pictures = false): boolean {
  return text.startsWith('{{') || (pictures ? schemes.slice(0, 2) : schemes).some((scheme) => text.toLowerCase().startsWith(scheme) && text.length > scheme.length);
}

/** The name in an output such as the list of variables inserts. */
export function variableIn(output: string): string | null {
  return /^\{\{\s*([^|}]+?)\s*\}\}$/.exec(output)?.[1] ?? null;
}
