import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { withLock } from './lock.ts';

/** Where big things that every clone can share are kept: the person's cache folder. */
export const CACHE_HOME = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'traboule-dev');

/** A short fingerprint of texts and bytes: what a built thing was built from. */
export function fingerprint(...parts: (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('hex').slice(0, 16);
}

/** A fingerprint of all files under a folder: their paths and contents. */
export async function fingerprintOfFolder(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const parts: (string | Uint8Array)[] = [];
  for (const path of paths.toSorted()) parts.push(path.slice(folder.length), await readFile(path));
  return fingerprint(...parts);
}

const DAY_MS = 86_400_000;
const UNFINISHED = '.part-';

/**
 * Makes a folder once. It is built under another name and renamed when complete, so a folder that is
 * there is whole; processes that want the same one wait for the first. Each attempt has a name of its own:
 * a command that outlived a killed set-up may still write where that one was building.
 */
export async function buildOnce(folder: string, build: (work: string) => Promise<void>): Promise<string> {
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  return withLock(folder, async () => {
    if (existsSync(folder)) return folder;
    await removeUnfinished(folder);
    const work = await mkdtemp(`${folder}${UNFINISHED}`);
    try {
      await build(work);
      await chmod(work, 0o755);
      await rename(work, folder);
    } catch (error) {
      await remove(work);
      throw error;
    }
    return folder;
  });
}

/** What killed attempts left. */
async function removeUnfinished(folder: string): Promise<void> {
  const start = `${basename(folder)}${UNFINISHED}`;
  const names = (await readdir(dirname(folder))).filter((name) => name.startsWith(start));
  for (const name of names) await remove(join(dirname(folder), name));
}

function remove(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Removes the folders beside this one that nobody has used for some days, and marks this one as used. */
export function keepRecent(folder: string, days: number): Promise<void> {
  return withLock(`recent ${dirname(folder)}`, async () => {
    const now = new Date();
    await utimes(folder, now, now);
    for (const name of await readdir(dirname(folder))) {
      const other = join(dirname(folder), name);
      // One that is being built may be renamed meanwhile.
      const found = statSync(other, { throwIfNoEntry: false });
      if (found && now.getTime() - found.mtimeMs > days * DAY_MS) await remove(other);
    }
  });
}

/** A small fact kept between runs, such as the answer of a slow question. */
export const note = {
  /** The fact, or undefined when there is none or it is older than so many hours. */
  async read(file: string, hours: number): Promise<string | undefined> {
    if (!existsSync(file)) return undefined;
    const age = Date.now() - (await stat(file)).mtimeMs;
    return age < hours * 3_600_000 ? readFile(file, 'utf8') : undefined;
  },
  async write(file: string, text: string): Promise<void> {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  },
};
