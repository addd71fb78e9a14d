import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { FileAuthor, FolderEntry } from '../../preload/contract/files.ts';
import { AppError } from '../contract/app-error.ts';
import { errnoOf } from '../store/errno.ts';
import type { EntryInfo } from '../sync/api.ts';
import type { Authors } from './authors.ts';
import type { AwayListing } from './away-listing.ts';
import type { Count } from './count.ts';
import { type Engine, EngineError } from './engine.ts';
import type { FolderCounts } from './folder-counts.ts';
import type { FolderPlace } from './folder-place.ts';
import { realPathInside } from './path-guard.ts';
import { isUnwanted, unwantedIn } from './unwanted.ts';

/** The page shows no more of one folder. */
const MOST = 5000;
const Entries = z.array(
  z.custom<EntryInfo>((value) => typeof value === 'object' && value !== null && 'path' in value),
);

interface ListingParts {
  readonly engine: Engine;
  readonly counts: FolderCounts;
  readonly away: Pick<AwayListing, 'list'>;
}

/**
 * What is in a folder of a salon, with the state of each; what is online only is there too, in a folder that is not kept on
 * this PC as the server has it: throws an AppError when that can't be had and nothing is here. Without the engine
 * (nobody signed in, or it is being started again) what lies on this PC is listed as waiting.
 */
export async function listFolder(
  parts: ListingParts,
  place: FolderPlace,
  path: string,
): Promise<FolderEntry[]> {
  const here = await listHere(parts, place, path);
  // What is not wanted and still here is not online yet: it is listed as it is.
  const names = new Set(here.map((entry) => entry.path));
  const away = isUnwanted(path, place.unwanted)
    ? await listAway(parts, place, path, here.length > 0)
    : unwantedIn(path, place.unwanted).map(onlineOnly);
  return [...away.filter((entry) => !names.has(entry.path)), ...here].slice(0, MOST);
}

/** What is still here is shown also when the server does not say what else there is. */
async function listAway(
  { away }: ListingParts,
  place: FolderPlace,
  path: string,
  isSomeHere: boolean,
): Promise<readonly FolderEntry[]> {
  try {
    return await away.list(place, path);
  } catch (error) {
    if (error instanceof AppError && isSomeHere) return [];
    throw error;
  }
}

function onlineOnly(path: string): FolderEntry {
  return { path, kind: 'folder', size: 0, fileCount: 0, modifiedAt: null, state: 'online-only' };
}

async function listHere(
  { engine, counts }: ListingParts,
  place: FolderPlace,
  path: string,
): Promise<FolderEntry[]> {
  const copies = new Set(place.report?.conflicts.map(({ copyPath }) => copyPath));
  if (place.report) {
    try {
      const answer = await engine.run({ type: 'list', pair: place.pairId, folder: path });
      const entries = Entries.parse(answer).slice(0, MOST);
      return await Promise.all(
        entries.map((entry) => entryOf(entry, copies, (folder) => counts.below(place, folder))),
      );
    } catch (error) {
      // A folder that is not on this PC yet has nothing in it; an engine that died is being started again. What leads
      // outside is refused below.
      if (!(error instanceof EngineError) || !['missing', 'died', 'outside'].includes(error.code))
        throw error;
    }
  }
  return listDisk(place.localDir, path);
}

/** Who last changed the files directly in a folder of a salon; nobody while its place at the server is not known. */
export async function listAuthors(
  authors: Pick<Authors, 'inFolder'>,
  { remotePath }: FolderPlace,
  path: string,
  signal: AbortSignal,
): Promise<FileAuthor[]> {
  if (remotePath === null) return [];
  const found = await authors.inFolder(path === '' ? remotePath : `${remotePath}/${path}`, signal);
  return [...found].slice(0, MOST).map(([name, { author, at }]) => ({
    path: (path === '' ? name : `${path}/${name}`).normalize('NFC'),
    author,
    at,
  }));
}

async function entryOf(
  entry: EntryInfo,
  copies: ReadonlySet<string>,
  countBelow: (folder: string) => Promise<Count>,
): Promise<FolderEntry> {
  const below = entry.kind === 'folder' ? await countBelow(entry.path) : null;
  const isElsewhere = entry.state === 'synced' && !entry.here;
  return {
    path: entry.path,
    kind: entry.kind,
    size: below?.bytes ?? entry.size,
    fileCount: below?.files ?? 0,
    modifiedAt: Math.max(0, Math.round(entry.mtime)),
    state: copies.has(entry.path) ? 'conflict' : isElsewhere ? 'online-only' : stateOf(entry),
  };
}

function stateOf({ state }: EntryInfo): FolderEntry['state'] {
  return state === 'leftOut' ? 'left-out' : state;
}

async function listDisk(root: string, path: string): Promise<FolderEntry[]> {
  const folder = await realOrNone(root, path);
  if (folder === null) return [];
  const names = (await readOrNone(folder)).filter((name) => !name.startsWith('.')).slice(0, MOST);
  const entries = await Promise.all(
    names.map((name) => diskEntry(root, path === '' ? name : `${path}/${name}`)),
  );
  return entries.filter((entry) => entry !== null);
}

async function diskEntry(root: string, path: string): Promise<FolderEntry | null> {
  try {
    const found = await lstat(join(root, path));
    if (found.isSymbolicLink()) return null; // a link is not synced
    const kind = found.isDirectory() ? 'folder' : 'file';
    const modifiedAt = Math.max(0, Math.round(found.mtimeMs));
    return { path, kind, size: kind === 'file' ? found.size : 0, fileCount: 0, modifiedAt, state: 'waiting' };
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null; // gone since the listing
    throw error;
  }
}

/** Where the folder really is; null when it is not there. Throws `forbidden.path` when a link leads out of the salon's. */
async function realOrNone(root: string, path: string): Promise<string | null> {
  try {
    return await realPathInside(root, path);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return null;
    throw error;
  }
}

async function readOrNone(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '')) return [];
    throw error;
  }
}
