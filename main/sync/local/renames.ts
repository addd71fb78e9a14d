import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, lstatSync, renameSync, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isOwnName, ownName } from '../discover/own-names.ts';
import { LocalFailure } from '../model/failures.ts';
import { type LocalPath, localPath } from '../model/paths.ts';
import type { Renamed } from '../ports/file-system.ts';
import { entryOf } from './entry-of.ts';
import { errnoOf, translate } from './local-failures.ts';
import { folded } from './outside.ts';

/**
 * A hard link never replaces anything, a rename does: so files are linked to the new name, then unlinked.
 * Synchronous on purpose, like `replace`: nothing of this program runs between the steps.
 */
export function moveExclusive(from: LocalPath, to: LocalPath): Renamed {
  const source = lstatSync(from, { bigint: true });
  const there = lstatSync(to, { bigint: true, throwIfNoEntry: false });
  if (there !== undefined && (there.ino !== source.ino || folded(from) !== folded(to))) {
    throw new LocalFailure('exists');
  }
  if (there !== undefined || !source.isFile() || !linkInstead(from, to)) renameSync(from, to);
  return { before: entryOf(source), after: entryOf(lstatSync(to, { bigint: true })) };
}

/** Renames by a second name; false on a disk that has no hard links. */
function linkInstead(from: LocalPath, to: LocalPath): boolean {
  try {
    linkSync(from, to);
  } catch (error) {
    if (isUnsupported(error)) return false;
    throw translate(error, 'write');
  }
  if (isOwnName(basename(from))) unlinkSync(from);
  else giveUpName(from, to);
  return true;
}

/**
 * Takes a file's old name away once it has its new one. Other programs save in that very instant: so the name is not
 * unlinked, which would take a new version with it, but what stands there is moved out of the way and looked at.
 */
function giveUpName(from: LocalPath, to: LocalPath): void {
  const aside = localPath(join(dirname(from), ownName('old', randomBytes(8).toString('hex'))));
  renameSync(from, aside);
  if (lstatSync(aside, { bigint: true }).ino === lstatSync(to, { bigint: true }).ino) unlinkSync(aside);
  else moveExclusive(aside, from);
}

/**
 * Puts a file in the place of another, which is at `displaced` afterwards. For some microseconds nothing stands there: a
 * rename over it would leave none, but would take a version with it that another program saves in them.
 */
export function replace(temporary: LocalPath, target: LocalPath, displaced: LocalPath): Renamed {
  const source = lstatSync(temporary, { bigint: true });
  takeMode(temporary, lstatSync(target).mode);
  renameSync(target, displaced);
  const { after } = moveExclusive(temporary, target);
  return { before: entryOf(source), after };
}

/** A new version is for the same people as the one before; some disks know no such thing. */
function takeMode(path: LocalPath, mode: number): void {
  try {
    chmodSync(path, mode & 0o777);
  } catch (error) {
    if (!isUnsupported(error)) throw error;
  }
}

/** What a disk without second names answers; exFAT on Windows: that the file is a folder. */
const unsupported = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES', 'EISDIR']);

function isUnsupported(error: unknown): boolean {
  return unsupported.has(errnoOf(error) ?? '');
}
