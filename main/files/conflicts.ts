import { lstat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { AppError } from '../contract/app-error.ts';
import { errnoOf } from '../store/errno.ts';
import { moveToFree } from './move-to-free.ts';
import { realPathInside } from './path-guard.ts';
import type { SalonFolders } from './salon-folders.ts';

/** What a person decides about two versions of one file. */
export type Keep = 'here' | 'there' | 'both';

/**
 * Settles a conflict on this PC; the engine carries it to the server. `here`: the set-aside version of this PC takes the
 * name again. `there`: the server's version keeps it. What is not kept goes to the trash; `both` leaves both.
 */
export async function settleConflict(
  folders: Pick<SalonFolders, 'placeOf' | 'forgetConflict'>,
  trash: (path: string) => Promise<void>,
  salonId: string,
  copyPath: string,
  keep: Keep,
): Promise<void> {
  const { localDir, report } = folders.placeOf(salonId);
  const conflict = report?.conflicts.find((candidate) => candidate.copyPath === copyPath);
  if (!conflict) throw new AppError('not-found.file');
  if (keep !== 'both') {
    const copy = await realPathInside(localDir, copyPath);
    if (keep === 'there') await trash(copy);
    else await replace(await placeInside(localDir, conflict.path), copy, trash);
  }
  await folders.forgetConflict(salonId, copyPath);
}

/** The real place of a path whose file may be gone: its folder is not. */
async function placeInside(localDir: string, path: string): Promise<string> {
  return join(await realPathInside(localDir, posix.dirname(path)), posix.basename(path));
}

/**
 * Puts the copy in the place of the other version, which goes to the trash first; it may be gone already. What somebody
 * puts there meanwhile stays: the conflict is then as it was. Throws `in-use.file`.
 */
async function replace(target: string, copy: string, trash: (path: string) => Promise<void>): Promise<void> {
  if (await isThere(target)) await trash(target);
  if (!(await moveToFree(copy, target))) throw new AppError('in-use.file');
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}
