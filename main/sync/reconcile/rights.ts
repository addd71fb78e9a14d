import { actual, isPlace, type MergeNode, seenRemote } from './merge-node.ts';

/**
 * The letters by which Nextcloud says what one may do with an entry (facts/nextcloud.md, "Addresses and
 * properties"). A server that says nothing is asked by trying.
 */
const letters = { write: 'W', remove: 'D', rename: 'N', move: 'V', takeFile: 'C', takeFolder: 'K' } as const;

/**
 * What was done here to an entry of somebody else that may only be read: the server's version takes its name again,
 * what was written here is set aside, what was removed or moved comes back.
 */
export function obeyRights(node: MergeNode): void {
  if (node.row === undefined || seesNothing(node)) return;
  if (node.fate === 'upload' && node.remoteAt !== undefined && !may(node, 'write')) {
    node.fate = 'resolve';
    node.isRestored = true;
  }
  if (node.fate === 'removeRemote' && !may(node, 'remove')) {
    node.fate = node.kind === 'file' ? 'download' : 'create';
    node.isRestored = true;
  }
}

/**
 * What was moved here and may not be moved there is moved back. To be asked before what follows from where folders shall
 * be: what is in one that comes back does not leave with the folder that it was moved into.
 */
export function moveBack(node: MergeNode): void {
  if (node.row === undefined || seesNothing(node)) return;
  if (isToMoveThere(node) && !mayMove(node)) {
    node.goal = node.remoteAt;
    node.isRestored = true;
  }
}

function seesNothing(node: MergeNode): boolean {
  return node.remote.kind === 'unknown' || node.local.kind === 'unknown';
}

/** Whether the server is to follow a move here. */
function isToMoveThere({ goal, localAt, remoteAt }: MergeNode): boolean {
  return remoteAt !== undefined && isPlace(goal, localAt) && !isPlace(goal, remoteAt);
}

function mayMove(node: MergeNode): boolean {
  const isRename = node.localAt?.parent === node.remoteAt?.parent;
  return isRename ? may(node, 'rename') : may(node, 'move') && mayArrive(node);
}

/** Whether the folder that it was moved into takes it; one that was only made here takes it if it may be made there. */
function mayArrive({ kind, localAt }: MergeNode): boolean {
  let what: keyof typeof letters = kind === 'file' ? 'takeFile' : 'takeFolder';
  for (let place = localAt; place !== undefined; place = actual(place.parent).localAt) {
    const folder = actual(place.parent);
    if (folder.row !== undefined || seenRemote(folder) !== undefined) return may(folder, what);
    what = 'takeFolder';
  }
  return true;
}

function may(node: MergeNode, what: keyof typeof letters): boolean {
  const permissions = seenRemote(node)?.entry.permissions ?? node.row?.permissions ?? '';
  return permissions === '' || permissions.includes(letters[what]);
}
