import type { RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { type WithAxe, withAxe } from './axe.ts';
import { noteCloseTargets, type WithTargets } from './close-targets.ts';

/** Success criteria of WCAG 2.0, 2.1 and 2.2, levels A and AA. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface WithMarkup {
  /** Whether the page has other elements, or shows others, than when this was asked before. */
  readonly isOther: () => boolean;
}

/** Runs in the page. */
function noteMarkup(): void {
  if ('isOther' in globalThis) return;
  let before = '';
  const isOther = (): boolean => {
    const shown = [...document.querySelectorAll('*')].map((each) =>
      Number(each.checkVisibility({ checkVisibilityCSS: true })),
    );
    // Styles say where a thing is, and that is for the size to decide; only what is important in them matters besides.
    const markup = document.documentElement.outerHTML.replaceAll(/ style="[^"!]*"/g, '');
    const now = `${markup} ${shown.join('')}`;
    const differs = now !== before;
    before = now;
    return differs;
  };
  Object.assign(globalThis, { isOther });
}

/**
 * What axe-core finds on the page as it stands, colours apart: a line for each thing found. A page that only changed its
 * size since the last look is looked at for what sizes decide.
 */
export async function axeFindings(page: Page): Promise<string[]> {
  await withAxe(page);
  await page.evaluate(noteCloseTargets);
  await page.evaluate(noteMarkup);
  return page.evaluate(async (tags) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- put there the lines before
    const { axe, closeTargets, isOther } = window as unknown as WithAxe & WithTargets & WithMarkup;
    // For the size of targets axe-core draws a map of the page first, which takes half of the time.
    const ofSizes = ['scrollable-region-focusable', ...(closeTargets().length > 0 ? ['target-size'] : [])];
    const ofOthers = { 'color-contrast': { enabled: false }, 'target-size': { enabled: ofSizes.length > 1 } };
    const asked: RunOptions = isOther()
      ? { runOnly: { type: 'tag', values: [...tags] }, rules: ofOthers }
      : { runOnly: ofSizes };
    const { violations } = await axe.run(document, {
      ...asked,
      resultTypes: ['violations'],
      iframes: false,
      elementRef: true,
      // Style sheets are not fetched again, no selectors are made for a report: half the time.
      preload: false,
      selectors: false,
    });
    /** What is too small only where it is scrolled half out of sight is large enough. */
    const isLargeInSight = async (element: HTMLElement): Promise<boolean> => {
      element.scrollIntoView({ block: 'center' });
      const again = await axe.run(document, { runOnly: ['target-size'], elementRef: true, preload: false });
      return !again.violations.some(({ nodes }) => nodes.some((node) => node.element === element));
    };
    const found: string[] = [];
    for (const { id, nodes } of violations) {
      for (const { element, html, failureSummary } of nodes) {
        if (id === 'target-size' && element && (await isLargeInSight(element))) continue;
        const why = failureSummary?.split('\n').slice(1, 3).join(' ').trim() ?? '';
        found.push(`${id}: ${why} ${html.slice(0, 160)}`);
      }
    }
    return found;
  }, TAGS);
}

/** What sticks out of the window to the side: the page itself, or a part of it that nobody can scroll to. */
export function overflowFindings(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = document.documentElement.scrollWidth;
    const page = wide > innerWidth ? [`the page is ${wide} px wide in a window of ${innerWidth} px`] : [];
    const controls = [
      ...document.querySelectorAll<HTMLElement>('button, a[href], input, textarea, [role=tab]'),
    ];
    const outside = controls.filter((control) => {
      const { left, right, width } = control.getBoundingClientRect();
      if (width <= 1 || control.closest('[aria-hidden=true], [inert]') || !control.checkVisibility?.())
        return false;
      const scroller = control.parentElement?.closest('[class]');
      const scrolls = scroller && getComputedStyle(scroller).overflowX === 'auto';
      return !scrolls && (left < -1 || right > innerWidth + 1);
    });
    return [
      ...page,
      ...outside.map(
        (each) => `outside of the window: ${each.getAttribute('aria-label') ?? each.textContent}`,
      ),
    ];
  });
}
