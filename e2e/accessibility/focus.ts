import type { Page } from 'playwright-core';

/** Where the focus is: the part of the window, and the element by its role or tag and its name. */
export interface Place {
  readonly pane: string;
  readonly role: string;
  readonly name: string;
}

/** Where the focus is now; an empty pane and `body` when it is lost. */
export function focusPlace(page: Page): Promise<Place> {
  return page.evaluate(() => {
    const at = document.activeElement ?? document.body;
    const active = at.getAttribute('aria-activedescendant');
    const shown = (active && document.getElementById(active)) || at;
    const dialog = at.closest('[role=dialog], [role=alertdialog]');
    const label = dialog?.getAttribute('aria-labelledby')?.split(' ')[0];
    const title = label ? document.getElementById(label)?.textContent : dialog?.getAttribute('aria-label');
    const pane = dialog ? `dialog ${title ?? ''}` : at.closest('[data-pane]')?.getAttribute('aria-label');
    return {
      pane: pane ?? '',
      role: shown.getAttribute('role') ?? shown.tagName.toLowerCase(),
      name: (shown.getAttribute('aria-label') ?? shown.textContent.trim()).slice(0, 60),
    };
  });
}
