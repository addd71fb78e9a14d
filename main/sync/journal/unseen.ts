import type { SyncedFolder, SyncedNode } from '../model/entries.ts';
import { knownSyncPath, type SyncPath } from '../model/paths.ts';
import type { Journal } from './journal.ts';
import { text } from './node-rows.ts';

/** A folder that is not wanted here and that the journal has no row for: not seen yet, or gone for now. */
export interface Unseen {
  readonly path: SyncPath;
  /** What the server called it when it was last seen; empty when it never was. */
  readonly remoteId: string;
}

/** Where a folder is; one whose place another one took is named by the name that it had. */
export function placeOf(folder: SyncedFolder, { synced }: Journal): SyncPath {
  return knownSyncPath(synced.path(folder).replaceAll(/\0\d+/g, ''));
}

export function saveUnseen(journal: Journal, { path, remoteId }: Unseen): void {
  journal.run('INSERT OR REPLACE INTO unseen (path, remote_id) VALUES (?, ?)', path, remoteId);
}

/** To be called before the row is forgotten: a folder that is not wanted here is not to come should it be seen again. */
export function rememberUnwanted(node: SyncedNode, journal: Journal): void {
  if (node.kind === 'folder' && node.choice !== 'here')
    saveUnseen(journal, { path: placeOf(node, journal), remoteId: node.remoteId });
}

export function forgetUnseen(journal: Journal, path: SyncPath): void {
  journal.run('DELETE FROM unseen WHERE path = ?', path);
}

export function allUnseen(journal: Journal): readonly Unseen[] {
  return journal
    .all('SELECT path, remote_id FROM unseen ORDER BY path')
    .map((row) => ({ path: knownSyncPath(text(row, 'path')), remoteId: text(row, 'remote_id') }));
}
