import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '../store/errno.ts';

/** Files below a folder and what they weigh. */
export interface Count {
  readonly files: number;
  readonly bytes: number;
}

const AT_ONCE = 16;

/** Counts the files on this PC below a folder; hidden ones (the engine's own among them) and links are left out. */
export async function countBelow(folder: string): Promise<Count> {
  let [files, bytes] = [0, 0];
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    const entries = (await entriesOf(next)).filter(({ name }) => !name.startsWith('.'));
    folders.push(...entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(next ?? '', name)));
    const paths = entries.filter((entry) => entry.isFile()).map(({ name }) => join(next ?? '', name));
    files += paths.length;
    while (paths.length > 0) {
      const sizes = await Promise.all(paths.splice(0, AT_ONCE).map(sizeOf));
      bytes += sizes.reduce((sum, size) => sum + size, 0);
    }
  }
  return { files, bytes };
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (isGone(error)) return 0;
    throw error;
  }
}

/** What is being synced may go while it is counted, and a folder may be closed to us. */
function isGone(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM'].includes(errnoOf(error) ?? '');
}
