import { ApiFailure, type Problem } from '../../api';
import { t } from '../../i18n.svelte';
import { emptyFilter, missing, toJson, type FilterCatalogue, type FilterModel } from '../../parts/filter/model';

/** A segment while somebody writes it: its name, its filter, and what is wrong with them. */
export class SegmentWriting {
  name = $state('');
  model = $state<FilterModel>(emptyFilter());
  /** What the server says of it. */
  problems = $state.raw<Problem[]>([]);
  /** Whether somebody tried to save it: what is missing is said from then on. */
  tried = $state(false);
  /** Null until it is known. */
  catalogue = $state.raw<FilterCatalogue | null>(null);

  readonly filter = $derived(toJson(this.model));
  readonly isReady = $derived(this.catalogue !== null && this.model.rows.length > 0 && missing(this.model, this.catalogue).size === 0);

  get nameError(): string | undefined {
    return this.tried && this.name.trim() === '' ? t('segments.name.missing') : this.problems.find((one) => one.field === 'name')?.message;
  }

  refused(wrong: unknown): void {
    this.problems = wrong instanceof ApiFailure ? wrong.problems : [];
  }
}
