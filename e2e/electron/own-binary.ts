import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CACHE_HOME, note } from '../setup/cache.ts';
import { CommandFailed, runCommand, type Watch } from '../setup/command.ts';
import { withLock } from '../setup/lock.ts';

const ANSWER_WITHIN_MS = 20_000;
/** How long a download that could not be had is not asked for again. */
const REMEMBER_HOURS = 24;

/** Where the program's own Electron comes from and goes to. */
export interface OwnPlace {
  /** The npm package `electron`, whose install.js fetches the binary. */
  package: string;
  /** Where it is noted that the binary is not to be had. */
  cache: string;
  /** Where Electron's releases are, with a closing slash. */
  releases: string;
}

const HERE: OwnPlace = {
  package: dirname(createRequire(import.meta.url).resolve('electron/package.json')),
  cache: CACHE_HOME,
  releases:
    process.env['ELECTRON_MIRROR'] ??
    process.env['npm_config_electron_mirror'] ??
    'https://github.com/electron/electron/releases/download/',
};

/** The version of Electron that the program is built for. */
export async function ownVersion(place: OwnPlace = HERE): Promise<string> {
  const manifest: { version: string } = JSON.parse(
    await readFile(join(place.package, 'package.json'), 'utf8'),
  );
  return manifest.version;
}

/** Whether the program's own Electron was found not to be had, not long ago. */
export async function ownWasRefused(place: OwnPlace = HERE): Promise<boolean> {
  return (await note.read(await refusalFile(place), REMEMBER_HOURS)) !== undefined;
}

/** The executable of the program's own Electron if it is there. */
export async function ownExecutable(place: OwnPlace = HERE): Promise<string | undefined> {
  const pathFile = join(place.package, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const path = join(place.package, 'dist', await readFile(pathFile, 'utf8'));
  return existsSync(path) ? path : undefined;
}

/**
 * Fetches the program's own Electron and gives its executable; undefined, which is noted for a day, when its
 * download does not answer in time or breaks off.
 */
export async function fetchOwn(watch: Watch, place: OwnPlace = HERE): Promise<string | undefined> {
  const version = await ownVersion(place);
  return withLock(place.package, async () => {
    watch.progress?.(`asking for Electron ${version}`);
    const problem = (await whyNoAnswer(place, version, watch)) ?? (await whyNotFetched(place, watch));
    if (problem === undefined) return ownExecutable(place);
    watch.progress?.(`Electron ${version} is not to be had: ${problem.split('\n')[0]}`);
    await note.write(await refusalFile(place), problem);
    return undefined;
  });
}

async function refusalFile(place: OwnPlace): Promise<string> {
  return join(place.cache, `electron-${await ownVersion(place)}-not-to-be-had`);
}

async function whyNoAnswer(place: OwnPlace, version: string, watch: Watch): Promise<string | undefined> {
  const late = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const signal = watch.stop ? AbortSignal.any([watch.stop, late]) : late;
  try {
    const address = `${place.releases}v${version}/SHASUMS256.txt`;
    const answer = await fetch(address, { method: 'HEAD', signal });
    return answer.ok ? undefined : `answered ${answer.status}`;
  } catch (error) {
    watch.stop?.throwIfAborted();
    return String(error);
  }
}

async function whyNotFetched(place: OwnPlace, watch: Watch): Promise<string | undefined> {
  if (await ownExecutable(place)) return undefined;
  try {
    await runCommand(process.execPath, [join(place.package, 'install.js')], watch);
    return undefined;
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    return error.message;
  }
}
