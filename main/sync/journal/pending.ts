import type { RowId, SyncedFile } from '../model/entries.ts';
import {
  knownSyncPath,
  type LocalPath,
  localPath,
  type RemotePath,
  remotePath,
  type SyncPath,
} from '../model/paths.ts';
import type { Journal } from './journal.ts';
import { BadRow, fromRow, integer, nodeColumns, text, toValues } from './node-rows.ts';

/** A new version that was about to take its place, and of whose end nothing is known. */
export interface Pending {
  readonly path: SyncPath;
  readonly to:
    | { readonly side: 'remote'; readonly path: RemotePath }
    | { readonly side: 'local'; readonly path: LocalPath };
  /** The row that it is a new version of; nothing for a new file. */
  readonly row: RowId | undefined;
  /**
   * What the journal is to say once it is there; what only the server knows of an upload is left open, and so is the
   * inode (empty) of what is not on this disk yet.
   */
  readonly file: Omit<SyncedFile, 'row'>;
}

/**
 * Takes note of what is about to happen, all at once. A new version of a file is remembered through a power cut as
 * well: if it were not, what this engine did would look like somebody's edit afterwards.
 */
export function savePending(journal: Journal, ...pending: readonly Pending[]): void {
  const save = (): void => {
    for (const one of pending) insert(journal, one);
  };
  if (pending.some(({ row }) => row !== undefined)) journal.durably(save);
  else journal.transaction(save);
}

function insert(journal: Journal, { path, to, row, file }: Pending): void {
  const places = to.side === 'local' ? [to.path, ''] : ['', to.path];
  const values = [path, ...places, row === undefined ? 1 : 0, ...toValues({ ...file, row: row ?? 0 })];
  journal.run(
    `INSERT OR REPLACE INTO pending (path, local_path, remote_path, is_new, ${nodeColumns})` +
      ` VALUES (${values.map(() => '?').join(', ')})`,
    ...values,
  );
}

/** Its end is known. */
export function forgetPending(journal: Journal, path: SyncPath): void {
  journal.run('DELETE FROM pending WHERE path = ?', path);
}

/** All of whose end nothing is known. */
export function allPending(journal: Journal): readonly Pending[] {
  return journal.all('SELECT * FROM pending').map((columns) => {
    const { row, ...file } = fromRow(columns);
    if (file.kind !== 'file') throw new BadRow('kind');
    const local = text(columns, 'local_path');
    return {
      path: knownSyncPath(text(columns, 'path')),
      to:
        local === ''
          ? { side: 'remote', path: remotePath(text(columns, 'remote_path').split('/')) }
          : { side: 'local', path: localPath(local) },
      row: integer(columns, 'is_new') === 1 ? undefined : row,
      file,
    };
  });
}
