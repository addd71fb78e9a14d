import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Watch } from '../setup/command.ts';
import { canRunOlder, OLDER_VERSION, olderBinary, olderFolder } from './older-binary.ts';
import { fetchOwn, ownExecutable, ownVersion, ownWasRefused } from './own-binary.ts';
import { type Ported, portProgram } from './port.ts';

/** How to start a program: by hand with `args`, under Playwright with `playwrightArgs`. */
export interface Launch {
  executablePath: string;
  args: string[];
  playwrightArgs: string[];
}

/** An Electron that can run here. */
export interface ChosenElectron {
  kind: 'override' | 'own' | 'older';
  version: string;
  executablePath: string;
  /** Gets a built program (a folder with package.json) ready for it; one that is built anew needs another choice. */
  launch(program: string): Promise<Launch>;
  /** How to start a program that every Electron understands as it is. */
  plain(program: string): Launch;
}

/** Lets Playwright attach before the program runs, so that it misses no window. */
const LOADER = join(
  dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')),
  'lib/server/electron/loader.js',
);

/**
 * Picks the Electron to run: the one named by ELECTRON_OVERRIDE_DIST_PATH; else the program's own if it is
 * there or its download answers; else an older real one, with a layer that the program never hears of.
 * Throws when there is none.
 */
export async function chooseElectron(watch: Watch = {}): Promise<ChosenElectron> {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) return ownElectron('override', overridden(override), `from ${override}`);
  const own = (await ownExecutable()) ?? ((await isWorthAsking()) ? await fetchOwn(watch) : undefined);
  if (own) return ownElectron('own', own, await ownVersion());
  if (canRunOlder) return olderElectron(await olderBinary(watch));
  throw new Error(
    `Electron ${await ownVersion()} can't be downloaded here, and the older one that stands in runs on Linux x64 only.`,
  );
}

/** Whether chooseElectron has nothing to fetch or to ask for. */
export async function electronIsHere(): Promise<boolean> {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) return electronIn(override) !== undefined;
  if (await ownExecutable()) return true;
  return !(await isWorthAsking()) && existsSync(await olderFolder());
}

/** A download that was not to be had is not asked for again at once, if there is another to run. */
async function isWorthAsking(): Promise<boolean> {
  return !canRunOlder || !(await ownWasRefused());
}

/** One sentence for the start: which Electron runs. */
export function describeElectron({ kind, version }: ChosenElectron): string {
  switch (kind) {
    case 'override':
      return `Electron ${version} (ELECTRON_OVERRIDE_DIST_PATH)`;
    case 'own':
      return `Electron ${version}`;
    case 'older':
      return `Electron ${version}, an older real one: the program's own can't be downloaded here`;
    default:
      return kind satisfies never;
  }
}

function overridden(folder: string): string {
  const found = electronIn(folder);
  if (!found) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH names ${folder}, which holds no Electron`);
  return found;
}

function electronIn(folder: string): string | undefined {
  const names = ['electron', 'electron.exe', 'Electron.app/Contents/MacOS/Electron'];
  return names.map((name) => join(folder, name)).find((path) => existsSync(path));
}

function ownElectron(kind: 'override' | 'own', executablePath: string, version: string): ChosenElectron {
  return {
    kind,
    version,
    executablePath,
    launch: (program) => Promise.resolve(launchWith(executablePath, [program])),
    plain: (program) => launchWith(executablePath, [program]),
  };
}

function olderElectron(folder: string): ChosenElectron {
  const executablePath = join(folder, 'dist', 'electron');
  const ports = new Map<string, Promise<Ported>>();
  return {
    kind: 'older',
    version: OLDER_VERSION,
    executablePath,
    async launch(program) {
      const port = ports.get(program) ?? portProgram(program);
      ports.set(program, port);
      const ported = await port;
      return launchWith(executablePath, ['-r', ported.layer, ported.folder]);
    },
    plain: (program) => launchWith(executablePath, [program]),
  };
}

/** Chromium's sandbox refuses to run as root; only then, and only here, it is left out. */
function launchWith(executablePath: string, args: string[]): Launch {
  const all = process.getuid?.() === 0 ? ['--no-sandbox', ...args] : args;
  return { executablePath, args: all, playwrightArgs: ['-r', LOADER, ...all] };
}
