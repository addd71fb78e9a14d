import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ElectronApplication, _electron as electron, type Page } from 'playwright-core';
import type { ChosenElectron } from './choose.ts';
import { outcomeOf } from './ending.ts';

/** What a program is opened with. A profile is a folder of its own for each instance. */
export interface OpenOptions {
  electron: ChosenElectron;
  /** The built program: a folder with package.json. */
  program: string;
  /** The DISPLAY to draw on. */
  display: string;
  /** A folder for the instance's settings, caches, key store and home; kept from one start to the next. */
  profile: string;
  env?: Record<string, string>;
  args?: readonly string[];
  timeoutMs?: number;
}

/** A running program under Playwright's hand. */
export interface OpenProgram {
  app: ElectronApplication;
  /** Its main process. */
  main: ChildProcess;
  /** Its first window on its own scheme. */
  page: Page;
  /** Uncaught errors and error lines of main, pages and workers so far. */
  problems: string[];
  /** The exit code that it ends with by itself, or the signal that ends it. */
  outcome: Promise<number | NodeJS.Signals | null>;
  /** Ends the program as a person would; kills it if it does not end in 15 s. */
  close(): Promise<void>;
  /** Ends it at once, with all its processes, as a power cut would. */
  kill(): Promise<void>;
}

const CLOSE_WITHIN_MS = 15_000;
const MAIN_ERRORS =
  /Uncaught|Unhandled|Error occurred in handler|A JavaScript error|Cannot find module|is not a function|is not defined/i;
const NOT_OURS = /dbus|gpu|vaapi|Vulkan|libva/i;

/**
 * Starts a built program with a profile of its own and waits for its window. In the older Electron it now and then ends by
 * itself before it has a window, on a busy machine: it is started once more then, and this is told.
 */
export async function openProgram(options: OpenOptions): Promise<OpenProgram> {
  try {
    return await openOnce(options);
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('has been closed'))) throw error;
    console.warn(`The program ended before it had a window and is started once more:\n${error.message}`);
    return openOnce(options);
  }
}

async function openOnce(options: OpenOptions): Promise<OpenProgram> {
  const launch = await options.electron.launch(options.program);
  const timeout = options.timeoutMs ?? 30_000;
  const app = await electron.launch({
    executablePath: launch.executablePath,
    args: [...launch.playwrightArgs, ...(options.args ?? [])],
    env: await profileEnvironment(options),
    timeout,
  });
  const main = app.process();
  const problems: string[] = [];
  const said = listen(app, problems);
  // All that it said was read once its output is closed.
  const outcome = once(main, 'close').then(() =>
    outcomeOf({ code: main.exitCode, signal: main.signalCode, said: said() }),
  );
  try {
    const page = await ownWindow(app, timeout);
    return { app, main, page, problems, outcome, close: () => close(app, main), kill: () => kill(main) };
  } catch (error) {
    await kill(main);
    throw new Error([String(error), ...problems, said()].join('\n'), { cause: error });
  }
}

/** What a program on a profile of its own finds in its environment. */
export async function profileEnvironment(options: OpenOptions): Promise<Record<string, string>> {
  const { profile } = options;
  const home = join(profile, 'home');
  await mkdir(home, { recursive: true });
  const inherited = Object.entries(process.env).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  return {
    ...Object.fromEntries(inherited),
    DISPLAY: options.display,
    HOME: home,
    XDG_CONFIG_HOME: join(profile, 'config'),
    XDG_CACHE_HOME: join(profile, 'cache'),
    TRABOULE_E2E_KEYRING: join(profile, 'keyring'),
    ...options.env,
  };
}

/** The first window whose page is the program's own: not a file, a site or an empty page. */
async function ownWindow(app: ElectronApplication, timeout: number): Promise<Page> {
  const isOwn = (page: Page) => page.url().startsWith('traboule://app/');
  const deadline = Date.now() + timeout;
  while (Date.now() < deadline) {
    const page = app.windows().find(isOwn);
    if (page) {
      await page.waitForLoadState('load', { timeout });
      return page;
    }
    await app.waitForEvent('window', { timeout: 250 }).catch(ignoreTimeout);
  }
  const urls =
    app
      .windows()
      .map((page) => page.url())
      .join(' ') || 'none';
  throw new Error(`no window of its own within ${timeout} ms, but ${urls}`);
}

function ignoreTimeout(error: unknown): void {
  if (!(error instanceof Error && error.name === 'TimeoutError')) throw error;
}

/** Collects what goes wrong; gives a way to read the last that main said. */
function listen(app: ElectronApplication, problems: string[]): () => string {
  let said = '';
  const watch = (page: Page) => {
    page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.stack ?? error.message}`));
    page.on('crash', () => problems.push(`${page.url()} crashed`));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(`${page.url()} console: ${message.text()}`);
    });
  };
  for (const page of app.windows()) watch(page);
  app.on('window', watch);
  app.process().stderr?.on('data', (data) => {
    said = (said + String(data)).slice(-2000);
    const lines = String(data).split('\n');
    problems.push(...lines.filter((line) => MAIN_ERRORS.test(line) && !NOT_OURS.test(line)));
  });
  return () => said;
}

async function close(app: ElectronApplication, main: ChildProcess): Promise<void> {
  const late = setTimeout(() => void kill(main), CLOSE_WITHIN_MS);
  try {
    await app.close();
  } finally {
    clearTimeout(late);
  }
}

async function kill(main: ChildProcess): Promise<void> {
  if (main.exitCode !== null || main.signalCode !== null || main.pid === undefined) return;
  const ended = once(main, 'exit');
  // Playwright starts it as the leader of a group of processes: all of them end.
  process.kill(-main.pid, 'SIGKILL');
  await ended;
}
