import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
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

/**
 * Makes a folder once. It is built under another name and renamed when complete, so a folder that is
 * there is whole; processes that want the same one wait for the first.
 */
export async function buildOnce(folder: string, build: (work: string) => Promise<void>): Promise<string> {
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  return withLock(folder, async () => {
    if (existsSync(folder)) return folder;
    const work = `${folder}.part`;
    await rm(work, { recursive: true, force: true });
    try {
      await mkdir(work);
      await build(work);
      await rename(work, folder);
    } catch (error) {
      await rm(work, { recursive: true, force: true });
      throw error;
    }
    return folder;
  });
}

/** Removes the folders beside this one that nobody has used for some days, and marks this one as used. */
export async function keepRecent(folder: string, days: number): Promise<void> {
  const now = new Date();
  await utimes(folder, now, now);
  for (const name of await readdir(dirname(folder))) {
    const other = join(dirname(folder), name);
    const age = now.getTime() - (await stat(other)).mtimeMs;
    if (age > days * 86_400_000) await rm(other, { recursive: true, force: true });
  }
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
