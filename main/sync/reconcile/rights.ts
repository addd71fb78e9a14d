import type { MergeNodes } from './build.ts';
import { isPlace, type MergeNode, seenRemote } from './merge-node.ts';

/**
 * The letters by which Nextcloud says what one may do with an entry (facts/nextcloud.md, "Addresses and
 * properties"). A server that says nothing is asked by trying.
 */
const letters = { write: 'W', remove: 'D', rename: 'N', move: 'V' } as const;

/**
 * What was done here to an entry of somebody else that may only be read: the server's version takes its name again,
 * what was written here is set aside, what was removed or moved comes back.
 */
export function obeyRights(node: MergeNode, merge: MergeNodes): void {
  if (node.row === undefined || seesNothing(node)) return;
  if (node.fate === 'upload' && node.remoteAt !== undefined && !may(node, 'write')) {
    node.fate = 'resolve';
    node.isRestored = true;
  }
  if (node.fate === 'removeRemote' && !may(node, 'remove')) {
    node.fate = node.kind === 'file' ? 'download' : 'create';
    node.isRestored = true;
  }
  if (isMovedHereAlone(node, merge) && !mayMove(node)) {
    node.goal = node.remoteAt;
    node.isRestored = true;
  }
}

function seesNothing(node: MergeNode): boolean {
  return node.remote.kind === 'unknown' || node.local.kind === 'unknown';
}

function isMovedHereAlone({ row, localAt, remoteAt }: MergeNode, merge: MergeNodes): boolean {
  const before = row === undefined ? undefined : merge.placeOfRow(row);
  return localAt !== undefined && isPlace(remoteAt, before) && !isPlace(localAt, before);
}

function mayMove(node: MergeNode): boolean {
  const isRename = node.localAt?.parent === node.remoteAt?.parent;
  return may(node, isRename ? 'rename' : 'move');
}

function may(node: MergeNode, what: keyof typeof letters): boolean {
  const permissions = seenRemote(node)?.entry.permissions ?? node.row?.permissions ?? '';
  return permissions === '' || permissions.includes(letters[what]);
}
