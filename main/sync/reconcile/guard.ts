import type { GuardLimits } from '../api.ts';
import type { RowId, SyncedFolder } from '../model/entries.ts';
import type { SyncPath } from '../model/paths.ts';
import type { MergeNodes } from './build.ts';
import { goalPath, seenLocal } from './merge-node.ts';

/** What a plan would delete. Counts are of files; folders alone are no loss. */
export interface Deletions {
  readonly local: readonly SyncPath[];
  readonly remote: readonly SyncPath[];
  /** How many of them were in a folder in whose place another one stands now, empty of all that was in it. */
  readonly fromReplaced: number;
}

/** The files that a plan would delete on each side. */
export function deletionsOf(merge: MergeNodes): Deletions {
  const replaced = new ReplacedFolders(merge);
  const local: SyncPath[] = [];
  const remote: SyncPath[] = [];
  const rows: RowId[] = [];
  for (const node of merge.nodes) {
    if (node.stays || node.kind !== 'file') continue;
    if (node.fate === 'removeLocal') local.push(goalPath(node));
    if (node.fate === 'removeRemote') remote.push(goalPath(node));
    const goes = node.fate === 'removeLocal' || node.fate === 'removeRemote';
    if (goes && node.row !== undefined) rows.push(node.row.row);
  }
  return { local, remote, fromReplaced: replaced.count(rows) };
}

/**
 * Folders here that are known by name but are not the ones that were in sync: made anew by someone, or what
 * shows when the disk that was mounted there is gone. Only when nothing of the old one is left is that a doubt.
 */
class ReplacedFolders {
  readonly #merge: MergeNodes;
  readonly #known = new Map<RowId, boolean>();

  constructor(merge: MergeNodes) {
    this.#merge = merge;
  }

  /** How many of these rows lie below such a folder. */
  count(rows: readonly RowId[]): number {
    return rows.filter((row) => this.#isBelow(row)).length;
  }

  #isBelow(row: RowId): boolean {
    const { synced } = this.#merge;
    for (let node = synced.get(row); node !== undefined && node.row !== node.parent; ) {
      if (node.kind === 'folder' && this.#isReplaced(node)) return true;
      node = synced.get(node.parent);
    }
    return false;
  }

  #isReplaced(folder: SyncedFolder): boolean {
    const known = this.#known.get(folder.row);
    if (known !== undefined) return known;
    const seen = seenLocal(this.#merge.ofRow(folder));
    const isAnother = seen?.entry.kind === 'folder' && seen.entry.inode !== folder.inode;
    const isEmptied = isAnother && ![...seen.children.values()].some((child) => child.claimed !== undefined);
    this.#known.set(folder.row, isEmptied);
    return isEmptied;
  }
}

/** Whether that many deletions want a person's word first, and why. */
export function guardReason(
  deletions: Deletions,
  syncedFiles: number,
  limits: GuardLimits,
): 'manyDeletions' | 'emptied' | undefined {
  const most = Math.max(deletions.local.length, deletions.remote.length);
  if (most >= limits.emptiedFrom && most === syncedFiles) return 'emptied';
  if (deletions.fromReplaced >= limits.emptiedFrom) return 'emptied';
  const all = deletions.local.length + deletions.remote.length;
  const isLargeShare = all >= limits.shareFrom && all > syncedFiles * limits.share;
  return all >= limits.files || isLargeShare ? 'manyDeletions' : undefined;
}

/** Whether a person confirmed all of these deletions: a confirmation holds for that set and smaller ones. */
export function isCoveredBy(deletions: Deletions, confirmed: Deletions | undefined): boolean {
  if (confirmed === undefined) return false;
  const local = new Set(confirmed.local);
  const remote = new Set(confirmed.remote);
  return (
    deletions.local.every((path) => local.has(path)) && deletions.remote.every((path) => remote.has(path))
  );
}
