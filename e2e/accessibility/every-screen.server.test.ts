import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GalleryWindow, type Look, openGallery } from '../gallery/gallery-window.ts';
import { readNotes } from '../guides/kept.ts';
import { SHOTS } from '../guides/pictures.ts';
import { engineOf } from '../guides/take.ts';
import { untrueIn } from '../guides/verdict.ts';
import { axeFindings, colourFindings, focusFindings, overflowFindings } from './findings.ts';

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

/**
 * All scenes are looked at in one window: what its browser compiled and which parts of the page were looked at before
 * serve all of them. They are shared out among so many tests, each far from its limit on a slow machine.
 */
const PARTS = 6;

let gallery: GalleryWindow;
beforeAll(async () => {
  gallery = await openGallery();
});
afterAll(() => gallery?.close());

describe('every screen', () => {
  it.each(Array.from({ length: PARTS }, (_, part) => part))(
    `passes axe-core, fits its window and shows the focus, in both themes and three sizes (part %i of ${PARTS}, from 0)`,
    async (part) => {
      const all = await gallery.scenes();
      const scenes = all.filter((_, index) => index % PARTS === part);
      expect(scenes.length).toBeGreaterThan(10);
      const found: string[] = [];
      for (const scene of scenes) found.push(...(await findingsOf(gallery, scene)));
      expect(found).toEqual([]);
    },
    300_000,
  );
});

/** They are taken in the window that is open here anyway. */
describe('the pictures of the guides', () => {
  it('show what the program shows', async ({ skip }) => {
    const notes = await readNotes();
    const engine = await engineOf(gallery);
    skip(engine !== notes.engine, `they were drawn by ${notes.engine}, and this is ${engine}`);
    const untrue: string[] = [];
    for (const shot of SHOTS) untrue.push(...(await untrueIn(gallery, shot, notes)));
    expect(untrue).toEqual([]);
  }, 300_000);
});

/** A finding after a turn counts when the scene has it in a page of its own too: only there is nothing left of others. */
async function findingsOf(gallery: GalleryWindow, scene: string): Promise<string[]> {
  const found = await findingsIn(gallery, scene, gallery.turnTo);
  return found.length === 0 ? found : findingsIn(gallery, scene, gallery.show);
}

async function findingsIn(
  gallery: GalleryWindow,
  scene: string,
  begin: GalleryWindow['show'],
): Promise<string[]> {
  const found: string[] = [];
  for (const step of STEPS) {
    await (step === STEPS[0] ? begin(scene, step) : gallery.become(step));
    const here = await findings(gallery.page, step.check);
    found.push(...here.map((line) => `${scene} ${step.theme} ${step.width}x${step.height}: ${line}`));
  }
  return found;
}

async function findings(page: Page, check: Step['check']): Promise<string[]> {
  const found = await overflowFindings(page);
  if (check === 'all' || check === 'parts') found.push(...(await axeFindings(page)));
  if (check === 'all' || check === 'colours') found.push(...(await colourFindings(page)));
  if (check === 'all') found.push(...(await focusFindings(page, 8)));
  return found;
}
