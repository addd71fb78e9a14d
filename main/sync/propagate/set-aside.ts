import { hashFile } from '../discover/hash.ts';
import { ownName } from '../discover/own-names.ts';
import { saveConflict } from '../journal/conflicts.ts';
import { type Pending, savePending } from '../journal/pending.ts';
import { type Displaced, forgetDisplaced, saveDisplaced } from '../journal/transfers.ts';
import type { Checksum, LocalEntry, LocalFile } from '../model/entries.ts';
import {
  joinSync,
  type LocalPath,
  localName,
  type NameKey,
  nameKey,
  type SyncPath,
  splitSync,
} from '../model/paths.ts';
import type { Renamed } from '../ports/file-system.ts';
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
  const { fileSystem, clock, labelFor, journal, reporter } = context;
  const label = await labelFor(path);
  const now = clock.now();
  const { entries } = await fileSystem.list(folder);
  const taken = new Set<NameKey>(entries.map(({ name }) => nameKey(name)));
  const { parent, name } = splitSync(path);
  const free = conflictName(name, label, now, (candidate) => taken.has(candidate));
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
  expected: { readonly look: LocalFile; readonly checksum: Checksum; readonly becomes: Pending },
  context: RunContext,
): Promise<Renamed> {
  const { fileSystem, journal, random } = context;
  const kept = fileSystem.join(target.folder, ownName('old', random.hex(8)));
  const { inode, size, modified } = expected.look;
  const displaced = {
    ...target,
    at: kept,
    target: target.at,
    inode,
    size,
    modified,
    checksum: expected.checksum,
  };
  saveDisplaced(journal, displaced);
  savePending(journal, expected.becomes);
  const renamed = await fileSystem.replace(temporary, target.at, kept);
  await settleDisplaced(displaced, context);
  return renamed;
}

/** Drops a displaced version that holds what was in sync; keeps any other as a conflict copy. */
export async function settleDisplaced(displaced: Displaced, context: RunContext): Promise<void> {
  const { fileSystem, journal } = context;
  const found = await fileSystem.look(displaced.at);
  if (found !== undefined) {
    if (await isExpected(found, displaced, context)) await fileSystem.remove(displaced.at);
    else await setAside(displaced, context);
  }
  forgetDisplaced(journal, displaced.at);
}

/** By its content: a file written to in the last instant may keep all that a look can see. */
async function isExpected(found: LocalEntry, displaced: Displaced, context: RunContext): Promise<boolean> {
  if (found.kind !== 'file' || found.inode !== displaced.inode) return false;
  if (found.size !== displaced.size || found.modified !== displaced.modified) return false;
  return (await hashFile(context.fileSystem, displaced.at, found, context.signal)) === displaced.checksum;
}
