import { randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '../store/errno.ts';
import { moveFile, type PutMark } from './move-file.ts';

/** So many numbers are tried; then a name that nobody has. */
const MOST_NUMBERS = 100;
/** An ending of two parts stays whole: `plan (1).tar.gz`. */
const ENDING = /(?<!^)(\.tar)?\.[^.\s]{1,20}$/i;

/**
 * Gives a file that came whole its name in a folder, one that nothing there has: `plan.pdf`, else `plan (1).pdf`. The
 * name is taken with an empty file first, so that whatever happens meanwhile nothing is replaced. Answers the path; throws
 * what the file system does, and then takes nothing.
 */
export async function putInPlace(part: string, folder: string, name: string, mark: PutMark): Promise<string> {
  const path = await takeName(folder, name);
  try {
    await moveFile(part, path, mark);
    return path;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

async function takeName(folder: string, name: string): Promise<string> {
  const ending = ENDING.exec(name)?.[0] ?? '';
  const stem = name.slice(0, name.length - ending.length);
  for (let tries = 0; ; tries += 1) {
    const number = tries < MOST_NUMBERS ? tries : randomUUID();
    const path = join(folder, number === 0 ? name : `${stem} (${number})${ending}`);
    if (await makeEmpty(path)) return path;
  }
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
