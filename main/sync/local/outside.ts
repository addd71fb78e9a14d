import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { LocalFailure } from '../model/failures.ts';
import { type LocalPath, localPath } from '../model/paths.ts';

export function folderOf(path: LocalPath): LocalPath {
  return localPath(dirname(path));
}

/** What a disk that sees neither case nor composition makes of a path. */
export function folded(path: LocalPath): string {
  return path.normalize('NFC').toLowerCase();
}

/**
 * The folder must be itself and no symbolic link, nor lie below one: the pair's root is resolved once. Throws what
 * the system throws, or a LocalFailure.
 */
export function refuseOutside(path: LocalPath): void {
  const folder = folderOf(path);
  const real = localPath(realpathSync.native(folder));
  if (folded(real) !== folded(folder)) throw new LocalFailure('outside', { folder });
}
