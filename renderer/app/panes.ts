const FOCUSABLE =
  'a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), [tabindex]:not([tabindex="-1"])';

/**
 * Moves the focus to the next (1) or previous (-1) part of the window; round at the ends. What can't wait, a call that
 * rings, comes before any other.
 */
export function focusPane(page: Document, step: 1 | -1): void {
  if (focusFirstPane(page)) return;
  const panes = shownPanes(page);
  const at = panes.findIndex((pane) => pane.contains(page.activeElement));
  const next = panes[(Math.max(at, step === 1 ? -1 : 0) + step + panes.length) % panes.length];
  if (next) enter(next);
}

/** Moves the focus to what can't wait; false where there is nothing, or the focus is there already. */
export function focusFirstPane(page: Document): boolean {
  const first = page.querySelector<HTMLElement>('[data-pane="first"]');
  if (!first || first.contains(page.activeElement)) return false;
  enter(first);
  return true;
}

/** Puts a focus that is nowhere into the module in front: what had it is gone with the page before. */
export function focusModule(page: Document): void {
  if (page.activeElement !== null && page.activeElement !== page.body) return;
  const [rail, first] = shownPanes(page);
  const pane = first ?? rail;
  if (pane) enter(pane);
}

function shownPanes(page: Document): HTMLElement[] {
  return [...page.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.offsetParent !== null);
}

/** What had the focus went with its module: the part in front takes it. */
export function focusWhenLost(page: Document): void {
  if (page.activeElement !== null && page.activeElement !== page.body) return;
  const pane = page.querySelector<HTMLElement>('main[data-pane], main [data-pane]');
  if (pane) enter(pane);
}

/**
 * The part's own first place (the list, the composer, the chosen tab), else a field to write in, else the first thing
 * that takes the focus.
 */
function enter(pane: HTMLElement): void {
  const own = pane.querySelector<HTMLElement>(
    '[data-pane-focus], textarea, [role="tab"][aria-selected="true"]',
  );
  const field = pane.querySelector<HTMLElement>('input:not([disabled], [type="checkbox"], [type="radio"])');
  const target = own ?? field ?? pane.querySelector<HTMLElement>(FOCUSABLE);
  target?.focus({ focusVisible: true });
}
