import { allConflicts, forgetConflict } from '../journal/conflicts.ts';
import { LocalFailure } from '../model/failures.ts';
import {
  isWithin,
  knownSyncPath,
  type LocalPath,
  localName,
  nameKey,
  rootPath,
  type SyncPath,
  splitSync,
} from '../model/paths.ts';
import type { RunContext } from '../propagate/context.ts';
import type { ProblemBook } from './problem-book.ts';

type Place = Pick<RunContext, 'fileSystem' | 'journal' | 'root'>;

/**
 * Forgets conflicts that a person settled by hand: this computer's version has another name now or is gone, or the
 * other one is. To be called when nothing is left to be done: before, a version may only be on its way.
 *
 * @param unsure paths about which nothing can be concluded now: of what is there, or in there, no conflict is settled
 */
export async function forgetSettledConflicts(
  place: Place,
  problems: ProblemBook,
  unsure: readonly SyncPath[],
): Promise<void> {
  const isSure = (path: string): boolean => !unsure.some((above) => isWithin(path, above));
  const conflicts = allConflicts(place.journal).filter(({ path, copy }) => isSure(path) && isSure(copy));
  if (conflicts.length === 0) return;
  const waiting = new Set(problems.all().map(({ path }) => path));
  for (const { path, copy } of conflicts) {
    const isOpen =
      (await mayStand(knownSyncPath(copy), place)) &&
      (waiting.has(path) || (await mayStand(knownSyncPath(path), place)));
    if (!isOpen) forgetConflict(place.journal, copy);
  }
}

/** Whether something stands there; what the disk does not tell counts as standing. */
async function mayStand(path: SyncPath, { fileSystem, journal, root }: Place): Promise<boolean> {
  try {
    return (await fileSystem.look(spelledHere(path, { fileSystem, journal, root }))) !== undefined;
  } catch (error) {
    if (error instanceof LocalFailure) return true;
    throw error;
  }
}

/** A path as this disk spells it, where it is known to. */
function spelledHere(path: SyncPath, place: Place): LocalPath {
  if (path === rootPath) return place.root;
  const { parent, name } = splitSync(path);
  const known = place.journal.synced.find(path)?.localName;
  return place.fileSystem.join(spelledHere(parent, place), known ?? localName(nameKey(name)));
}
