import { hashFile } from '../discover/hash.ts';
import { ownName } from '../discover/own-names.ts';
import { saveConflict } from '../journal/conflicts.ts';
import { type Pending, savePending } from '../journal/pending.ts';
import { type Displaced, forgetDisplaced, saveDisplaced } from '../journal/transfers.ts';
import type { Checksum, LocalEntry, LocalFile } from '../model/entries.ts';
import { LocalFailure } from '../model/failures.ts';
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

/** Smaller ones are settled together at the end of a pass: to see who has files open takes some ms, for one or many. */
const settledAtOnce = 256 * 1024;

/**
 * Puts a finished temporary file in the place of the version `expected`. Whatever really stood there in that
 * instant is kept until it is settled: at once when it is large, else by `settleDisplaced`.
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
  await settleSoon(displaced, context);
  return renamed;
}

/** Settles a version that has lost its place for good: at once when it is large, else at the end of the pass. */
export async function settleSoon(displaced: Displaced, context: RunContext): Promise<void> {
  const replaced = { ...displaced, target: undefined };
  saveDisplaced(context.journal, replaced);
  if (displaced.size >= settledAtOnce) await settleDisplaced([replaced], context);
}

/** A displaced version that can't be settled now, and why; it is left for the next time. */
export interface Unsettled {
  readonly path: SyncPath;
  readonly failure: LocalFailure;
}

/**
 * Drops displaced versions that hold what was in sync; keeps any other as a conflict copy. One that a program still has
 * open for writing waits: what it writes from now on goes there, and nowhere else. Nobody can open it anew, its name
 * being gone, so that once it is closed what it holds is final.
 */
export async function settleDisplaced(
  these: readonly Displaced[],
  context: RunContext,
): Promise<readonly Unsettled[]> {
  const unsettled: Unsettled[] = [];
  const open = await context.fileSystem.openForWriting(these.map(({ at }) => at));
  for (const displaced of these) {
    if (open.has(displaced.at)) continue;
    try {
      await settle(displaced, context);
    } catch (failure) {
      if (!(failure instanceof LocalFailure)) throw failure;
      unsettled.push({ path: displaced.path, failure });
    }
  }
  return unsettled;
}

async function settle(displaced: Displaced, context: RunContext): Promise<void> {
  const { fileSystem, journal } = context;
  const found = await fileSystem.look(displaced.at);
  // Somebody may have moved its folder: the next look at the disk finds it, or says that it is gone.
  if (found === undefined) return;
  if (await isExpected(found, displaced, context)) await fileSystem.remove(displaced.at);
  else await setAside(displaced, context);
  forgetDisplaced(journal, displaced.at);
}

/** Whether it is the version that was to be displaced. By its content: a file written to in the last instant may keep all that a look can see. */
async function isExpected(found: LocalEntry, displaced: Displaced, context: RunContext): Promise<boolean> {
  // Neither its inode nor its times are asked for: on drives of the network a new name may change them.
  const { at, size, checksum } = displaced;
  if (checksum === undefined || found.kind !== 'file' || found.size !== size) return false;
  return (await hashFile(context.fileSystem, at, found, context.signal)) === checksum;
}
