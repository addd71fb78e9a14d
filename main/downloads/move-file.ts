import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, open, rename, rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { errnoOf } from '../store/errno.ts';

/** What a scanner of viruses holds is free again a moment later. */
const HELD: ReadonlySet<string | null> = new Set(['EBUSY', 'EPERM', 'EACCES']);
/** Milliseconds; eight seconds in all: a scanner reads a big file to its end. */
const PAUSES = [60, 120, 250, 500, 1000, 2000, 4000] as const;

/** Tells the system that the file at a path comes from elsewhere. */
export type PutMark = (path: string) => Promise<void>;

/**
 * Gives a file another path, in place of what is there. On another disk it is copied beside its new place first, marked and
 * flushed there: the new name never stands for half a file, nor for one without its mark. Throws what the file system
 * does; then the file is where it was.
 */
export async function moveFile(from: string, to: string, mark: PutMark): Promise<void> {
  try {
    await renamePatiently(from, to);
  } catch (error) {
    if (errnoOf(error) !== 'EXDEV') throw error;
    await moveByCopy(from, to, mark);
  }
}

async function moveByCopy(from: string, to: string, mark: PutMark): Promise<void> {
  // A name of its own: `plan.pdf.part` may be somebody's file.
  const copy = `${to}.${randomUUID().slice(0, 8)}.part`;
  try {
    await copyFile(from, copy, constants.COPYFILE_EXCL);
    await flush(copy);
    await mark(copy);
    await renamePatiently(copy, to);
  } catch (error) {
    await rm(copy, { force: true });
    throw error;
  }
  await rm(from, { force: true });
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function renamePatiently(from: string, to: string): Promise<void> {
  for (const pause of PAUSES)
    try {
      return await rename(from, to);
    } catch (error) {
      if (!HELD.has(errnoOf(error))) throw error;
      await wait(pause);
    }
  await rename(from, to);
}
