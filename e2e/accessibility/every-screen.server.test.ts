import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { withGallery } from '../gallery/gallery-test.ts';
import type { GalleryWindow, Look } from '../gallery/gallery-window.ts';
import { readNotes } from '../guides/kept.ts';
import { SHOTS } from '../guides/pictures.ts';
import { engineOf } from '../guides/take.ts';
import { untrueIn } from '../guides/verdict.ts';
import { colourFindings } from './colour-findings.ts';
import { axeFindings, overflowFindings } from './findings.ts';
import { focusFindings } from './focus-findings.ts';

interface Step extends Look {
  readonly checks: readonly ('parts' | 'colours' | 'focus')[];
}
/**
 * A usual screen, a small screen at 200 %, and a small window in the other theme. Each is the way from the one before
 * it. Colours are the same in every size, sizes in every theme. The focus comes last: where it goes, menus close.
 */
const STEPS: readonly [Step, ...Step[]] = [
  { theme: 'dark', width: 1366, height: 768, checks: ['parts', 'colours'] },
  { theme: 'dark', width: 683, height: 384, checks: ['parts'] },
  { theme: 'light', width: 1024, height: 640, checks: ['colours', 'focus'] },
];

/**
 * All scenes are looked at in one window: what its browser compiled and which parts of the page were looked at before
 * serve all of them. They are shared out among so many tests, each far from its limit on a slow machine.
 */
const PARTS = 6;

let gallery: GalleryWindow;
withGallery.beforeAll(async ({ gallery: shared }) => {
  gallery = shared;
  await gallery.show('salon', STEPS[0]);
});

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
  it('show what the program shows', async () => {
    const notes = await readNotes();
    const engine = await engineOf(gallery);
    const untrue: string[] = [];
    for (const shot of SHOTS) untrue.push(...(await untrueIn(gallery, shot, notes, engine)));
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
    const here = await findings(gallery.page, step);
    found.push(...here.map((line) => `${scene} ${step.theme} ${step.width}x${step.height}: ${line}`));
  }
  return found;
}

async function findings(page: Page, { checks }: Step): Promise<string[]> {
  const found = await overflowFindings(page);
  if (checks.includes('parts')) found.push(...(await axeFindings(page)));
  if (checks.includes('colours')) found.push(...(await colourFindings(page)));
  if (checks.includes('focus')) found.push(...(await focusFindings(page)));
  return found;
}
