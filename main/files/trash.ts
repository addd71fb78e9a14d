import { throwAwayHere } from '../sync/local/xdg-trash.ts';
import { LocalFailure } from '../sync/model/failures.ts';
import { localPath } from '../sync/model/paths.ts';

/**
 * Puts a file or folder into the system's trash. On Linux it is done by the freedesktop.org rules themselves: the
 * desktop's way needs a program that may not be installed. Throws LocalFailure.
 */
export function createTrash(
  platform: NodeJS.Platform,
  desktopTrash: (path: string) => Promise<void>,
): (path: string) => Promise<void> {
  if (platform === 'linux') return (path) => throwAwayHere(localPath(path));
  return async (path) => {
    try {
      await desktopTrash(path);
    } catch (error) {
      throw new LocalFailure('other', { what: 'trash refused' }, error);
    }
  };
}
