import { open } from 'node:fs/promises';
import type { LocalPath } from '../model/paths.ts';
import { errnoOf, translate } from './local-failures.ts';

/** Where folders can't be opened, as on Windows, or not flushed, as on some network drives. */
const unsupported = new Set(['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EBADF']);

/**
 * Names given in a folder survive a power cut when this resolves. Else the journal might remember a file that
 * the disk forgot, and a file that is missing here is removed on the server.
 */
export async function flushFolder(folder: LocalPath): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (unsupported.has(errnoOf(error) ?? '')) return;
    throw translate(error, 'write');
  }
}
