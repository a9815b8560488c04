import { useEffect } from 'react';

/**
 * Gives the focus back to what opened a menu before its item does anything. A dialog that the item opens
 * then returns the focus there when it is closed, and not to an item that is gone.
 */
export function useMenuFocus(): void {
  useEffect(() => {
    document.addEventListener('click', focusOpener, { capture: true });
    return () => document.removeEventListener('click', focusOpener, { capture: true });
  }, []);
}

function focusOpener({ target }: MouseEvent): void {
  if (!(target instanceof Element)) return;
  const menu = target.closest('[role^="menuitem"]')?.closest('[role="menu"]');
  // A menu is named by what opens it (ARIA Authoring Practices, "Menu button").
  document.getElementById(menu?.getAttribute('aria-labelledby') ?? '')?.focus();
}
