import { ownName } from '../discover/own-names.ts';
import { saveConflict } from '../journal/problems.ts';
import { type Displaced, forgetDisplaced, saveDisplaced } from '../journal/transfers.ts';
import type { LocalFile } from '../model/entries.ts';
import {
  joinSync,
  type LocalPath,
  localName,
  type NameKey,
  nameKey,
  type SyncPath,
  splitSync,
} from '../model/paths.ts';
import { conflictName } from '../reconcile/conflict-name.ts';
import type { RunContext } from './context.ts';

/** A file of this disk that has to make room. */
export interface Standing {
  /** Where it is now. */
  readonly at: LocalPath;
  readonly folder: LocalPath;
  /** Its path in the pair, or the path that it had there. */
  readonly path: SyncPath;
}

/** Gives a local version a name of its own beside the server's, which it then has for good. */
export async function setAside({ at, folder, path }: Standing, context: RunContext): Promise<void> {
  const { fileSystem, clock, options, journal, reporter } = context;
  const now = clock.now();
  const { entries } = await fileSystem.list(folder);
  const taken = new Set<NameKey>(entries.map(({ name }) => nameKey(name)));
  const { parent, name } = splitSync(path);
  const free = conflictName(name, options.conflictLabel, now, (candidate) => taken.has(candidate));
  await fileSystem.moveExclusive(at, fileSystem.join(folder, localName(free)));
  const conflict = { path, copy: joinSync(parent, free), at: now };
  saveConflict(journal, conflict);
  reporter.conflict(conflict);
}

/**
 * Puts a finished temporary file in the place of the version `expected`. Whatever really stood there in that
 * instant is kept until it is known to be that version; if it is not, it becomes a conflict copy.
 */
export async function replaceVersion(
  temporary: LocalPath,
  target: Standing,
  expected: LocalFile,
  context: RunContext,
): Promise<void> {
  const { fileSystem, journal, random } = context;
  const kept = fileSystem.join(target.folder, ownName('old', random.hex(8)));
  const { inode, size, modified } = expected;
  const displaced = { ...target, at: kept, target: target.at, inode, size, modified };
  saveDisplaced(journal, displaced);
  await fileSystem.replace(temporary, target.at, kept);
  await settleDisplaced(displaced, context);
}

/** Drops a displaced version that was in sync; keeps any other as a conflict copy. */
export async function settleDisplaced(displaced: Displaced, context: RunContext): Promise<void> {
  const { fileSystem, journal } = context;
  const found = await fileSystem.look(displaced.at);
  const isExpected =
    found?.kind === 'file' &&
    found.inode === displaced.inode &&
    found.size === displaced.size &&
    found.modified === displaced.modified;
  if (isExpected) await fileSystem.remove(displaced.at);
  else if (found !== undefined) await setAside(displaced, context);
  forgetDisplaced(journal, displaced.at);
}
