import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { until } from '../demo/until.ts';
import type { Launch } from '../electron/choose.ts';
import { type WatchedPage, watchPage } from './devtools.ts';

/** What a program is started with for measuring. */
export interface StartOptions {
  readonly launch: Launch;
  readonly display: string;
  /** Folder of its settings, caches and key store. */
  readonly profile: string;
  /** Brand pack, for TRABOULE_BRAND. */
  readonly brand: string;
}

/** A program that runs by itself, as after a click on its icon. */
export interface StartedProgram {
  readonly pid: number;
  /** When it was spawned, ms since 1970. */
  readonly spawnedAt: number;
  readonly page: WatchedPage;
  /** Ends it as the system's session end would. */
  readonly stop: () => Promise<void>;
}

const START_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 15_000;
/** How much of what it said goes into an error. */
const LAST_LINES = 20;

/** The environment of a profile: the same folders and key store as under Playwright (e2e/electron/open-program.ts). */
function environment({ display, profile, brand }: StartOptions): NodeJS.ProcessEnv {
  return {
    ...process.env,
    DISPLAY: display,
    HOME: join(profile, 'home'),
    XDG_CONFIG_HOME: join(profile, 'config'),
    XDG_CACHE_HOME: join(profile, 'cache'),
    TRABOULE_E2E_KEYRING: join(profile, 'keyring'),
    TRABOULE_BRAND: brand,
    LANGUAGE: 'fr_FR',
    LC_ALL: 'C.UTF-8',
  };
}

/** Starts a program and gets hold of its page. */
export async function startProgram(options: StartOptions): Promise<StartedProgram> {
  await mkdir(join(options.profile, 'home'), { recursive: true });
  const { executablePath, args } = options.launch;
  const spawnedAt = Date.now();
  const child = spawn(executablePath, ['--remote-debugging-port=0', ...args, '--lang=fr'], {
    env: environment(options),
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${executablePath} can't be started`);
  try {
    const port = await debuggingPort(child);
    const page = await until(
      'the program shows its page',
      async () => (await watchPage(port)) ?? undefined,
      START_WITHIN_MS,
    );
    const stop = async (): Promise<void> => {
      page.close();
      await end(child, pid);
    };
    return { pid, spawnedAt, page, stop };
  } catch (error) {
    await end(child, pid);
    throw error;
  }
}

/** Chromium says on its standard error where it listens. */
async function debuggingPort(child: ChildProcess): Promise<number> {
  if (!child.stderr) throw new Error('the program has no standard error');
  const lines = createInterface({ input: child.stderr });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  let said: string[] = [];
  lines.on('line', (line) => {
    said = [...said.slice(1 - LAST_LINES), line];
    const port = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(line)?.[1];
    if (port !== undefined) resolve(Number(port));
  });
  child.once('exit', (code, signal) =>
    reject(new Error(`the program ended with ${code ?? signal}:\n${said.join('\n')}`)),
  );
  return promise;
}

async function end(child: ChildProcess, pid: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => killGroup(pid), STOP_WITHIN_MS);
  await ended;
  clearTimeout(timer);
}

/** It leads a group of its own: whatever is left of it goes with it. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Milliseconds from the spawn to the first salons on screen (a mark that the page sets itself). */
export async function listShownAfter({ page, spawnedAt }: StartedProgram): Promise<number> {
  const shown = await until(
    'the list of salons',
    async () => (await markOf(page, 'salons')) ?? undefined,
    START_WITHIN_MS,
  );
  return shown - spawnedAt;
}

/** When the page set a mark, ms since 1970; null when it has not. */
async function markOf(page: WatchedPage, name: string): Promise<number | null> {
  const value = await page.call((wanted) => {
    const [mark] = performance.getEntriesByName(wanted, 'mark');
    return mark ? performance.timeOrigin + mark.startTime : null;
  }, name);
  return z.number().nullable().parse(value);
}
