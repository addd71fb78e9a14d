import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const SOURCE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
/** Success criteria of WCAG 2.0, 2.1 and 2.2, levels A and AA. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe-core's script puts on the page. */
interface WithAxe {
  readonly axe: { readonly run: (context: Document, options: RunOptions) => Promise<AxeResults> };
}

let source: Promise<string> | undefined;

/**
 * What axe-core finds on the page as it stands: a line for each thing found. Colours are the slowest to measure and the
 * same in every size: they may be left out.
 */
export async function axeFindings(page: Page, { colours }: { readonly colours: boolean }): Promise<string[]> {
  source ??= readFile(SOURCE, 'utf8');
  const text = await source;
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(text);
  return page.evaluate(
    async ([tags, withColours]) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- axe-core's script was run above
      const { violations } = await (window as unknown as WithAxe).axe.run(document, {
        runOnly: { type: 'tag', values: [...tags] },
        rules: { 'color-contrast': { enabled: withColours } },
        resultTypes: ['violations'],
        iframes: false,
        // Style sheets are not fetched again, no selectors are made for a report: half the time.
        preload: false,
        selectors: false,
      });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => {
          const why = failureSummary?.split('\n').slice(1, 3).join(' ').trim() ?? '';
          return `${id}: ${why} ${html.slice(0, 160)}`;
        }),
      );
    },
    [TAGS, colours] as const,
  );
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

/**
 * Goes through the page with Tab and tells each stop that does not show that it has the focus: its look and that of what
 * is around it are the same without it.
 */
export async function focusFindings(page: Page, stops: number): Promise<string[]> {
  const findings: string[] = [];
  for (let stop = 0; stop < stops; stop += 1) {
    await page.keyboard.press('Tab');
    const finding = await page.evaluate(() => {
      const at = document.activeElement;
      if (!(at instanceof HTMLElement) || at === document.body) return null;
      const look = (): string => {
        const parts: (Element | null)[] = [at, at.parentElement, at.parentElement?.parentElement ?? null];
        const texts = parts.map((part) => {
          if (!part) return '';
          const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, backgroundColor } =
            getComputedStyle(part);
          const outline =
            outlineStyle === 'none' ? 'none' : `${outlineStyle} ${outlineWidth} ${outlineColor}`;
          return [outline, boxShadow, borderColor, backgroundColor].join();
        });
        return texts.join(';');
      };
      const withFocus = look();
      at.blur();
      const without = look();
      at.focus({ preventScroll: true });
      const name = at.getAttribute('aria-label') ?? at.textContent.trim().slice(0, 40);
      return withFocus === without ? `${at.tagName.toLowerCase()}.${at.className} "${name}"` : null;
    });
    if (finding) findings.push(`the focus can't be seen on ${finding}`);
  }
  return [...new Set(findings)];
}
