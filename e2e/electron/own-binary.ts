import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CACHE_HOME, note } from '../setup/cache.ts';
import { type Progress, runCommand } from '../setup/command.ts';
import { withLock } from '../setup/lock.ts';

const PACKAGE = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
const ANSWER_WITHIN_MS = 20_000;
/** How long a download that did not answer is not asked for again. */
const REMEMBER_HOURS = 24;

/** The version of Electron that the program is built for. */
export async function ownVersion(): Promise<string> {
  const manifest: { version: string } = JSON.parse(await readFile(join(PACKAGE, 'package.json'), 'utf8'));
  return manifest.version;
}

/** Whether the program's own Electron was found not to be had, not long ago. */
export async function ownWasRefused(): Promise<boolean> {
  return (await note.read(await refusalFile(), REMEMBER_HOURS)) !== undefined;
}

async function refusalFile(): Promise<string> {
  return join(CACHE_HOME, `electron-${await ownVersion()}-not-to-be-had`);
}

/** The executable of the program's own Electron if it is there or can be fetched, else undefined. */
export async function ownBinary(progress: Progress): Promise<string | undefined> {
  const version = await ownVersion();
  const fetched = await ownExecutable();
  if (fetched) return fetched;
  if (await ownWasRefused()) return undefined;
  progress(`asking for Electron ${version}`);
  const reason = await whyNoAnswer(addressOf(version));
  if (reason) {
    await note.write(await refusalFile(), reason);
    return undefined;
  }
  return withLock(PACKAGE, async () => {
    const install = join(PACKAGE, 'install.js');
    if (!(await ownExecutable())) await runCommand(process.execPath, [install], { progress });
    return ownExecutable();
  });
}

/** The executable of the program's own Electron if it is there. */
export async function ownExecutable(): Promise<string | undefined> {
  const pathFile = join(PACKAGE, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const path = join(PACKAGE, 'dist', await readFile(pathFile, 'utf8'));
  return existsSync(path) ? path : undefined;
}

function addressOf(version: string): string {
  const mirror = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'];
  const base = mirror ?? 'https://github.com/electron/electron/releases/download/';
  return `${base}v${version}/SHASUMS256.txt`;
}

async function whyNoAnswer(address: string): Promise<string | undefined> {
  try {
    const answer = await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    return answer.ok ? undefined : `answered ${answer.status}`;
  } catch (error) {
    return String(error);
  }
}
