import type { Page } from 'playwright-core';
import { type WithAxe, withAxe } from './axe.ts';

/**
 * The texts that axe-core finds hard to read on their ground: a line for each. To measure colours takes it longer than
 * all else, and a scene has few that others have not: a text with the same colour, size, weight, class and grounds as one
 * that was looked at before is not looked at again for as long as the page is not loaded anew.
 */
export async function colourFindings(page: Page): Promise<string[]> {
  await withAxe(page);
  await page.evaluate(rememberTexts);
  return page.evaluate(async () => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- put there the lines before
    const { axe, newTexts } = window as unknown as WithAxe & WithTexts;
    const include = newTexts();
    if (include.length === 0) return [];
    const { violations } = await axe.run(
      { include },
      { runOnly: ['color-contrast'], resultTypes: ['violations'], iframes: false, preload: false },
    );
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => {
        const why = failureSummary?.split('\n').slice(1, 3).join(' ').trim() ?? '';
        return `${id}: ${why} ${html.slice(0, 160)}`;
      }),
    );
  });
}

interface WithTexts {
  /** What has words and looks like nothing that was there before; it is known from now on. */
  readonly newTexts: () => Element[];
}

/** Runs in the page. */
function rememberTexts(): void {
  if ('newTexts' in globalThis) return;
  const known = new Set<string>();
  /** Where its words begin, in the window: of what is cut off the beginning is seen. */
  const beginOf = (element: Element): DOMRect | null => {
    if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)
      return element.value ? element.getBoundingClientRect() : null;
    const text = [...element.childNodes].find((child) => child instanceof Text && child.data.trim());
    if (!text) return null;
    const range = document.createRange();
    range.selectNode(text);
    return range.getClientRects()[0] ?? null;
  };
  const inkOf = (element: Element): string => {
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(element);
    return [color, fontSize, fontWeight, textShadow].join(' ');
  };
  /** What an element puts behind the words on it. */
  const groundOf = (element: Element): string => {
    const style = getComputedStyle(element);
    return [style.backgroundColor, style.backgroundImage, style.opacity, style.filter].join(' ');
  };
  const aroundOf = (element: Element): Element[] => {
    const found = [element];
    for (let each = element.parentElement; each; each = each.parentElement) found.push(each);
    return found;
  };
  /** What lies below it where it begins; nothing while it is covered or out of the window. */
  const belowOf = (element: Element, { left, top, width, height }: DOMRect): Element[] => {
    const stack = document.elementsFromPoint(left + Math.min(width / 2, 4), top + height / 2);
    return stack[0] && element.contains(stack[0]) ? stack.filter((each) => !element.contains(each)) : [];
  };
  /** What is out of use may be pale. */
  const isOff = (element: Element): boolean =>
    !!element.closest(':disabled, [aria-disabled=true], [inert]') ||
    element.closest('label')?.control?.matches(':disabled') === true;
  const newTexts = (): Element[] => {
    const grounds = new Map<Element, string>();
    const groundKept = (element: Element): string => {
      const ground = grounds.get(element) ?? groundOf(element);
      grounds.set(element, ground);
      return ground;
    };
    const isNew = (element: Element): boolean => {
      const begin = beginOf(element);
      if (!begin || !element.checkVisibility()) return false;
      const isInWindow = begin.bottom > 0 && begin.top < innerHeight;
      const below = belowOf(element, begin);
      const kind = [element.tagName, element.className, isOff(element), isInWindow, below.length > 0];
      const all = [aroundOf(element), below].map((each) => [...new Set(each.map(groundKept))].join('/'));
      const key = [...kind, inkOf(element), ...all].join('|');
      return !known.has(key) && known.add(key).has(key);
    };
    return [...document.body.querySelectorAll('*')].filter(isNew);
  };
  Object.assign(globalThis, { newTexts });
}
