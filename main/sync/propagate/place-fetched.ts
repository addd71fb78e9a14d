import { hashFile } from '../discover/hash.ts';
import type { Pending } from '../journal/pending.ts';
import { type Checksum, isSameLook, type LocalFile } from '../model/entries.ts';
import { LocalFailure } from '../model/failures.ts';
import type { Renamed } from '../ports/file-system.ts';
import type { RunContext } from './context.ts';
import type { Fetched } from './fetch.ts';
import { replaceVersion, type Standing, setAside } from './set-aside.ts';

/** What the plan believed to stand at the target: a look at it, and the content that was last in sync there. */
export interface Expected {
  readonly look: LocalFile;
  readonly checksum: Checksum;
  /** What the journal is to say when the new version took its place. */
  readonly becomes: Pending;
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
  expected: Expected | undefined,
  context: RunContext,
): Promise<LocalFile> {
  const { fileSystem } = context;
  const standing = await fileSystem.look(target.at);
  if (standing !== undefined && standing.kind !== 'file') throw new LocalFailure('exists');
  if (standing === undefined) {
    return asPlaced(fetched.local, await fileSystem.moveExclusive(fetched.temporary, target.at));
  }
  if (expected !== undefined && (await isReplaceable(standing, target, expected, context))) {
    return asPlaced(
      fetched.local,
      await replaceVersion(fetched.temporary, target, { ...expected, look: standing }, context),
    );
  }
  if ((await hashFile(fileSystem, target.at, standing, context.signal)) === fetched.checksum) {
    await fileSystem.remove(fetched.temporary);
    return standing;
  }
  await setAside(target, context);
  return asPlaced(fetched.local, await fileSystem.moveExclusive(fetched.temporary, target.at));
}

async function isReplaceable(
  standing: LocalFile,
  target: Standing,
  expected: Expected,
  context: RunContext,
): Promise<boolean> {
  if (isSameLook(standing, expected.look)) return true;
  return (await hashFile(context.fileSystem, target.at, standing, context.signal)) === expected.checksum;
}

/** With the change time that the rename gave it; unknown when someone wrote to it before. */
export function asPlaced(written: LocalFile, { before, after }: Renamed): LocalFile {
  const isOurs = isSameLook(before, written) && after.kind === 'file' && after.inode === written.inode;
  return { ...written, changed: isOurs ? after.changed : 0n };
}
