import { isAway, type LocalFile, type RemoteFile, type SyncedNode } from '../model/entries.ts';
import {
  actual,
  isNotHere,
  isPlace,
  type MergeNode,
  type Place,
  placeOn,
  type Side,
  seenLocal,
  seenRemote,
} from './merge-node.ts';
import type { PlanItem } from './plan-item.ts';

/** The items that bring one node to where and what it shall be, in order; none when it is there already. */
export function itemsFor(node: MergeNode): PlanItem[] | 'blocked' {
  if (node.goal === undefined) return [];
  if (isNotHere(node)) return needsTurnAway(node) ? [{ action: 'turnAway', node, needs: new Set() }] : [];
  const sides: Side[] = ['local', 'remote'];
  if (sides.some((side) => isBlocked(node, side) || isToMoveIntoItself(node, side))) return 'blocked';
  const moves = sides.flatMap((side) => moveItem(node, node.goal, side));
  const content = node.kind === 'file' ? fileItems(node) : folderItems(node);
  const items = [...moves, ...content];
  return items.length === 0 && needsNote(node) ? [{ action: 'adopt', node, needs: new Set() }] : items;
}

/** The version on this disk, from a look or, unlooked at, as it was last in sync. */
export function localFileOf(node: MergeNode): LocalFile | undefined {
  const seen = seenLocal(node)?.entry;
  if (seen?.kind === 'file') return seen;
  const { row } = node;
  if (node.local.kind !== 'implicit' || row?.kind !== 'file') return undefined;
  return { kind: 'file', inode: row.inode, size: row.size, modified: row.modified, changed: row.changed };
}

/** The version on the server, from a listing or, unlisted, as it was last in sync. */
export function remoteFileOf(node: MergeNode): RemoteFile | undefined {
  const seen = seenRemote(node)?.entry;
  if (seen?.kind === 'file') return seen;
  const { row } = node;
  if (node.remote.kind !== 'implicit' || row?.kind !== 'file') return undefined;
  const { etag, size, mtime, stated, permissions, racy } = row;
  return { kind: 'file', id: row.remoteId, etag, size, mtime, stated, permissions, racy };
}

/** Whether it would have to stand in a folder that is left alone and is missing on that side. */
function isBlocked(node: MergeNode, side: Side): boolean {
  const parent = node.goal === undefined ? undefined : actual(node.goal.parent);
  return parent !== undefined && !parent.stays && placeOn(parent, side) === undefined;
}

/** Whether it would have to move into a folder that is in it on that side, and that is left alone there or is in one that is. */
function isToMoveIntoItself(node: MergeNode, side: Side): boolean {
  if (node.kind !== 'folder' || moveItem(node, node.goal, side).length === 0) return false;
  const above = new Set<MergeNode>();
  for (let place = node.goal; place !== undefined; ) {
    const folder = actual(place.parent);
    if (folder === node) return true;
    if (above.has(folder)) return false;
    above.add(folder);
    place = folder.stays ? folder.goal : placeOn(folder, side);
  }
  return false;
}

function moveItem(node: MergeNode, to: Place | undefined, side: Side): PlanItem[] {
  const from = placeOn(node, side);
  if (to === undefined || from === undefined || isPlace(from, to)) return [];
  return [{ action: side === 'local' ? 'moveLocal' : 'moveRemote', node, to, needs: new Set() }];
}

function folderItems(node: MergeNode): PlanItem[] {
  const needs = new Set<PlanItem>();
  if (node.localAt === undefined) return [{ action: 'createLocal', node, needs }];
  if (node.remoteAt === undefined) return [{ action: 'createRemote', node, needs }];
  return [];
}

function fileItems(node: MergeNode): PlanItem[] {
  const local = localFileOf(node);
  const remote = remoteFileOf(node);
  const needs = new Set<PlanItem>();
  if (node.fate === 'download' && remote !== undefined) {
    return [{ action: 'download', node, remote, over: local, needs }];
  }
  if (node.fate === 'upload' && local !== undefined) {
    return [{ action: 'upload', node, local, over: remote, needs }];
  }
  if (node.fate === 'resolve' && remote !== undefined && local !== undefined) {
    return [{ action: 'resolve', node, remote, local, needs }];
  }
  return [];
}

/** Whether the journal's row says something else than what is now known. */
function needsNote(node: MergeNode): boolean {
  const { row } = node;
  if (node.localAt === undefined || node.remoteAt === undefined) return false;
  // All that the journal is still to know of what is left alone is where it is.
  if (node.isLeftAlone) return row !== undefined && !isRowPlace(node, row);
  return row === undefined || isStaleRemote(node, row) || isStaleLocal(node, row) || !isRowPlace(node, row);
}

function needsTurnAway(node: MergeNode): boolean {
  const { row } = node;
  return !isAway(row) || row === undefined || isStaleRemote(node, row) || !isRowPlace(node, row);
}

function isRowPlace(node: MergeNode, row: SyncedNode): boolean {
  const parent = node.goal === undefined ? undefined : actual(node.goal.parent).row;
  return parent?.row === row.parent && node.goal?.name === row.name;
}

function isStaleRemote(node: MergeNode, row: SyncedNode): boolean {
  const seen = seenRemote(node);
  if (seen === undefined) return false;
  const { entry } = seen;
  if (seen.spelled !== row.remoteName || entry.id !== row.remoteId) return true;
  if (entry.permissions !== row.permissions) return true;
  if (entry.kind !== 'file' || row.kind !== 'file') return false;
  return entry.etag !== row.etag || entry.stated !== row.stated || row.racy;
}

function isStaleLocal(node: MergeNode, row: SyncedNode): boolean {
  const seen = seenLocal(node);
  if (seen === undefined) return false;
  const { entry } = seen;
  if (seen.spelled !== row.localName) return true;
  if (entry.kind === 'folder' && row.kind === 'folder')
    return entry.inode !== row.inode || entry.born !== row.born;
  if (entry.kind !== 'file' || row.kind !== 'file') return false;
  return entry.inode !== row.inode || entry.modified !== row.modified || entry.changed !== row.changed;
}
