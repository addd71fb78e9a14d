import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { bundle, NODE_16 } from '../electron/bundles.ts';
import type { ChosenElectron } from '../electron/choose.ts';

/** A small window that plays the system's browser, under Playwright's hand. */
export interface BrowserWindow {
  page: Page;
  close(): Promise<void>;
}

/** What the browser is opened with. */
export interface BrowserOptions {
  electron: ChosenElectron;
  display: string;
  /** Where its program and its profile are kept. */
  folder: string;
  /** Keeps on disk what pages leave, compiled scripts too: a page that is loaded again comes a fifth cheaper. */
  remembers?: boolean;
}

/** Opens an address of this machine in a small browser window. */
export async function openBrowser(options: BrowserOptions, address: string): Promise<BrowserWindow> {
  const program = await browserProgram(options.folder);
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

async function browserProgram(folder: string): Promise<string> {
  const program = join(folder, 'browser');
  const entry = join(program, 'main.js');
  if (!existsSync(entry)) {
    await mkdir(program, { recursive: true });
    await writeFile(join(program, 'package.json'), '{"name":"browser","main":"main.js"}');
    const source = join(import.meta.dirname, 'browser', 'main.ts');
    await bundle({ ...NODE_16, entryPoints: [source], outfile: entry });
  }
  return program;
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
