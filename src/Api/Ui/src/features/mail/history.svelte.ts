const most = 200;
const together = 1000;

/** What a document was before, so that every change can be taken back. Changes of one field that follow each other at once are one. */
export class History<T> {
  #past: T[] = $state.raw([]);
  #future: T[] = $state.raw([]);
  #last = { what: '', at: 0 };

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** Before a change: what there is, and what is going to change. */
  note(present: T, what: string, now = Date.now()): void {
    this.#future = [];
    if (what !== '' && what === this.#last.what && now - this.#last.at < together) this.#last.at = now;
    else {
      this.#past = [...this.#past, present].slice(-most);
      this.#last = { what, at: now };
    }
  }

  undo(present: T): T {
    const before = this.#past.at(-1);
    if (before === undefined) return present;
    this.#past = this.#past.slice(0, -1);
    this.#future = [present, ...this.#future];
    this.#last = { what: '', at: 0 };
    return before;
  }

  redo(present: T): T {
    const [after, ...rest] = this.#future;
    if (after === undefined) return present;
    this.#future = rest;
    this.#past = [...this.#past, present];
    this.#last = { what: '', at: 0 };
    return after;
  }
}
