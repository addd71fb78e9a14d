import type { Finding } from '../discover/finding.ts';
import { hashFile } from '../discover/hash.ts';
import type { LocalFindings, OwnFile } from '../discover/local.ts';
import { isCopiedIn, ownPrefix } from '../discover/own-names.ts';
import type { Journal } from '../journal/journal.ts';
import { allPending, forgetPending, type Pending } from '../journal/pending.ts';
import {
  allDisplaced,
  allPartialDownloads,
  allPartialUploads,
  type Displaced,
  forgetDisplaced,
  forgetPartialDownload,
  forgetPartialUpload,
  ownFilesInUse,
  saveDisplaced,
} from '../journal/transfers.ts';
import { type Checksum, type RemoteEntry, type RemoteFile, states } from '../model/entries.ts';
import { LocalFailure, RemoteFailure, stopsRun } from '../model/failures.ts';
import {
  joinSync,
  type LocalPath,
  localName,
  nameKey,
  type RemotePath,
  type SyncPath,
  splitSync,
} from '../model/paths.ts';
import type { Remote } from '../ports/remote.ts';
import { largestInBulk } from '../propagate/bulk.ts';
import type { RunContext } from '../propagate/context.ts';
import { localProblem } from '../propagate/react.ts';
import { setAside, settleDisplaced } from '../propagate/set-aside.ts';
import { comesWhole } from '../propagate/small-files.ts';
import { ContentHash } from '../propagate/stated-checksum.ts';
import { abandonParts } from '../propagate/upload-parts.ts';
import { goalPath } from '../reconcile/merge-node.ts';
import type { PlanItem } from '../reconcile/plan-item.ts';
import { relistAbove } from './complete-folders.ts';
import { findOwn } from './find-own.ts';

/** What is copied in has its name so long after its last byte, ms; what is older was left by a crash, and its like is elsewhere. */
const copyTakes = 10 * 60_000;

/**
 * Ends what a crash, or a program that kept a replaced file open, left between taking a file's place and knowing what
 * was displaced. What the disk refuses now is told of and left for the next time.
 */
export async function recoverDisplaced(context: RunContext): Promise<readonly Finding[]> {
  const { fileSystem, journal } = context;
  const findings: Finding[] = [];
  const inPlace: Displaced[] = [];
  for (const displaced of allDisplaced(journal)) {
    const { target, at, path } = displaced;
    await orTell(path, findings, async () => {
      const isThere = target !== undefined && (await fileSystem.look(at)) !== undefined;
      const isTargetMissing = target !== undefined && (await fileSystem.look(target)) === undefined;
      if (isThere && isTargetMissing) await fileSystem.moveExclusive(at, target);
      inPlace.push(displaced);
    });
  }
  const unsettled = await settleDisplaced(inPlace, context);
  for (const { path, failure } of unsettled) findings.push(findingOf(path, failure));
  return findings;
}

/**
 * Takes note of new versions that took their place although the answer was lost, or this program before it took
 * note: else they would look like somebody's edits. On the server they are known by the checksum that was sent
 * with them, or by their content where none is stated of a small one; on this disk by being the very file that was
 * written, or by their content where that was not known before. What can't be looked at now is left for the next time.
 */
export async function recoverPending(context: RunContext): Promise<void> {
  const { journal } = context;
  for (const pending of allPending(journal)) {
    const file = await findPending(pending, context);
    if (file === 'unseen') continue;
    journal.transaction(() => {
      if (file !== undefined && isUsable(pending, journal)) {
        relistAbove(file.parent, journal);
        journal.put(file, pending.row);
      }
      forgetPending(journal, pending.path);
    });
  }
}

/** The file as it is in sync now, if it took its place. */
async function findPending(
  { to, file }: Pending,
  context: RunContext,
): Promise<Pending['file'] | 'unseen' | undefined> {
  if (to.side === 'local') return findHere(to.path, file, context);
  const { remote, signal } = context;
  const found = await lookIfPossible(remote, to.path, signal);
  if (found?.kind !== 'file' || found.size !== file.size) return undefined;
  const isOurs =
    states(found.stated, file.checksum) ||
    (found.stated === '' && (await checksumThere(found, to.path, remote, signal)) === file.checksum);
  if (!isOurs) return undefined;
  const { id: remoteId, etag, mtime, stated, permissions, racy } = found;
  return { ...file, remoteId, etag, mtime, stated, permissions, racy };
}

/** The file on this disk, if it is the one that was to be put there. */
async function findHere(
  at: LocalPath,
  file: Pending['file'],
  { fileSystem, signal }: RunContext,
): Promise<Pending['file'] | 'unseen' | undefined> {
  try {
    const found = await fileSystem.look(at);
    if (found?.kind !== 'file' || found.size !== file.size) return undefined;
    if (file.inode !== '')
      return found.inode === file.inode && found.modified === file.modified ? file : undefined;
    const { inode, modified } = found;
    return (await hashFile(fileSystem, at, found, signal)) === file.checksum
      ? { ...file, inode, modified }
      : undefined;
  } catch (error) {
    if (error instanceof LocalFailure) return 'unseen';
    throw error;
  }
}

/** What a small file on the server holds; nothing of a larger one, or when the server does not say. */
async function checksumThere(
  { size, etag }: RemoteFile,
  path: RemotePath,
  remote: Remote,
  signal: AbortSignal,
): Promise<Checksum | undefined> {
  if (size > largestInBulk) return undefined;
  try {
    const download = await remote.download({ path, etag, size, offset: 0, signal });
    try {
      const hash = new ContentHash('');
      for await (const chunk of download.body) hash.update(chunk);
      return hash.digest().checksum;
    } finally {
      await download.close();
    }
  } catch (error) {
    if (error instanceof RemoteFailure && !stopsRun(error)) return undefined;
    throw error;
  }
}

