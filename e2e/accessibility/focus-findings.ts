import type { Page } from 'playwright-core';

/**
 * Gives the focus to each part of the page that Tab stops at, as the keyboard does, and tells each that does not show
 * it: it and what is around it look the same as before. A part like one that was looked at before (same theme, role and
 * classes, of what is around it too) is not looked at again for as long as the page is not loaded anew.
 */
export async function focusFindings(page: Page): Promise<string[]> {
  await page.evaluate(rememberStops);
  await page.evaluate(watchFocus);
  // From here on the page takes whatever moves the focus for the keyboard.
  await page.keyboard.press('Tab');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- put there the lines before
  return page.evaluate(() => (globalThis as unknown as WithWatch).unseenFocus());
}

interface WithStops {
  /** The parts that Tab stops at and that were not there before; they are known from now on. */
  newStops: () => HTMLElement[];
  /** Takes the focus off it: to another stop, or what arrows lead to, for dialogs and menus let it go nowhere else. */
  leave: (element: HTMLElement) => void;
}
interface WithWatch {
  /** Names each stop of Tab that was not looked at before and does not show its focus. */
  unseenFocus: () => Promise<string[]>;
}

/** Runs in the page. */
function rememberStops(): void {
  if ('newStops' in globalThis) return;
  const known = new Set<string>();
  const isNew = (element: Element): boolean => {
    const shells = [element, element.parentElement, element.parentElement?.parentElement].map(
      (part) => `${part?.tagName} ${part?.className}`,
    );
    const key = [document.documentElement.dataset['theme'], element.getAttribute('role'), ...shells].join(
      '|',
    );
    return !known.has(key) && known.add(key).has(key);
  };
  const inSight = () =>
    [
      ...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [tabindex]'),
    ].filter(
      (each) =>
        !each.matches(':disabled') &&
        !each.closest('[inert], [aria-hidden=true]') &&
        // Not so in closed details, whose parts have a place all the same.
        each.checkVisibility() &&
        getComputedStyle(each).visibility === 'visible',
    );
  const stops = () => inSight().filter((each) => each.tabIndex >= 0);
  const byArrows = () => inSight().filter((each) => each.tabIndex < 0 && each.hasAttribute('role'));
  const leave = (element: HTMLElement) => {
    const other = [...stops(), ...byArrows()].find((each) => each !== element && !each.contains(element));
    if (other) other.focus();
    else element.blur();
  };
  Object.assign(globalThis, { newStops: () => stops().filter(isNew), leave });
}

/** Runs in the page. */
function watchFocus(): void {
  if ('unseenFocus' in globalThis) return;
  const aroundOf = (element: Element) =>
    [element.parentElement, element.parentElement?.parentElement].filter((part) => !!part);
  /** A list that keeps the focus shows it on the row that it names. */
  const activeIn = (element: Element) =>
    document.getElementById(element.getAttribute('aria-activedescendant') ?? '') ?? element;
  const lookOf = (element: Element): string =>
    [
      ...[element, activeIn(element), ...aroundOf(element)].map((part) => getComputedStyle(part)),
      getComputedStyle(element, '::after'),
    ]
      .map((style) => {
        const outline = [style.outlineStyle, style.outlineWidth, style.outlineColor];
        return [
          ...(style.outlineStyle === 'none' ? [] : outline),
          style.boxShadow,
          style.borderColor,
          style.backgroundColor,
        ].join();
      })
      .join(';');
  const isRinged = (element: Element): boolean =>
    [getComputedStyle(element), getComputedStyle(element, '::after')].some(
      ({ outlineStyle }) => outlineStyle !== 'none',
    );
  const task = () =>
    new Promise((resolve) => {
      setTimeout(resolve);
    });
  const frame = () =>
    new Promise((resolve) => {
      requestAnimationFrame(() => setTimeout(resolve));
    });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- put there before this
  const { newStops, leave } = globalThis as unknown as WithStops;
  /** Whether the focus shows on it once the page had its turn; also true of what hands it on or does not take it. */
  const shows = async (element: HTMLElement, turn: () => Promise<unknown>): Promise<boolean> => {
    if (document.activeElement === element) {
      leave(element);
      await turn();
      // The only stop of a dialog has nothing to be compared with: its ring is looked for, or the caret in a field.
      if (document.activeElement === element) return element.matches('input, textarea') || isRinged(element);
    }
    const before = lookOf(element);
    element.focus();
    await turn();
    return document.activeElement !== element || lookOf(element) !== before;
  };
  const unseenFocus = async (): Promise<string[]> => {
    const found: string[] = [];
    for (const element of newStops()) {
      // Most answer before the next task; lists hand the focus on to their rows with the next frame.
      if ((await shows(element, task)) || (await shows(element, frame))) continue;
      const name = element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40);
      found.push(
        `the focus can't be seen on ${element.tagName.toLowerCase()}.${element.className} "${name}"`,
      );
    }
    return found;
  };
  Object.assign(globalThis, { unseenFocus });
}
