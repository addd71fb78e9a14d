import type { RowId, SyncedFile } from '../model/entries.ts';
import { knownSyncPath, type RemotePath, remotePath, type SyncPath } from '../model/paths.ts';
import type { Journal } from './journal.ts';
import { BadRow, fromRow, integer, nodeColumns, text, toValues } from './node-rows.ts';

/** An upload that was begun and of whose end nothing is known. */
export interface PendingUpload {
  readonly path: SyncPath;
  readonly remotePath: RemotePath;
  /** The row that it is a new version of; nothing for a new file. */
  readonly row: RowId | undefined;
  /** What the journal is to say once the server has it; what only the server knows is left open. */
  readonly file: Omit<SyncedFile, 'row'>;
}

/** Takes note that an upload is about to begin. */
export function savePending(journal: Journal, { path, remotePath: to, row, file }: PendingUpload): void {
  const values = [path, to, row === undefined ? 1 : 0, ...toValues({ ...file, row: row ?? 0 })];
  journal.run(
    `INSERT OR REPLACE INTO pending (path, remote_path, is_new, ${nodeColumns})` +
      ` VALUES (${values.map(() => '?').join(', ')})`,
    ...values,
  );
}

/** Its end is known. */
export function forgetPending(journal: Journal, path: SyncPath): void {
  journal.run('DELETE FROM pending WHERE path = ?', path);
}

/** All of whose end nothing is known. */
export function allPending(journal: Journal): readonly PendingUpload[] {
  return journal.all('SELECT * FROM pending').map((columns) => {
    const { row, ...file } = fromRow(columns);
    if (file.kind !== 'file') throw new BadRow('kind');
    return {
      path: knownSyncPath(text(columns, 'path')),
      remotePath: remotePath(text(columns, 'remote_path').split('/')),
      row: integer(columns, 'is_new') === 1 ? undefined : row,
      file,
    };
  });
}
