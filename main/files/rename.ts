import { readdir } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { FileName } from '../../preload/contract/names.ts';
import { AppError } from '../contract/app-error.ts';
import { errnoOf } from '../store/errno.ts';
import { isOwnName } from '../sync/discover/own-names.ts';
import type { Dav } from './dav.ts';
import { diskWords } from './disk-words.ts';
import type { FolderPlace } from './folder-place.ts';
import { moveToFree } from './move-to-free.ts';
import { realPathInside } from './path-guard.ts';

/**
 * Gives a file or folder of a salon another name in its folder: on this PC, from where it goes to the server, or at the
 * server when it could not come here. Never over something else. Throws `name-not-allowed.file` for a name that is not
 * possible everywhere, `name-not-allowed.taken`, `not-found.file`, and what the disk or the server says.
 */
export async function renameEntry(
  dav: () => Pick<Dav, 'rename'>,
  { localDir, remotePath }: FolderPlace,
  path: string,
  name: string,
): Promise<void> {
  // A file with a name of the engine's own would be taken for its leavings.
  if (!FileName.safeParse(name).success || isOwnName(name)) throw new AppError('name-not-allowed.file');
  const folder = posix.dirname(path);
  const spelled = await spelledHere(localDir, folder, posix.basename(path));
  if (spelled !== null) return renameHere(await realPathInside(localDir, folder), spelled, name);
  if (remotePath === null) throw new AppError('not-found.file');
  const from = posix.join(remotePath, path);
  if ((await dav().rename(from, posix.join(remotePath, folder, name))) === 'taken')
    throw new AppError('name-not-allowed.taken');
}

async function renameHere(folder: string, from: string, to: string): Promise<void> {
  let isFree: boolean;
  try {
    isFree = await moveToFree(join(folder, from), join(folder, to));
  } catch (error) {
    throw diskWords(error);
  }
  if (!isFree) throw new AppError('name-not-allowed.taken');
}

/** The name as this disk spells it, null when it is not here. */
async function spelledHere(localDir: string, folder: string, name: string): Promise<string | null> {
  try {
    const names = await readdir(await realPathInside(localDir, folder));
    if (names.includes(name)) return name;
    return names.find((each) => each.normalize('NFC') === name.normalize('NFC')) ?? null;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return null;
    if (errnoOf(error) === 'ENOENT') return null;
    throw diskWords(error);
  }
}
