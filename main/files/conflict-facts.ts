import type { BigIntStats } from 'node:fs';
import { lstat, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Difference } from '../../preload/contract/difference.ts';
import type { Author, ConflictFacts, ConflictVersion } from '../../preload/contract/files.ts';
import { errnoOf } from '../store/errno.ts';
import { differenceOf, MOST_COMPARED_BYTES } from './difference.ts';
import type { Keepsakes } from './keepsakes.ts';
import { realPathInside } from './path-guard.ts';

/** Where the two versions of a conflict lie: real paths, whether or not something is there. */
export interface Versions {
  readonly there: string;
  readonly here: string;
}

/** The places of both versions; a link may not lead out of the folder. */
export async function versionsOf(
  localDir: string,
  { path, copyPath }: { readonly path: string; readonly copyPath: string },
): Promise<Versions> {
  const [there, here] = await Promise.all([placeInside(localDir, path), placeInside(localDir, copyPath)]);
  return { there, here };
}

/** Both versions as they are on the disk now, and what differs. */
export async function conflictFacts(
  versions: Versions,
  whose: Author | null,
  keepsakes: Pick<Keepsakes, 'canKeep'>,
): Promise<ConflictFacts> {
  const [there, here] = await Promise.all([lookAt(versions.there), lookAt(versions.here)]);
  return {
    there: there && versionOf(there, whose),
    here: here && versionOf(here, { kind: 'you' }),
    difference: await compare(versions, there, here),
    canUndo: (await mayComeBack(there, keepsakes)) && (await mayComeBack(here, keepsakes)),
  };
}

/** Names what stands at a place so exactly that any writing shows; null when nothing does. */
export async function seenAt(path: string): Promise<string | null> {
  const found = await lookAt(path);
  return found && seenOf(found);
}

/** The real place of a path whose file may be gone: its folder is not. */
async function placeInside(localDir: string, path: string): Promise<string> {
  return join(await realPathInside(localDir, posix.dirname(path)), posix.basename(path));
}

async function mayComeBack(
  found: BigIntStats | null,
  keepsakes: Pick<Keepsakes, 'canKeep'>,
): Promise<boolean> {
  if (!found) return true;
  return keepsakes.canKeep({ isFile: found.isFile(), size: Number(found.size), device: found.dev });
}

async function lookAt(path: string): Promise<BigIntStats | null> {
  try {
    return await lstat(path, { bigint: true });
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function seenOf({ ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [ino, size, mtimeNs, ctimeNs].join(' ');
}

function versionOf(found: BigIntStats, author: Author | null): ConflictVersion {
  const isFolder = found.isDirectory();
  return {
    kind: isFolder ? 'folder' : 'file',
    size: isFolder ? 0 : Number(found.size),
    modifiedAt: Math.max(0, Number(found.mtimeMs)),
    author,
    seen: seenOf(found),
  };
}

async function compare(
  versions: Versions,
  there: BigIntStats | null,
  here: BigIntStats | null,
): Promise<Difference> {
  if (!there || !here) return { kind: 'none', why: 'missing' };
  if (!there.isFile() || !here.isFile()) return { kind: 'none', why: 'not-text' };
  if (there.size > MOST_COMPARED_BYTES || here.size > MOST_COMPARED_BYTES)
    return { kind: 'none', why: 'too-large' };
  try {
    return await differenceOf(await readFile(versions.there), await readFile(versions.here));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return { kind: 'none', why: 'missing' };
    throw error;
  }
}
