import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { bundle, NODE_16 } from '../electron/bundles.ts';
import type { ChosenElectron } from '../electron/choose.ts';
import { buildOnce, CACHE_HOME, fingerprint } from '../setup/cache.ts';

/** A small window that plays the system's browser, under Playwright's hand. */
export interface BrowserWindow {
  page: Page;
  close(): Promise<void>;
}

/** What the browser is opened with. */
export interface BrowserOptions {
  electron: ChosenElectron;
  display: string;
  /** Where its profile is kept. */
  folder: string;
  /** Keeps on disk what pages leave, compiled scripts too: a page that is loaded again comes a fifth cheaper. */
  remembers?: boolean;
}

/** Opens an address of this machine in a small browser window. */
export async function openBrowser(options: BrowserOptions, address: string): Promise<BrowserWindow> {
  const program = await browserProgram();
  const launch = options.electron.plain(program);
  const env = Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const app: ElectronApplication = await _electron.launch({
    executablePath: launch.executablePath,
    args: [...launch.playwrightArgs, ...(options.remembers ? ['--remembers'] : []), address],
    env: {
      ...Object.fromEntries(env),
      DISPLAY: options.display,
      XDG_CONFIG_HOME: join(options.folder, 'profile'),
    },
  });
  const page = await app.firstWindow();
  await page.waitForLoadState('load');
  return { page, close: () => app.close() };
}

/** Bundled once on a machine. */
async function browserProgram(): Promise<string> {
  const source = join(import.meta.dirname, 'browser', 'main.ts');
  const folder = join(CACHE_HOME, 'browser', fingerprint(await readFile(source)));
  return buildOnce(folder, async (work) => {
    await writeFile(join(work, 'package.json'), '{"name":"browser","main":"main.js"}');
    await bundle({ ...NODE_16, entryPoints: [source], outfile: join(work, 'main.js') });
  });
}

/** Signs in to the chat on the pages of directory and chat server, and lets that one send the person back to the program. */
export async function signInToChat(page: Page, name: string, password: string): Promise<void> {
  await page.fill('input[name=user]', name);
  await page.fill('input[name=password]', password);
  await page.click('form button[type=submit]');
  await page.click('a.primary-button');
  await page.getByRole('heading', { name: /^Vous pouvez revenir à / }).waitFor();
}

/** Grants the program access to someone's files, as a person does on the file server's pages (Login Flow v2). */
export async function grantAccess(page: Page, name: string, password: string): Promise<void> {
  await page.click('a.button');
  await page.fill('input[name=user]', name);
  await page.fill('input[name=password]', password);
  await page.click('form button[type=submit]');
  await page.waitForSelector('form[action$="/grant"]');
  await page.click('form[action$="/grant"] button[type=submit]');
  await page.waitForFunction(() => !document.querySelector('form'));
}
