/** Puts a text where the cursor is, in place of what is selected, and leaves the cursor behind it. Fires input, as if it had been typed. */
export function insertAtCursor(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  const start = field.selectionStart ?? field.value.length;
  const end = field.selectionEnd ?? start;
  field.focus();
  field.setRangeText(text, start, end, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** What a variable is written as; below metadata, where any name goes, with a name to be replaced. */
export function outputOf(variable: string): string {
  return `{{ ${variable.replace(/\.\*$/, '.key')} }}`;
}
