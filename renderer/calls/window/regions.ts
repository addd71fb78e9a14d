const FOCUSABLE = 'button:not([disabled]), [href], input:not([disabled]), [tabindex="0"]';

/**
 * Moves the focus to the next part of the window that has something to focus: the parts are marked `data-region`, in
 * the order of the page. From outside of all of them, the first.
 */
export function focusNextRegion(page: Document): void {
  const regions = [...page.querySelectorAll<HTMLElement>('[data-region]')];
  const current = regions.findIndex((region) => region.contains(page.activeElement));
  for (const region of [...regions.slice(current + 1), ...regions.slice(0, current + 1)]) {
    const first = region.querySelector<HTMLElement>(FOCUSABLE);
    if (!first) continue;
    first.focus();
    return;
  }
}
