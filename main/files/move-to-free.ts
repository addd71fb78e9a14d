import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { nodeFileSystem } from '../sync/local/node-file-system.ts';
import { LocalFailure } from '../sync/model/failures.ts';
import { localPath } from '../sync/model/paths.ts';

/** Gives a file a name that nothing has; answers false, and moves nothing, when something has it. Throws LocalFailure. */
export async function moveToFree(from: string, to: string): Promise<boolean> {
  const [realFrom, realTo] = await Promise.all([throughLinks(from), throughLinks(to)]);
  try {
    await nodeFileSystem.moveExclusive(localPath(realFrom), localPath(realTo));
    return true;
  } catch (error) {
    if (error instanceof LocalFailure && error.code === 'exists') return false;
    throw error;
  }
}

/** The person's place may be reached by a link: its folder's real path. */
async function throughLinks(path: string): Promise<string> {
  return join(await realpath(dirname(path)), basename(path));
}
