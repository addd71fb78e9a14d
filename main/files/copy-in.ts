import { randomUUID } from 'node:crypto';
import { copyFile, lstat, mkdir, rm, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { errnoOf } from '../store/errno.ts';
import type { ImportSource } from '../sync/api.ts';
import { freeName } from './folder-names.ts';
import { moveToFree } from './move-to-free.ts';

/** The engine leaves alone what starts so (main/sync/discover/own-names.ts). */
const OWN_PREFIX = '.~traboule-';

/**
 * Puts a file into a salon's folder while the engine does not have it open (nobody is signed in, or the folder was not
 * found yet): the engine finds it there when it starts. Answers its name and size; a name that is taken gets a number.
 */
export async function copyIn(folder: string, source: ImportSource, name: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const fresh = join(folder, `${OWN_PREFIX}import-${randomUUID()}`);
  try {
    if (source.kind === 'path') await copyFile(source.path, fresh);
    else await writeFile(fresh, source.bytes, { flush: true }); // pasted bytes are nowhere else
    const end = extname(name);
    const start = end === '' ? name : name.slice(0, -end.length);
    // Somebody may take a name at this very moment, and some disks take more names for one than they show.
    const refused = new Set<string>();
    for (;;) {
      const free = await freeName(
        start,
        async (candidate) => refused.has(candidate) || exists(join(folder, `${candidate}${end}`)),
      );
      if (await moveToFree(fresh, join(folder, `${free}${end}`))) return `${free}${end}`;
      refused.add(free);
    }
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}
