import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { errnoOf } from '../store/errno.ts';

/** So many files of one name; then something else is wrong. */
const MOST_TRIES = 1000;
/** An ending of two parts stays whole: `plan (1).tar.gz`. */
const ENDING = /(?<!^)(\.tar)?\.[^.\s]{1,20}$/i;
/** What a scanner of viruses holds is free again a moment later. */
const HELD: ReadonlySet<string | null> = new Set(['EBUSY', 'EPERM', 'EACCES']);
const RENAME_TRIES = 6;
const RENAME_PAUSE_MS = 250;

/**
 * Gives a file that came whole its name in its folder, one that nothing there has: `plan.pdf`, else `plan (1).pdf`. The
 * name is taken with an empty file first, so that whatever happens meanwhile nothing is replaced. Answers the path; throws
 * what the file system does, and then takes nothing.
 */
export async function putInPlace(part: string, folder: string, name: string): Promise<string> {
  const path = await takeName(folder, name);
  try {
    await renamePatiently(part, path);
    return path;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

async function takeName(folder: string, name: string): Promise<string> {
  const ending = ENDING.exec(name)?.[0] ?? '';
  const stem = name.slice(0, name.length - ending.length);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const path = join(folder, tries === 0 ? name : `${stem} (${tries})${ending}`);
    if (await makeEmpty(path)) return path;
  }
  throw new Error('too many files of one name');
}

async function makeEmpty(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx')).close();
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function renamePatiently(from: string, to: string): Promise<void> {
  for (let tries = 1; ; tries += 1)
    try {
      return await rename(from, to);
    } catch (error) {
      if (tries === RENAME_TRIES || !HELD.has(errnoOf(error))) throw error;
      await wait(RENAME_PAUSE_MS);
    }
}
