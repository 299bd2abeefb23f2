import type { Action } from 'svelte/action';

/** An area that scrolls when its content is large. Then it is also reached by keyboard, and has a name. */
export const scrollable: Action<HTMLElement, string> = (area, label) => {
  const look = (): void => {
    if (area.scrollHeight > area.clientHeight || area.scrollWidth > area.clientWidth) {
      area.tabIndex = 0;
      area.setAttribute('role', 'region');
      area.setAttribute('aria-label', label);
    } else {
      for (const name of ['tabindex', 'role', 'aria-label']) area.removeAttribute(name);
    }
  };
  const sizes = new ResizeObserver(look);
  sizes.observe(area);
  const changes = new MutationObserver(look);
  changes.observe(area, { childList: true, subtree: true, characterData: true });
  look();
  return {
    update: (next) => { label = next; look(); },
    destroy: () => { sizes.disconnect(); changes.disconnect(); },
  };
};
