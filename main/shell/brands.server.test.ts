import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadPack } from '../../build/brand/make.ts';
import { chooseElectron } from '../../e2e/electron/choose.ts';
import { type Display, openDisplay } from '../../e2e/electron/display.ts';
import { type OpenProgram, openProgram } from '../../e2e/electron/open-program.ts';
import { changedBrand } from '../../e2e/stack/brand.ts';

// Two brands of one person at the same time, as on a PC where both are installed: nothing is shared.
const IDS = ['montpellier', 'tno'] as const;

let dir: string;
let display: Display;
const running: OpenProgram[] = [];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'brands-'));
  display = await openDisplay(true);
  const electron = await chooseElectron();
  for (const id of IDS) {
    running.push(
      await openProgram({
        electron,
        program: join(import.meta.dirname, '../..'),
        display: display.name,
        profile: join(dir, 'one-person'),
        env: { TRABOULE_BRAND: await changedBrand(join(dir, id), id, {}) },
        args: ['--lang=fr'],
      }),
    );
  }
});
afterAll(async () => {
  for (const program of running) await program.close();
  display?.close();
  await rm(dir, { recursive: true, force: true });
});

test('each has a name, a data folder, a lock and colours of its own', async () => {
  const shells = await Promise.all(
    running.map(({ app }) =>
      app.evaluate(({ app: it, BrowserWindow }) => ({
        name: it.getName(),
        data: it.getPath('userData'),
        hasLock: it.hasSingleInstanceLock(),
        title: BrowserWindow.getAllWindows()[0]?.getTitle(),
      })),
    ),
  );
  const pages = await Promise.all(
    running.map(async ({ page }) => {
      await page.waitForFunction(() => document.querySelector('#root')?.childElementCount);
      return page.evaluate(() => ({
        rail: document.documentElement.style.getPropertyValue('--rail'),
        text: document.body.innerText,
      }));
    }),
  );
  const packs = IDS.map((id) => loadPack(id).brand);
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
