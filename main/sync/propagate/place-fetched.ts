import { hashFile } from '../discover/hash.ts';
import { type Pending, savePending } from '../journal/pending.ts';
import { type Checksum, isSameLook, type LocalFile } from '../model/entries.ts';
import { LocalFailure } from '../model/failures.ts';
import type { Renamed } from '../ports/file-system.ts';
import { goalPath, type MergeNode } from '../reconcile/merge-node.ts';
import { fileInSync } from './commit.ts';
import type { RunContext } from './context.ts';
import type { Fetched } from './fetch.ts';
import { localFolderOf, localPathOf } from './paths.ts';
import { replaceVersion, type Standing, setAside } from './set-aside.ts';

/** What the plan believed to stand at the target: a look at it, and the content that was last in sync there. */
export interface Expected {
  readonly look: LocalFile;
  readonly checksum: Checksum;
}

/**
 * Puts a fetched version where it belongs, at the path of its node. The target is looked at once more: what stands
 * there and is not what the plan believed was written by someone meanwhile, and becomes a conflict copy.
 *
 * @returns the file as the journal should remember it
 */
export async function placeFetched(
  node: MergeNode,
  fetched: Fetched,
  expected: Expected | undefined,
  context: RunContext,
): Promise<LocalFile> {
  const { fileSystem } = context;
  const at = localPathOf(node, context);
  const target = { at, folder: localFolderOf(node, context), path: goalPath(node) };
  const standing = await fileSystem.look(at);
  if (standing !== undefined && standing.kind !== 'file') throw new LocalFailure('exists');
  const becomes: Pending = {
    path: target.path,
    to: { side: 'local', path: at },
    row: node.row?.row,
    file: fileInSync(node, { ...fetched, local: { ...fetched.local, changed: 0n } }, context),
  };
  if (standing === undefined) return moveInto(fetched, becomes, target, context);
  if (expected !== undefined && (await isReplaceable(standing, target, expected, context))) {
    const { checksum } = expected;
    const replacing = { look: standing, checksum, becomes };
    return asPlaced(fetched.local, await replaceVersion(fetched.temporary, target, replacing, context));
  }
  if ((await hashFile(fileSystem, at, standing, context.signal)) === fetched.checksum) {
    await fileSystem.remove(fetched.temporary);
    return standing;
  }
  await setAside(target, context);
  return moveInto(fetched, becomes, target, context);
}

/** Gives a version its name, which is free; that it was about to is noted first. */
async function moveInto(
  { temporary, local }: Fetched,
  becomes: Pending,
  { at }: Standing,
  { fileSystem, journal }: RunContext,
): Promise<LocalFile> {
  savePending(journal, becomes);
  return asPlaced(local, await fileSystem.moveExclusive(temporary, at));
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
