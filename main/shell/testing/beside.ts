import { expect, test } from 'vitest';
import { loadPack } from '../../../build/brand/make.ts';
import type { OpenProgram } from '../../../e2e/electron/open-program.ts';

/** A program that runs, and the id of its brand. */
export interface OfBrand {
  readonly id: string;
  readonly program: OpenProgram;
}

/**
 * Declares the tests of two brands of one person at the same time, as on a PC where both are installed: nothing is
 * shared.
 */
export function testBrandsApart(open: () => Promise<readonly [OfBrand, OfBrand]>): void {
  test('beside another brand of the same person it has a name, a data folder, a lock and colours of its own', async () => {
    const both = await open();
    const shells = await Promise.all(
      both.map(({ program: { app } }) =>
        app.evaluate(({ app: it, BrowserWindow }) => ({
          name: it.getName(),
          data: it.getPath('userData'),
          hasLock: it.hasSingleInstanceLock(),
          title: BrowserWindow.getAllWindows()[0]?.getTitle(),
        })),
      ),
    );
    const pages = await Promise.all(
      both.map(async ({ program: { page } }) => {
        await page.waitForFunction(() => document.querySelector('#root')?.childElementCount);
        return page.evaluate(() => ({
          rail: document.documentElement.style.getPropertyValue('--rail'),
          text: document.body.innerText,
        }));
      }),
    );
    const packs = both.map(({ id }) => loadPack(id).brand);
    expect(shells.map(({ name }) => name)).toEqual(packs.map(({ productName }) => productName));
    expect(shells.map(({ title }) => title)).toEqual(packs.map(({ productName }) => productName));
    expect(shells.map(({ hasLock }) => hasLock)).toEqual([true, true]);
    expect(new Set(shells.map(({ data }) => data)).size).toBe(2);
    for (const [index, { colours, tagline }] of packs.entries()) {
      expect([colours.light.rail, colours.dark.rail]).toContain(pages[index]?.rail);
      expect(pages[index]?.text).toContain(tagline.fr);
      expect(pages[index]?.text).not.toContain(packs[1 - index]?.tagline.fr);
    }
  });
}
