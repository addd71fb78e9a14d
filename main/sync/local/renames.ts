import { chmodSync, linkSync, lstatSync, renameSync, unlinkSync } from 'node:fs';
import { LocalFailure } from '../model/failures.ts';
import type { LocalPath } from '../model/paths.ts';
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
  unlinkSync(from);
  return true;
}

/** Puts a file in the place of another, which is at `displaced` afterwards. */
export function replace(temporary: LocalPath, target: LocalPath, displaced: LocalPath): Renamed {
  const source = lstatSync(temporary, { bigint: true });
  takeMode(temporary, lstatSync(target).mode);
  if (!keepAs(target, displaced)) renameSync(target, displaced);
  renameSync(temporary, target);
  return { before: entryOf(source), after: entryOf(lstatSync(target, { bigint: true })) };
}

/** A new version is for the same people as the one before; some disks know no such thing. */
function takeMode(path: LocalPath, mode: number): void {
  try {
    chmodSync(path, mode & 0o777);
  } catch (error) {
    if (!isUnsupported(error)) throw error;
  }
}

/** Gives a file a second name; false on a disk that has no hard links. */
function keepAs(target: LocalPath, displaced: LocalPath): boolean {
  try {
    linkSync(target, displaced);
    return true;
  } catch (error) {
    if (isUnsupported(error)) return false;
    throw translate(error, 'write');
  }
}

function isUnsupported(error: unknown): boolean {
  return ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES'].includes(errnoOf(error) ?? '');
}
