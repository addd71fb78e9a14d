import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser } from '../demo/browser.ts';
import { bundle, CHROME_108 } from '../electron/bundles.ts';
import { chooseElectron } from '../electron/choose.ts';
import { openDisplay } from '../electron/display.ts';
import { buildOnce, fingerprint, fingerprintOfFolder, keepRecent } from '../setup/cache.ts';
import { runCommand } from '../setup/command.ts';
import { serveFolder } from './serve.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDERS = join(ROOT, '.local/gallery');
/** What the gallery's page is made of. */
const SOURCES = ['renderer', 'preload', 'assets', 'e2e/gallery', 'e2e/electron/compat'];
/** Built galleries that nobody used for this long are removed. */
const KEEP_DAYS = 3;
const POLYFILLS = 'polyfills.js';

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
  /**
   * Shows a scene in the window as it is: the interface before it is ended, the page is loaded anew only where it must
   * be. Much faster than `show`; where the mouse is and how the focus was last moved stay as they were.
   */
  readonly turnTo: (scene: string, look: Look) => Promise<void>;
  /** Shows the scene in hand in another theme and size. */
  readonly become: (look: Look) => Promise<void>;
  /** Presses keys, one after the other. */
  readonly press: (...keys: readonly string[]) => Promise<void>;
  /** What main was asked for under a name by the scene in hand, in order. */
  readonly asked: (channel: string) => Promise<readonly unknown[]>;
  readonly close: () => Promise<void>;
}

/** Opens the gallery. Whoever opens it closes it. */
export async function openGallery(): Promise<GalleryWindow> {
  const built = await builtGallery();
  const folder = await mkdtemp(join(FOLDERS, 'window-'));
  const electron = await chooseElectron();
  const display = await openDisplay(true);
  const { url, close } = await serveFolder(join(built, 'page'));
  const browser = await openBrowser({ electron, display: display.name, folder, remembers: true }, url);
  const { page } = browser;
  await page.addInitScript({ path: join(built, POLYFILLS) });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 1366, height: 768 });
  const show = async (scene: string, { width, height, ...look }: Look) => {
    await page.setViewportSize({ width, height });
    await page.goto(`${url}${addressOf(scene, look)}`);
    await page.waitForFunction(() => window.gallery?.ready);
    await stand(page);
  };
  return {
    page,
    scenes: () => page.evaluate(() => window.gallery.scenes),
    show,
    turnTo: async (scene, look) => {
      const { width, height, ...rest } = look;
      const address = addressOf(scene, rest);
      if (!(await page.evaluate((search) => window.gallery?.leave(search) ?? false, address)))
        return show(scene, look);
      // While it is empty: whatever it shows is laid out anew.
      await page.setViewportSize({ width, height });
      await page.evaluate((search) => window.gallery.enter(search), address);
      await stand(page);
    },
    become: async ({ theme, width, height }) => {
      // Together, for fewer frames.
      await Promise.all([wear(page, theme), page.setViewportSize({ width, height })]);
      await stand(page);
    },
    press: async (...keys) => {
      for (const key of keys) await page.keyboard.press(key);
    },
    asked: (channel) =>
      page.evaluate(
        (wanted) =>
          window.gallery.stage.main.asked
            .filter((each) => each.channel === wanted)
            .map(({ payload }) => payload),
        channel,
      ),
    close: async () => {
      await browser.close();
      close();
      display.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function addressOf(scene: string, look: Omit<Look, 'width' | 'height'>): string {
  return `?${new URLSearchParams({ scene, ...look })}`;
}

/**
 * The gallery's page and what an older Chromium lacks, built once for each version of their sources, as the program is:
 * in a process of its own, since the tests' environment would make it React's development build.
 */
async function builtGallery(): Promise<string> {
  await mkdir(FOLDERS, { recursive: true });
  const sources = await Promise.all(SOURCES.map((name) => fingerprintOfFolder(join(ROOT, name))));
  const lock = await readFile(join(ROOT, 'package-lock.json'));
  const folder = await buildOnce(join(FOLDERS, 'built', fingerprint(lock, ...sources)), async (work) => {
    const config = ['--config', 'e2e/gallery/vite.config.ts', '--logLevel', 'error'];
    await Promise.all([
      runCommand(join(ROOT, 'node_modules/.bin/vite'), ['build', ...config, '--outDir', join(work, 'page')], {
        cwd: ROOT,
        env: { ...process.env, NODE_ENV: 'production' },
      }),
      bundle({
        ...CHROME_108,
        entryPoints: [join(ROOT, 'e2e/electron/compat/web108.ts')],
        outfile: join(work, POLYFILLS),
      }),
    ]);
  });
  await keepRecent(folder, KEEP_DAYS);
  return folder;
}

/** Has the window in hand follow the person's theme, where it does: a call is always dark. */
async function wear(page: Page, theme: Look['theme']): Promise<void> {
  await page.evaluate((chosen) => {
    const { stage } = window.gallery;
    const { values, locked } = stage.world.settings;
    stage.main.emit('settings', 'changed', { locked, values: { ...values, theme: chosen } });
  }, theme);
  await page.waitForFunction(
    (chosen) => !window.gallery.themed || document.documentElement.dataset['theme'] === chosen,
    theme,
  );
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
