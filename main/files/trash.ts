import { throwAwayHere } from '../sync/local/xdg-trash.ts';
import { localPath } from '../sync/model/paths.ts';

/**
 * Puts a file or folder into the system's trash. On Linux it is done by the freedesktop.org rules themselves: the
 * desktop's way needs a program that may not be installed.
 */
export function createTrash(
  platform: NodeJS.Platform,
  desktopTrash: (path: string) => Promise<void>,
): (path: string) => Promise<void> {
  if (platform !== 'linux') return desktopTrash;
  return (path) => throwAwayHere(localPath(path));
}
