import { tick } from 'svelte';
import type { Problem } from '../../api';
import { insert, move, newBlock, remove, replace, copyOf, listAt, type Block, type BlockType, type MailDocument, type Place } from './document';
import { History } from './history.svelte';

/** An email while it is edited: which block is open, and every change of it, which can be taken back. */
export class Workshop {
  /** The id of the block whose form is open. */
  open: string | null = $state(null);
  /** What a screen reader says. */
  said: string = $state('');
  /** What is dragged: only within its own list. */
  dragged: { place: Place; from: number } | null = $state.raw(null);
  readonly history = new History<MailDocument>();

  constructor(
    readonly read: () => MailDocument,
    readonly write: (mail: MailDocument) => void,
    readonly problems: () => Problem[],
    readonly prefix: () => string,
    readonly say: (what: 'moved' | 'removed' | 'added', at: number, of: number) => string,
  ) {}

  change(next: MailDocument, what: string): void {
    this.history.note(this.read(), what);
    this.write(next);
  }

  undo(): void {
    this.write(this.history.undo(this.read()));
  }

  redo(): void {
    this.write(this.history.redo(this.read()));
  }

  set(place: Place, at: number, block: Block, what: string): void {
    this.change(replace(this.read(), place, at, block), `${block.id} ${what}`);
  }

  add(place: Place, at: number, type: BlockType): void {
    const block = newBlock(type);
    this.change(insert(this.read(), place, at, block), '');
    this.open = block.id;
    this.said = this.say('added', at + 1, listAt(this.read(), place).length);
    void this.#focus(block.id);
  }

  copy(place: Place, at: number): void {
    const block = listAt(this.read(), place)[at];
    if (!block) return;
    const copy = copyOf(block);
    this.change(insert(this.read(), place, at + 1, copy), '');
    this.open = copy.id;
    void this.#focus(copy.id);
  }

  take(place: Place, at: number): void {
    const list = listAt(this.read(), place);
    this.change(remove(this.read(), place, at), '');
    this.said = this.say('removed', at + 1, list.length - 1);
    const next = list[at + 1] ?? list[at - 1];
    if (next) void this.#focus(next.id);
  }

  /** Before another one of its list, or at the end of it. */
  move(place: Place, from: number, before: number): void {
    const list = listAt(this.read(), place);
    const block = list[from];
    if (!block || before < 0 || before > list.length || before === from || before === from + 1) return;
    this.change(move(this.read(), place, from, before), '');
    this.said = this.say('moved', (before > from ? before - 1 : before) + 1, list.length);
    void this.#focus(block.id);
  }

  /** What is wrong below a path of the document. */
  wrongAt(path: string): Problem[] {
    const whole = `${this.prefix()}.${path}`;
    return this.problems().filter((problem) => problem.field === whole || problem.field.startsWith(`${whole}.`) || problem.field.startsWith(`${whole}[`));
  }

  async #focus(id: string): Promise<void> {
    await tick();
    document.getElementById(`block-${id}`)?.focus();
  }
}

/** The path of a block in the document, as the server names it. */
export function pathOf(place: Place, at: number): string {
  return place.length === 0 ? `blocks[${at}]` : `blocks[${place[0]}].columns[${place[1]}].blocks[${at}]`;
}
