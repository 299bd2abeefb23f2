import { ApiFailure, distributions, type Distribution, type Draft, type Problem } from '../../../api';
import { newId } from '../../../values/ids';
import { clean, draftOf, isSame } from './draft';
import { keep, kept, forget, type Kept } from './shelf';

export type SaveState = 'new' | 'saved' | 'changed' | 'saving' | 'offline' | 'refused' | 'conflict';

const pause = 800;
const retry = 2000;

/**
 * A distribution while somebody writes it. Drafts are saved after every pause in typing; what is under way already only when the author says so, because the next message has it. What is
 * not saved is kept in the browser as well.
 */
export class Editor {
  draft: Draft = $state({});
  id: string | null = $state(null);
  status: Distribution['status'] = $state('draft');
  state: SaveState = $state('new');
  failure: unknown = $state.raw(null);
  problems: Problem[] = $state.raw([]);
  /** What keeps nothing from being sent, and may still not be what the author wants. */
  warnings: Problem[] = $state.raw([]);
  /** What somebody else saved meanwhile. */
  theirs: Draft | null = $state.raw(null);
  /** Grows with every save, for who shows what is stored. */
  saves = $state(0);
  /** The save whose problems are known. */
  checked = $state(0);

  #version: string | null = null;
  #stored: Draft = {};
  #once: string = newId();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<boolean> | null = null;
  #closed = false;

  /** Called when the draft that was new has an id. */
  oncreated: (id: string) => void = () => {};

  get isAutomatic(): boolean {
    return this.draft.type === 'automatic';
  }

  /** Whether saving happens by itself. */
  get savesItself(): boolean {
    return this.status === 'draft';
  }

  get isDirty(): boolean {
    return !isSame(this.draft, this.#stored);
  }

  /** Type, trigger and audience are fixed once it runs. */
  get isFixed(): boolean {
    return this.status === 'live' || this.status === 'paused';
  }

  /** A draft of the browser that never reached the server. */
  static abandoned(): Kept | null {
    return kept(null);
  }

  restore(shelved: Kept): void {
    this.#once = shelved.once ?? this.#once;
    this.draft = shelved.draft;
    this.touch();
  }

  async open(id: string): Promise<void> {
    const shelved = kept(id);
    try {
      const { value, version } = await distributions.get(id);
      this.#take(value, version);
    } catch (failure) {
      if (!(failure instanceof ApiFailure && failure.isOffline && shelved)) throw failure;
      this.id = id;
      this.draft = shelved.draft;
      this.#version = shelved.version;
      this.state = 'offline';
      this.#later(retry);
      return;
    }
    if (!shelved || isSame(shelved.draft, this.#stored)) {
      forget(id);
      return;
    }
    if (shelved.version !== this.#version && shelved.version !== null) this.theirs = this.#stored;
    this.draft = shelved.draft;
    if (this.theirs) this.state = 'conflict';
    else this.touch();
  }

  #take(value: Distribution, version: string | null): void {
    this.id = value.id;
    this.status = value.status;
    this.#version = version;
    this.#stored = draftOf(value);
    this.draft = structuredClone(this.#stored);
    this.state = 'saved';
    this.saves++;
  }

  /** Something was typed. */
  touch(): void {
    if (this.#closed || this.state === 'conflict') return;
    if (!this.isDirty && !this.#saving) {
      forget(this.id);
      if (this.id) this.state = 'saved';
      return;
    }
    keep(this.id, { draft: clean($state.snapshot(this.draft)), version: this.#version, once: this.#once, at: Date.now() });
    if (this.state !== 'offline' && this.state !== 'saving') this.state = 'changed';
    if (this.savesItself) this.#later(this.state === 'offline' ? retry : pause);
  }

  #later(time: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(), time);
  }

  /** Saves now; whether everything is stored afterwards. */
  async save(): Promise<boolean> {
    clearTimeout(this.#timer);
    if (this.#saving) await this.#saving;
    if (this.state === 'conflict') return false;
    if (!this.isDirty && this.id) {
      this.state = 'saved';
      return true;
    }
    this.#saving = this.#send();
    const done = await this.#saving;
    this.#saving = null;
    if (done && this.isDirty && this.savesItself) {
      this.state = 'changed';
      this.#later(pause);
    }
    return done && !this.isDirty;
  }

  async #send(): Promise<boolean> {
    const sent = clean($state.snapshot(this.draft));
    if (this.state !== 'offline') this.state = 'saving';
    try {
      const { value, version } = this.id ? await distributions.update(this.id, sent, this.#version) : await distributions.create(sent, this.#once);
      const isNew = this.id === null;
      this.id = value.id;
      this.status = value.status;
      this.#version = version;
      this.#stored = sent;
      this.failure = null;
      this.state = 'saved';
      this.saves++;
      if (isNew) forget(null);
      if (isSame(this.draft, sent)) forget(this.id);
      else keep(this.id, { draft: clean($state.snapshot(this.draft)), version, once: this.#once, at: Date.now() });
      if (isNew) this.oncreated(value.id);
      void this.check();
      return true;
    } catch (failure) {
      await this.#explain(failure);
      return false;
    }
  }

  async #explain(failure: unknown): Promise<void> {
    this.failure = failure;
    if (failure instanceof ApiFailure && failure.status === 412 && this.id) {
      try {
        const { value, version } = await distributions.get(this.id);
        this.#version = version;
        this.status = value.status;
        this.theirs = draftOf(value);
        this.state = 'conflict';
      } catch {
        this.state = 'offline';
        this.#later(retry);
      }
    } else if (failure instanceof ApiFailure && !failure.isOffline && failure.status !== 429 && failure.status < 500) {
      this.state = 'refused';
      if (failure.problems.length > 0) this.problems = failure.problems;
      if (failure.status === 401) this.#later(retry);
    } else {
      this.state = 'offline';
      if (this.savesItself && !this.#closed) this.#later(retry);
    }
  }

  /** After a conflict: mine over theirs, or theirs instead of mine. */
  async settle(whose: 'mine' | 'theirs'): Promise<void> {
    const theirs = this.theirs;
    if (!theirs) return;
    this.#stored = theirs;
    this.theirs = null;
    this.failure = null;
    this.state = 'changed';
    if (whose === 'theirs') {
      this.draft = structuredClone(theirs);
      this.state = 'saved';
      this.saves++;
      forget(this.id);
      void this.check();
    } else await this.save();
  }

  /** After a conflict: mine becomes a draft of its own; its id. */
  async settleApart(name: string): Promise<string> {
    const { value } = await distributions.create({ ...clean($state.snapshot(this.draft)), name }, newId());
    await this.settle('theirs');
    return value.id;
  }

  /** What is missing or wrong, of what is stored. */
  async check(): Promise<void> {
    if (!this.id) return;
    const asked = this.saves;
    try {
      const answer = await distributions.validate(this.id);
      if (asked !== this.saves) return;
      this.problems = answer.problems;
      this.warnings = answer.warnings;
      this.checked = asked;
    } catch {
      // Asked again with the next save.
    }
  }

  problemOf(field: string): Problem | undefined {
    return this.problems.find((problem) => problem.field === field);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }
}
