import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults, ElementContext, RunOptions, Spec } from 'axe-core';
import type { Page } from 'playwright-core';

const SOURCE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe-core's script puts on the page. */
export interface WithAxe {
  readonly axe: {
    readonly run: (context: ElementContext, options: RunOptions) => Promise<AxeResults>;
    readonly configure: (spec: Spec) => void;
  };
}

let source: Promise<string> | undefined;

/** Has axe-core on the page. */
export async function withAxe(page: Page): Promise<void> {
  source ??= readFile(SOURCE, 'utf8');
  const text = await source;
  if (await page.evaluate(() => 'axe' in window)) return;
  await page.evaluate(text);
  await page.evaluate(() => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- axe-core's script was run above
    const { axe } = window as unknown as WithAxe;
    // It minds spacing that is important only, yet looks for the visible text of whatever has a style first.
    axe.configure({ rules: [{ id: 'avoid-inline-spacing', selector: '[style*="important"]' }] });
  });
}
