import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Standing } from '../../preload/contract/chosen-folders.ts';
import { errnoOf } from '../store/errno.ts';
import type { FilesState, KnownPair } from './files-state.ts';
import { keptFolders } from './kept-folders.ts';
import { SALONS } from './local-names.ts';
import { isInside } from './path-guard.ts';

/** A folder of the server that is kept equal. */
export interface TakenRemote {
  readonly name: string;
  readonly fileId: string;
  /** Path in the person's files; null while it is not known. */
  readonly path: string | null;
}

/** What a folder that is to be kept equal too may not meet: on the server, and on this PC. */
export interface Taken {
  readonly remote: readonly TakenRemote[];
  /** Folders of this PC in which nothing else may be kept equal, also those of others who signed in here. */
  readonly local: readonly string[];
  /** The place of all folders, which none may be around. */
  readonly place: string | null;
}

/** What is taken by the folders of now. Those that are gone from the server have no place there. */
export function takenBy(
  state: FilesState,
  gone: ReadonlySet<string>,
  localDir: (place: string, known: KnownPair) => string,
): Taken {
  const { place, pairs } = state;
  const remote = keptFolders(state).flatMap(({ pairId, name, fileId }) => {
    if (pairId === undefined || gone.has(pairId)) return [];
    return [{ name, fileId, path: pairs[pairId]?.remotePath ?? null }];
  });
  if (place === null) return { remote, local: [], place };
  const local = Object.values(pairs).map((known) => localDir(place, known));
  return { remote, local: [join(place, SALONS), ...local], place };
}

/** How a folder of the server stands to those that are kept equal. */
export function standingOf(
  { path, fileId }: { readonly path: string; readonly fileId: string },
  taken: readonly TakenRemote[],
): Standing {
  const same = taken.find((each) => each.fileId === fileId || isSamePath(each.path, path));
  if (same) return { is: 'kept', folder: same.name };
  const around = taken.find((each) => each.path !== null && isBelow(path, each.path));
  if (around) return { is: 'inside', folder: around.name };
  const inside = taken.find((each) => each.path !== null && isBelow(each.path, path));
  return inside ? { is: 'around', folder: inside.name } : { is: 'free' };
}

function isSamePath(one: string | null, other: string): boolean {
  return one !== null && one.normalize('NFC') === other.normalize('NFC');
}

function isBelow(path: string, folder: string): boolean {
  return path.normalize('NFC').startsWith(`${folder.normalize('NFC')}/`);
}

/**
 * Whether a folder of this PC, which may not be there yet, is in one that is taken or around one: what is in two synced
 * folders would go round in a circle. Links are followed, so that no other name of a place hides it.
 */
export async function meetsTaken(
  path: string,
  { local, place }: Pick<Taken, 'local' | 'place'>,
): Promise<boolean> {
  const real = await realOrPlain(path);
  for (const taken of local) {
    const other = await realOrPlain(taken);
    if (isInside(other, real) || isInside(real, other)) return true;
  }
  return place !== null && isInside(real, await realOrPlain(place));
}

/** Of a place that can't be reached now, a drive that is unplugged or a share that is away, the name says enough. */
function realOrPlain(path: string): Promise<string> {
  return realOrFuture(path).catch((error: unknown) => {
    if (errnoOf(error) === null) throw error;
    return path;
  });
}

/** The real path, of what is not there yet the one it will have. */
async function realOrFuture(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT' || dirname(path) === path) throw error;
    return join(await realOrFuture(dirname(path)), basename(path));
  }
}
