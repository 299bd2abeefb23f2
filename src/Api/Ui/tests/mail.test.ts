import { describe, expect, it } from 'vitest';
import { blockTypes, copyOf, emptyMail, insert, isAddress, listAt, move, newBlock, patched, remove, replace, summaryOf, variableIn, withColumns, withIds, type Block, type MailDocument, type Place, type Rich } from '../src/features/mail/document';
import { History } from '../src/features/mail/history.svelte';
import { fromNode, schema, toNode } from '../src/features/mail/rich/rich';

const divider = (id: string): Block => ({ id, type: 'divider' });
const three: MailDocument = { version: 1, blocks: [divider('a'), divider('b'), divider('c')] };
const ids = (mail: MailDocument, place: Place = []): string => listAt(mail, place).map((block) => block.id).join('');

describe('a document', () => {
  it.each([[0, 3, 'bca'], [0, 2, 'bac'], [2, 0, 'cab'], [1, 1, 'abc'], [1, 2, 'abc'], [9, 0, 'abc']])('moves block %i before %i', (from, before, order) => expect(ids(move(three, [], from, before))).toBe(order));

  it('changes blocks in columns, and leaves what it was as it was', () => {
    const mail = insert(three, [], 1, { ...newBlock('columns'), id: 'k' });
    const changed = insert(mail, [1, 1], 0, divider('x'));
    expect(ids(changed, [1, 1])).toBe('x');
    expect(ids(mail, [1, 1])).toBe('');
    expect(ids(remove(changed, [1, 1], 0), [1, 1])).toBe('');
    expect(ids(replace(changed, [1, 1], 0, divider('y')), [1, 1])).toBe('y');
    expect(ids(three)).toBe('abc');
  });

  it('loses no block when it loses a column', () => {
    const columns = withColumns([{ share: 30, blocks: [divider('a')] }, { blocks: [divider('b')] }, { blocks: [divider('c')] }], 2);
    expect(columns).toEqual([{ blocks: [divider('a')] }, { blocks: [divider('b'), divider('c')] }]);
  });

  it('has blocks with ids of their own', () => {
    const block = { ...newBlock('columns'), id: 'k' } as Block & { type: 'columns' };
    block.columns[0]!.blocks = [divider('a')];
    const copy = copyOf(block) as typeof block;
    expect([copy.id, copy.columns[0]!.blocks[0]!.id]).not.toContain('k');
    const named = withIds({ version: 1, blocks: [divider(''), divider('same'), divider('same')] });
    expect(new Set(named.blocks.map((one) => one.id)).size).toBe(3);
  });

  it('is without what is empty, and sums up what it says', () => {
    expect(patched({ type: 'button', text: 'x', href: 'y' }, { href: '', text: undefined })).toEqual({ type: 'button' });
    expect(summaryOf({ id: 'h', type: 'heading', level: 1, content: [{ type: 'text', text: 'Hi ' }, { type: 'variable', name: 'customer.name' }] })).toBe('Hi {{ customer.name }}');
  });

  it.each([['https://a', true], ['HTTP://a', true], ['mailto:a@b', true], ['{{ url }}', true], ['javascript:alert(1)', false], ['https://', false], ['/a', false]])('knows whether %s leads somewhere', (text, leads) => expect(isAddress(text)).toBe(leads));

  it('knows the variable that is inserted', () => {
    expect(variableIn('{{ customer.name }}')).toBe('customer.name');
    expect(variableIn('{{ a | b }}')).toBeNull();
  });
});

describe('fifty edits', () => {
  it.each([1, 2, 3, 4, 5])('can all be taken back, and what is stored is what was written (%i)', (seed) => {
    let random = seed;
    const next = (below: number): number => (random = (random * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
    const history = new History<MailDocument>();
    const start = withIds(three);
    let mail = start;
    for (let edit = 0; edit < 50; edit++) {
      const columns = mail.blocks.findIndex((block) => block.type === 'columns');
      const place: Place = columns >= 0 && next(3) === 0 ? [columns, next(2)] : [];
      const list = listAt(mail, place);
      const at = next(Math.max(1, list.length));
      const type = blockTypes[next(blockTypes.length)]!;
      const changed = list.length === 0 || next(3) === 0 ? insert(mail, place, at, newBlock(place.length > 0 && type === 'columns' ? 'divider' : type))
        : next(4) === 0 ? remove(mail, place, at)
        : next(2) === 0 ? move(mail, place, at, next(list.length + 1))
        : replace(mail, place, at, patched(list[at]!, { padding: next(50), background: next(2) === 0 ? '#123456' : undefined }));
      history.note(mail, '', edit);
      mail = changed;
    }
    expect(JSON.parse(JSON.stringify(mail))).toEqual(mail);
    expect(withIds(mail)).toEqual(mail);
    for (let edit = 0; edit < 50; edit++) mail = history.undo(mail);
    expect(mail).toEqual(start);
    expect(history.canUndo).toBe(false);
  });
});

describe('a text', () => {
  const text: Rich[] = [
    { type: 'paragraph', align: 'center', content: [{ type: 'text', text: 'A "quote" ' }, { type: 'text', text: 'b', marks: { link: 'https://a.example', bold: true, color: '#ff0000', size: 20 } }, { type: 'break' }, { type: 'variable', name: 'customer.name', fallback: 'friend', marks: { italic: true } }] },
    { type: 'heading', level: 3, content: [{ type: 'variable', name: 'order.amount', format: 'money' }] },
    { type: 'list', ordered: true, items: [{ content: [{ type: 'text', text: 'one', marks: { underline: true, strike: true } }] }, { content: [] }] },
  ];

  it('is the same after it was edited as before', () => {
    expect(fromNode(toNode(text))).toEqual(text);
    toNode(text).check();
    expect(fromNode(toNode([]))).toEqual([{ type: 'paragraph', content: [] }]);
  });

  it('has variables that one step takes away', () => expect(schema.nodes.variable!.isAtom).toBe(true));
});

describe('what was done', () => {
  it('can be taken back and done again, typing as one', () => {
    const history = new History<string>();
    let now = '';
    const change = (next: string, what: string, at: number): void => { history.note(now, what, at); now = next; };
    change('a', 'text', 0);
    change('ab', 'text', 500);
    change('ab!', 'other', 600);
    change('ab!c', 'text', 5000);
    expect((now = history.undo(now))).toBe('ab!');
    expect((now = history.undo(now))).toBe('ab');
    expect((now = history.undo(now))).toBe('');
    expect(history.canUndo).toBe(false);
    expect((now = history.redo(now))).toBe('ab');
    change('new', 'x', 9000);
    expect(history.canRedo).toBe(false);
    expect(emptyMail().blocks).toEqual([]);
  });
});
