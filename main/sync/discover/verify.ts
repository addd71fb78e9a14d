import { isUntouched, type LocalEntry, type LocalFile, type SyncedFile } from '../model/entries.ts';
import { LocalFailure } from '../model/failures.ts';
import { eachObserved, type ObservedLocal, observedPath } from '../model/observed-tree.ts';
import { type LocalPath, localName, type SyncPath } from '../model/paths.ts';
import type { Claims } from '../reconcile/claims.ts';
import type { Finding } from './finding.ts';
import { hashFile } from './hash.ts';
import type { LeftOut } from './left-out.ts';
import type { LocalDiscovery } from './local.ts';

/**
 * Finds out which files really changed. A file whose stamp is as recorded is not read. One of the same length
 * with another stamp is read: a touched file is no change, and one written within the same tick is. A file
 * that looks like a moved one must have the same content. Files too young to be trusted are held, and those too large,
 * but for a version that is on both sides already.
 *
 * @returns those too young
 */
export async function verifyFiles(
  root: ObservedLocal,
  claims: Claims<LocalEntry>,
  task: LocalDiscovery,
  { findings, leftOut }: { readonly findings: Finding[]; readonly leftOut: LeftOut[] },
): Promise<readonly SyncPath[]> {
  const young: SyncPath[] = [];
  const moved = new Set(claims.movedFiles());
  for (const node of moved) {
    const known = task.synced.byInode(node.entry.kind === 'file' ? node.entry.inode : '');
    const isIt = known?.kind === 'file' ? await hasContent(node, known, task, findings) : false;
    if (isIt === false) claims.refuseMove(node);
    if (isIt !== undefined || known === undefined) continue;
    claims.doubtMove(node, known);
    if (node.held === undefined) young.push(observedPath(node));
    node.held ??= 'changing';
  }
  claims.settleFiles();
  for (const node of eachObserved(root)) {
    const { entry, claimed } = node;
    if (entry.kind !== 'file' || node.held !== undefined) continue;
    if (node.isStray && claimed === undefined) continue;
    if (claimed?.kind === 'file' && (isUntouched(entry, claimed) || isKnownMove(node, claimed, moved)))
      continue;
    if (isYoung(entry, task)) {
      node.held = 'changing';
      young.push(observedPath(node));
    } else if (claimed?.kind === 'file') {
      await compare(node, claimed, task, findings);
    }
    if (entry.size <= task.maxFileSize || node.held !== undefined || (claimed && !node.changed)) continue;
    node.held = 'overLimit';
    leftOut.push({ path: observedPath(node), code: 'leftOutTooLarge' });
    const known = task.synced.byInode(entry.inode);
    // Perhaps it grew and was renamed: what it was is not removed on the server while what it is stays here.
    if (claimed === undefined && known?.kind === 'file') claims.doubtMove(node, known);
  }
  return young;
}

/** Moved, and read already: its content is what was in sync. */
function isKnownMove(node: ObservedLocal, claimed: SyncedFile, moved: ReadonlySet<ObservedLocal>): boolean {
  return moved.has(node) && node.entry.kind === 'file' && claimed.inode === node.entry.inode;
}

async function compare(
  node: ObservedLocal,
  claimed: SyncedFile,
  task: LocalDiscovery,
  findings: Finding[],
): Promise<void> {
  const isSame = await hasContent(node, claimed, task, findings);
  if (isSame === undefined) node.held ??= 'changing';
  node.changed = isSame === false;
}

/** Whether a file holds what was last in sync; nothing when that can't be told now. */
async function hasContent(
  node: ObservedLocal,
  known: SyncedFile,
  task: LocalDiscovery,
  findings: Finding[],
): Promise<boolean | undefined> {
  if (node.entry.kind !== 'file') return undefined;
  if (node.entry.size !== known.size) return false;
  try {
    const checksum = await hashFile(task.fileSystem, localPathOf(node, task), node.entry, task.signal);
    return checksum === undefined ? undefined : checksum === known.checksum;
  } catch (error) {
    if (!(error instanceof LocalFailure)) throw error;
    node.held = error.code === 'inUse' ? 'fileInUse' : 'localUnreadable';
    findings.push({ path: observedPath(node), code: node.held, action: 'scan', data: error.data });
    return undefined;
  }
}

/** Where something that was seen stands, in the disk's own spelling. */
export function localPathOf(node: ObservedLocal, task: LocalDiscovery): LocalPath {
  if (node.parent === undefined) return task.root;
  return task.fileSystem.join(localPathOf(node.parent, task), localName(node.spelled));
}

function isYoung(entry: LocalFile, task: LocalDiscovery): boolean {
  const age = task.now - Number(entry.modified / 1_000_000n);
  return Math.abs(age) < task.quietMs;
}
