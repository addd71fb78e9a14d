import type { GuardLimits } from '../api.ts';
import type { RowId } from '../model/entries.ts';
import type { SyncPath } from '../model/paths.ts';
import type { MergeNodes } from './build.ts';
import { goalPath } from './merge-node.ts';

/** What a plan would delete. Counts are of files; folders alone are no loss. */
export interface Deletions {
  readonly local: readonly SyncPath[];
  readonly remote: readonly SyncPath[];
  /** Their rows in the journal. */
  readonly rows: readonly RowId[];
}

/** The files that a plan would delete on each side. */
export function deletionsOf(merge: MergeNodes): Deletions {
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
  return { local, remote, rows };
}

/** Whether that many deletions want a person's word first, and why. */
export function guardReason(
  deletions: Deletions,
  syncedFiles: number,
  limits: GuardLimits,
): 'manyDeletions' | 'emptied' | undefined {
  const most = Math.max(deletions.local.length, deletions.remote.length);
  if (most >= limits.emptiedFrom && most === syncedFiles) return 'emptied';
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
