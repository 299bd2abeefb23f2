export type Theme = 'system' | 'light' | 'dark';

const stored = 'distributions.theme';
const given = localStorage.getItem(stored);
let theme = $state<Theme>(given === 'light' || given === 'dark' ? given : 'system');

export const appearance = {
  get theme(): Theme {
    return theme;
  },
};

export function useTheme(wanted: Theme): void {
  theme = wanted;
  if (wanted === 'system') localStorage.removeItem(stored);
  else localStorage.setItem(stored, wanted);
  applyTheme();
}

export function applyTheme(): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}
