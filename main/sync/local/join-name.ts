import type { PlatformPath } from 'node:path';
import { LocalFailure } from '../model/failures.ts';
import { type LocalName, type LocalPath, localPath } from '../model/paths.ts';

/**
 * Joins one name to a folder's path. Throws LocalFailure `outside` for what a system would take for more than a name: the
 * other side of a boundary speaks of `a\..\..` as of one name, which on Windows is a way out of the folder.
 *
 * @param system how paths are written: `win32` or `posix` of node:path
 */
export function joinName(
  folder: LocalPath,
  name: LocalName,
  system: Pick<PlatformPath, 'basename' | 'sep'>,
): LocalPath {
  if (name === '' || name === '.' || name === '..' || system.basename(name) !== name)
    throw new LocalFailure('outside', { name });
  return localPath(folder.endsWith(system.sep) ? `${folder}${name}` : `${folder}${system.sep}${name}`);
}
