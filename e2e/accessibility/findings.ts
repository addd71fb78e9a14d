import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults, ElementContext, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const SOURCE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
/** Success criteria of WCAG 2.0, 2.1 and 2.2, levels A and AA. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe-core's script puts on the page. */
interface WithAxe {
  readonly axe: { readonly run: (context: ElementContext, options: RunOptions) => Promise<AxeResults> };
}

let source: Promise<string> | undefined;

async function withAxe(page: Page): Promise<void> {
  source ??= readFile(SOURCE, 'utf8');
  const text = await source;
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(text);
}

/** What axe-core finds on the page as it stands, colours apart: a line for each thing found. */
export async function axeFindings(page: Page): Promise<string[]> {
  await withAxe(page);
  return page.evaluate(async (tags) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- axe-core's script was run above
    const { axe } = window as unknown as WithAxe;
    const { violations } = await axe.run(document, {
      runOnly: { type: 'tag', values: [...tags] },
      rules: { 'color-contrast': { enabled: false } },
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

/**
 * The texts that axe-core finds hard to read on their ground. Most of a scene is as in the scenes before it, and
 * measuring colours takes axe-core longer than all else: a part of the page that was looked at with the same theme,
 * markup and ancestors is not looked at again for as long as the page is not loaded anew.
 */
export async function colourFindings(page: Page): Promise<string[]> {
  await withAxe(page);
  await page.evaluate(rememberParts);
  return page.evaluate(async () => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- put there the lines before
    const { axe, knownParts } = window as unknown as WithAxe & WithParts;
    const { violations } = await axe.run(
      { include: [[':root']], exclude: knownParts() },
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

interface WithParts {
  /** The parts of the page that were there before, the largest ones; what is new is known from now on. */
  knownParts: () => Element[];
}

/** Runs in the page. */
function rememberParts(): void {
  if ('knownParts' in globalThis) return;
  const known = new Set<bigint>();
  /** Of 64 bits (FNV-1a over UTF-16): the parts of all scenes as texts would fill the memory. */
  const hashOf = (text: string): bigint => {
    let [high, low] = [0xcbf29ce4, 0x84222325];
    for (let index = 0; index < text.length; index += 1) {
      low = (low ^ text.charCodeAt(index)) >>> 0;
      const product = low * 0x1b3;
      high = (Math.imul(high, 0x1b3) + (low << 8) + Math.floor(product / 0x1_0000_0000)) >>> 0;
      low = product >>> 0;
    }
    return (BigInt(high) << 32n) | BigInt(low);
  };
  // Names that React makes anew each time, and what ties parts to each other, colour nothing.
  const withoutNames = (html: string) =>
    html.replaceAll(
      / (?:id|for|name|data-key|aria-(?:labelledby|describedby|controls|owns|details|activedescendant|label)|data-react-aria-[a-z-]+)="[^"]*"/g,
      '',
    );
  const visit = (element: Element, around: string, found: Element[]): void => {
    const whole = hashOf(`${around}${withoutNames(element.outerHTML)}`);
    if (known.has(whole)) {
      found.push(element);
      return;
    }
    known.add(whole);
    const shell = element.cloneNode(false);
    const inside = `${around}${shell instanceof Element ? withoutNames(shell.outerHTML) : ''}`;
    for (const child of element.children) visit(child, inside, found);
  };
  const knownParts = (): Element[] => {
    const found: Element[] = [];
    visit(document.body, `${document.documentElement.dataset['theme']}:`, found);
    return found;
  };
  Object.assign(globalThis, { knownParts });
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
