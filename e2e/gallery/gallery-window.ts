import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { openBrowser } from '../demo/browser.ts';
import { bundle, CHROME_108 } from '../electron/bundles.ts';
import { chooseElectron } from '../electron/choose.ts';
import { openDisplay } from '../electron/display.ts';
import { serveFolder } from './serve.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDERS = join(ROOT, '.local/gallery');

/** What a page of the gallery is looked at in. */
export interface Look {
  readonly theme: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
  readonly brand?: string;
  readonly language?: string;
}

/** The gallery in one window of the Electron that runs here. */
export interface GalleryWindow {
  readonly page: Page;
  /** The names of all scenes. */
  readonly scenes: () => Promise<readonly string[]>;
  /** Shows a scene from its beginning; answers when it stands. */
  readonly show: (scene: string, look: Look) => Promise<void>;
  /** Shows the scene in hand in another theme and size. */
  readonly become: (look: Look) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Builds the gallery in a folder of its own and opens it. Whoever opens it closes it. */
export async function openGallery(): Promise<GalleryWindow> {
  await mkdir(FOLDERS, { recursive: true });
  const folder = await mkdtemp(join(FOLDERS, 'gallery-'));
  const built = join(folder, 'gallery');
  const polyfills = join(folder, 'polyfills.js');
  const configFile = join(ROOT, 'e2e/gallery/vite.config.ts');
  await Promise.all([
    build({ configFile, logLevel: 'error', build: { outDir: built } }),
    bundle({
      ...CHROME_108,
      entryPoints: [join(ROOT, 'e2e/electron/compat/web108.ts')],
      outfile: polyfills,
    }),
  ]);
  const electron = await chooseElectron();
  const display = await openDisplay(true);
  const { url, close } = await serveFolder(built);
  const browser = await openBrowser({ electron, display: display.name, folder }, url);
  const { page } = browser;
  await page.addInitScript({ path: polyfills });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 1366, height: 768 });
  return {
    page,
    scenes: () => page.evaluate(() => window.gallery.scenes),
    show: async (scene, { width, height, ...look }) => {
      await page.setViewportSize({ width, height });
      await page.goto(`${url}?${new URLSearchParams({ scene, ...look })}`);
      await page.waitForFunction(() => window.gallery?.ready);
      await stand(page);
    },
    become: async ({ theme, width, height }) => {
      await page.setViewportSize({ width, height });
      await page.evaluate((chosen) => {
        const { stage } = window.gallery;
        const { values, locked } = stage.world.settings;
        stage.main.emit('settings', 'changed', { locked, values: { ...values, theme: chosen } });
      }, theme);
      await page.waitForFunction((chosen) => document.documentElement.dataset['theme'] === chosen, theme);
      await stand(page);
    },
    close: async () => {
      await browser.close();
      close();
      display.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until fonts are there and nothing moves that comes to an end. */
async function stand(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let frames = 0; frames < 30; frames += 1) {
      await new Promise((resolve) => {
        requestAnimationFrame(resolve);
      });
      const moving = document.getAnimations().filter(({ effect, playState }) => {
        const ends = Number.isFinite(effect?.getComputedTiming().endTime);
        return ends && playState === 'running';
      });
      if (frames > 0 && moving.length === 0) return;
      for (const animation of moving) animation.finish();
    }
    throw new Error('the scene does not come to rest');
  });
}
