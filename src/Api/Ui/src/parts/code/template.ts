import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, type Completion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { html } from '@codemirror/lang-html';
import { liquid } from '@codemirror/lang-liquid';
import { bracketMatching, HighlightStyle, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Text } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { nextOf } from './paths';

/** A mistake and where it is, from 1. */
export interface Mistake {
  line: number;
  column: number;
  message: string;
}

interface Options {
  value: string;
  attributes: Record<string, string>;
  variables: () => string[];
  oninput: (value: string) => void;
}

const colours = HighlightStyle.define([
  { tag: [tags.tagName, tags.angleBracket, tags.keyword, tags.operatorKeyword], color: 'var(--code-tag)' },
  { tag: [tags.attributeName, tags.propertyName], color: 'var(--code-name)' },
  { tag: [tags.attributeValue, tags.string, tags.number], color: 'var(--code-value)' },
  { tag: [tags.brace, tags.processingInstruction, tags.special(tags.variableName), tags.variableName], color: 'var(--code-variable)', fontWeight: '600' },
  { tag: [tags.comment, tags.documentMeta], color: 'var(--muted)' },
]);

const look = EditorView.theme({
  '&': { height: '26rem', fontSize: 'var(--text-2)', color: 'var(--text)', backgroundColor: 'var(--surface)', border: '1px solid var(--line-strong)', borderRadius: 'var(--radius)', overflow: 'hidden' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--sunken)', color: 'var(--muted)', borderRight: '1px solid var(--line)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--accent) 7%, transparent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'color-mix(in srgb, var(--accent) 25%, transparent)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--accent-soft)' },
  '.cm-tooltip, .cm-panels': { backgroundColor: 'var(--surface)', color: 'var(--text)', border: '1px solid var(--line-strong)', borderRadius: 'var(--radius)' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--on-accent)' },
  '.cm-panels input, .cm-panels button': { color: 'inherit', backgroundColor: 'var(--sunken)', backgroundImage: 'none', border: '1px solid var(--line-strong)' },
});

/** An editor of a template: HTML with Liquid. It stands in a shadow root, where its styles need no exception of the page's policy. Tab leaves it, as everywhere. */
export class TemplateEditor {
  readonly #view: EditorView;
  readonly #attributes = new Compartment();

  constructor(host: HTMLElement, options: Options) {
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    const complete = (path: readonly string[]): Completion[] => nextOf(options.variables(), path).map((label) => ({ label, type: 'variable' }));
    this.#view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: options.value,
        extensions: [
          lineNumbers(), history(), drawSelection(), highlightActiveLine(), highlightSelectionMatches(), bracketMatching(), closeBrackets(), autocompletion(), lintGutter(), search({ top: true }),
          liquid({ base: html({ autoCloseTags: true }), properties: complete }),
          // What stands before the first dot is asked for anew each time: variables change with the trigger and the action.
          EditorState.languageData.of(() => [{ autocomplete: rootCompletions(() => complete([])) }]),
          syntaxHighlighting(colours), look, indentUnit.of('  '), EditorView.lineWrapping,
          keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...completionKeymap]),
          this.#attributes.of(EditorView.contentAttributes.of(options.attributes)),
          EditorView.updateListener.of((update) => { if (update.docChanged) options.oninput(update.state.doc.toString()); }),
        ],
      }),
    });
  }

  /** What was changed elsewhere: a starter, another tab. */
  set value(text: string) {
    const doc = this.#view.state.doc;
    if (doc.toString() !== text) this.#view.dispatch({ changes: { from: 0, to: doc.length, insert: text } });
  }

  set attributes(attributes: Record<string, string>) {
    this.#view.dispatch({ effects: this.#attributes.reconfigure(EditorView.contentAttributes.of(attributes)) });
  }

  set mistakes(mistakes: Mistake[]) {
    const doc = this.#view.state.doc;
    this.#view.dispatch(setDiagnostics(this.#view.state, mistakes.map((mistake) => diagnosticOf(doc, mistake))));
  }

  insert(text: string): void {
    this.#view.dispatch(this.#view.state.replaceSelection(text), { scrollIntoView: true });
    this.#view.focus();
  }

  focus(caret?: number): void {
    if (caret !== undefined) this.#view.dispatch({ selection: { anchor: Math.min(caret, this.#view.state.doc.length) } });
    this.#view.focus();
  }

  destroy(): void {
    this.#view.destroy();
  }
}

// Inside of a tag or an output, but neither a property, nor a filter, nor the name of the tag.
function rootCompletions(variables: () => Completion[]) {
  return (context: CompletionContext): CompletionResult | null => {
    const open = context.matchBefore(/\{[{%][^{}]*/);
    const before = /^(.*?)(\w*)$/s.exec(open?.text ?? '');
    if (!open || !before || /[.|]\s*$|^\{%-?\s*$/.test(before[1] ?? '')) return null;
    return { from: context.pos - (before[2] ?? '').length, options: variables(), validFor: /^\w*$/ };
  };
}

function diagnosticOf(doc: Text, mistake: Mistake): Diagnostic {
  const line = doc.line(Math.min(Math.max(mistake.line, 1), doc.lines));
  const from = Math.min(line.from + mistake.column - 1, line.to);
  const word = /^(\{[{%]\s*)?[\w.]*/.exec(doc.sliceString(from, line.to))?.[0].length ?? 0;
  return { from, to: Math.min(line.to, from + Math.max(word, 1)), severity: 'error', message: mistake.message };
}
