import type { Conflict } from '../api.ts';
import { isWithin, type SyncPath } from '../model/paths.ts';
import type { Journal } from './journal.ts';
import { integer, text } from './node-rows.ts';

export function saveConflict(journal: Journal, conflict: Conflict): void {
  journal.run(
    'INSERT OR REPLACE INTO conflict (copy, path, at) VALUES (?, ?, ?)',
    conflict.copy,
    conflict.path,
    conflict.at,
  );
}

export function allConflicts(journal: Journal): Conflict[] {
  return journal
    .all('SELECT copy, path, at FROM conflict ORDER BY at, copy')
    .map((row) => ({ path: text(row, 'path'), copy: text(row, 'copy'), at: integer(row, 'at') }));
}

export function forgetConflict(journal: Journal, copy: string): void {
  journal.run('DELETE FROM conflict WHERE copy = ?', copy);
}

/** A folder was moved: the two versions below it are in their new place. */
export function carryConflicts(journal: Journal, from: SyncPath, to: SyncPath): void {
  if (from === to) return;
  const carried = (path: string): string => (isWithin(path, from) ? to + path.slice(from.length) : path);
  for (const { path, copy, at } of allConflicts(journal)) {
    if (!isWithin(copy, from) && !isWithin(path, from)) continue;
    forgetConflict(journal, copy);
    saveConflict(journal, { path: carried(path), copy: carried(copy), at });
  }
}
