import { knownSyncPath, type SyncPath } from '../model/paths.ts';
import type { Journal } from './journal.ts';
import { text } from './node-rows.ts';

/** What people were told is left out, so that they are not told again. */
export function allLeftOut(journal: Journal): readonly SyncPath[] {
  return journal.all('SELECT path FROM left_out').map((row) => knownSyncPath(text(row, 'path')));
}

export function saveLeftOut(journal: Journal, path: SyncPath): void {
  journal.run('INSERT OR IGNORE INTO left_out (path) VALUES (?)', path);
}

export function forgetLeftOut(journal: Journal, path: SyncPath): void {
  journal.run('DELETE FROM left_out WHERE path = ?', path);
}
