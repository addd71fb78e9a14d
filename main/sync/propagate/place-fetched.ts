import { hashFile } from '../discover/hash.ts';
import { type Checksum, isSameLook, type LocalEntry, type LocalFile } from '../model/entries.ts';
import { LocalFailure } from '../model/failures.ts';
import type { RunContext } from './context.ts';
import type { Fetched } from './fetch.ts';
import { replaceVersion, type Standing, setAside } from './set-aside.ts';

/** What the plan believed to stand at the target, and the checksum that was last in sync there, if any. */
export interface Expected {
  readonly file: LocalFile | undefined;
  readonly synced: Checksum | undefined;
}

/**
 * Puts a fetched version where it belongs. The target is looked at once more: what stands there and is not
 * what the plan believed was written by someone meanwhile, and becomes a conflict copy.
 *
 * @returns the file as the journal should remember it
 */
export async function placeFetched(
  fetched: Fetched,
  target: Standing,
  expected: Expected,
  context: RunContext,
): Promise<LocalFile> {
  const { fileSystem } = context;
  const standing = await fileSystem.look(target.at);
  if (standing !== undefined && standing.kind !== 'file') throw new LocalFailure('exists');
  if (standing === undefined) {
    await fileSystem.moveExclusive(fetched.temporary, target.at);
  } else if (await isReplaceable(standing, target, expected, context)) {
    await replaceVersion(fetched.temporary, target, standing, context);
  } else if ((await hashFile(fileSystem, target.at, standing, context.signal)) === fetched.checksum) {
    await fileSystem.remove(fetched.temporary);
    return standing;
  } else {
    await setAside(target, context);
    await fileSystem.moveExclusive(fetched.temporary, target.at);
  }
  return asPlaced(fetched.local, await fileSystem.look(target.at));
}

async function isReplaceable(
  standing: LocalFile,
  target: Standing,
  expected: Expected,
  context: RunContext,
): Promise<boolean> {
  if (expected.file !== undefined && isSameLook(standing, expected.file)) return true;
  if (expected.synced === undefined) return false;
  return (await hashFile(context.fileSystem, target.at, standing, context.signal)) === expected.synced;
}

/** With the change time that the rename gave it; unknown when someone wrote to it since. */
function asPlaced(written: LocalFile, found: LocalEntry | undefined): LocalFile {
  const isSame =
    found?.kind === 'file' &&
    found.inode === written.inode &&
    found.size === written.size &&
    found.modified === written.modified;
  return { ...written, changed: isSame ? found.changed : 0n };
}