/** Whether the journal still has the folder and, of a new version, the file. */
function isUsable({ row, file }: Pending, { synced }: Journal): boolean {
  if (synced.get(file.parent)?.kind !== 'folder') return false;
  return row === undefined
    ? synced.child(file.parent, file.name) === undefined
    : synced.get(row)?.kind === 'file';
}

/** What the server has there; nothing when it does not say. */
async function lookIfPossible(
  remote: Remote,
  path: RemotePath,
  signal: AbortSignal,
): Promise<RemoteEntry | undefined> {
  try {
    return await remote.look(path, signal);
  } catch (error) {
    if (error instanceof RemoteFailure && !stopsRun(error)) return undefined;
    throw error;
  }
}

/**
 * Clears away what earlier runs left behind. Halves of downloads go, unless they will be gone on with. A
 * displaced version that no journal knows of may be someone's work: it gets a visible name. One that can't be
 * cleared away stops nothing.
 */
export async function clearOwnFiles(
  { own, complete }: Pick<LocalFindings, 'own' | 'complete'>,
  inUse: ReadonlySet<string>,
  context: RunContext,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const displaced of allDisplaced(context.journal)) {
    await orTell(displaced.path, findings, () => followDisplaced(displaced, own, complete, context));
  }
  const needed = ownFilesInUse(context.journal);
  for (const file of own) {
    if (needed.has(file.at) || inUse.has(file.at)) continue;
    const path = joinSync(file.folderPath, nameKey(file.name));
    await orTell(path, findings, () => clearOwnFile(file, context));
  }
  return findings;
}

/** A displaced version has a name of its own: where somebody moved a folder above it, it is known by that. */
async function followDisplaced(
  displaced: Displaced,
  own: readonly OwnFile[],
  isComplete: boolean,
  { fileSystem, journal, root }: RunContext,
): Promise<void> {
  if ((await fileSystem.look(displaced.at)) !== undefined) return;
  const name = localName(displaced.at.slice(displaced.at.lastIndexOf(ownPrefix)));
  const seen = own.find((file) => file.name === name);
  if (seen === undefined && !isComplete) return;
  const found = seen ?? (await findOwn(name, root, fileSystem));
  journal.transaction(() => {
    forgetDisplaced(journal, displaced.at);
    // Nobody knows whether the new one took its place: a visible name is the safe end.
    if (found === undefined || displaced.target !== undefined) return;
    const path = joinSync(found.folderPath, splitSync(displaced.path).name);
    saveDisplaced(journal, { ...displaced, at: found.at, folder: found.folder, target: undefined, path });
  });
}

async function clearOwnFile(file: OwnFile, context: RunContext): Promise<void> {
  if (isCopiedIn(file.name) && (await isYoung(file, context))) return;
  if (!file.name.startsWith(`${ownPrefix}old-`)) {
    await context.fileSystem.remove(file.at);
    return;
  }
  const path = joinSync(file.folderPath, nameKey(context.options.conflictLabel));
  await setAside({ at: file.at, folder: file.folder, path }, context);
  context.reporter.notice('recovered', path);
}

/** Whether it may still be written, or have been written a moment ago. */
async function isYoung({ at }: OwnFile, { fileSystem, clock }: RunContext): Promise<boolean> {
  const found = await fileSystem.look(at);
  if (found?.kind !== 'file') return false;
  return Math.abs(clock.now() - Number(found.changed / 1_000_000n)) < copyTakes;
}

/**
 * Gives up transfers that were begun and that no plan speaks of any more, and halves of another version than is to come,
 * or of one that is to come as a whole: that one may never get so far as to clear them away.
 *
 * @param waiting paths of which nothing is known now: what was begun there may still be wanted
 */
export async function dropStaleTransfers(
  transfers: readonly PlanItem[],
  waiting: ReadonlySet<SyncPath>,
  context: RunContext,
): Promise<void> {
  const { journal, fileSystem } = context;
  const coming = new Map(
    transfers.flatMap((item) =>
      'remote' in item && !(item.action === 'download' && comesWhole(item, context))
        ? [[goalPath(item.node), item.remote.etag] as const]
        : [],
    ),
  );
  for (const { path, temporary, etag } of allPartialDownloads(journal)) {
    if (waiting.has(path) || coming.get(path) === etag) continue;
    forgetPartialDownload(journal, path);
    if ((await fileSystem.look(temporary)) === undefined) continue;
    // What stays is no longer in use: the next look at the disk clears it away, or tells why it can't.
    await orTell(path, [], () => fileSystem.remove(temporary));
  }
  const going = new Set(transfers.map(({ node }) => goalPath(node)));
  for (const { path, id, remotePath } of allPartialUploads(journal)) {
    if (waiting.has(path) || going.has(path)) continue;
    await abandonParts({ id, path: remotePath }, context);
    forgetPartialUpload(journal, path);
  }
}

/** Does something to the disk; a refusal becomes a finding. */
async function orTell(path: SyncPath, findings: Finding[], act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof LocalFailure)) throw error;
    findings.push(findingOf(path, error));
  }
}

function findingOf(path: SyncPath, failure: LocalFailure): Finding {
  return { path, code: localProblem(failure), action: 'scan', data: failure.data };
}
