import type { Page } from 'playwright-core';

/**
 * Gives the focus to each part of the page that Tab stops at, as the keyboard does, and tells each that does not show
 * it: it and what is around it look the same once the focus has left. A part that was looked at with the same theme,
 * markup and surroundings is not looked at again for as long as the page is not loaded anew.
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
  const stops = () =>
    [
      ...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [tabindex]'),
    ].filter(
      (each) =>
        each.tabIndex >= 0 &&
        !each.matches(':disabled') &&
        !each.closest('[inert], [aria-hidden=true]') &&
        each.getClientRects().length > 0 &&
        getComputedStyle(each).visibility === 'visible',
    );
  Object.assign(globalThis, { newStops: () => stops().filter(isNew) });
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
  const task = () =>
    new Promise((resolve) => {
      setTimeout(resolve);
    });
  const frame = () =>
    new Promise((resolve) => {
      requestAnimationFrame(() => setTimeout(resolve));
    });
  /** Whether the focus shows on it once the page had its turn; also true of what hands it on or does not take it. */
  const shows = async (element: HTMLElement, turn: () => Promise<unknown>): Promise<boolean> => {
    element.focus();
    await turn();
    if (document.activeElement !== element) return true;
    const focused = lookOf(element);
    element.blur();
    await turn();
    return document.activeElement === element || lookOf(element) !== focused;
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- put there before this
  const { newStops } = globalThis as unknown as WithStops;
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
