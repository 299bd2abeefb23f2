/** What may follow a path, of variables like `order.items`: `['order']` gives `['items']`, `[]` gives `['order']`. */
export function nextOf(variables: readonly string[], path: readonly string[]): string[] {
  const found = new Set<string>();
  for (const variable of variables) {
    const parts = variable.split('.');
    const next = parts[path.length];
    if (next && path.every((part, index) => part === parts[index])) found.add(next);
  }
  return [...found];
}
