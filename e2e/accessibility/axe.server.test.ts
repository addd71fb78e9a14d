import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings, focusFindings, overflowFindings } from './findings.ts';
import { type GalleryWindow, type Look, openGallery } from './gallery-window.ts';

interface Step extends Look {
  readonly check: 'all' | 'colours' | 'parts' | 'size';
}
/**
 * A usual screen in both themes, a small window, and a small screen at 200 %. Each is the way from the one before it.
 * Colours are the same in every size, sizes in every theme.
 */
const STEPS: readonly Step[] = [
  { theme: 'light', width: 1366, height: 768, check: 'all' },
  { theme: 'dark', width: 1366, height: 768, check: 'colours' },
  { theme: 'dark', width: 1024, height: 640, check: 'size' },
  { theme: 'dark', width: 683, height: 384, check: 'parts' },
];

let gallery: GalleryWindow;
beforeAll(async () => {
  gallery = await openGallery();
});
afterAll(() => gallery.close());

describe('every screen', () => {
  it('passes axe-core, fits its window and shows the focus, in both themes and three sizes', async () => {
    const found: string[] = [];
    const scenes = await gallery.scenes();
    expect(scenes.length).toBeGreaterThan(20);
    for (const scene of scenes) {
      for (const step of STEPS) {
        await (step === STEPS[0] ? gallery.show(scene, step) : gallery.become(step));
        const here = await findings(gallery.page, step.check);
        found.push(...here.map((line) => `${scene} ${step.theme} ${step.width}x${step.height}: ${line}`));
      }
    }
    expect(found).toEqual([]);
  }, 240_000);
});

async function findings(page: Page, check: Step['check']): Promise<string[]> {
  const found = await overflowFindings(page);
  if (check !== 'size') found.push(...(await axeFindings(page, { colours: check !== 'parts' })));
  if (check === 'all') found.push(...(await focusFindings(page, 8)));
  return found;
}
