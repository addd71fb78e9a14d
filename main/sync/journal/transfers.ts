import { asChecksum, type Checksum } from '../model/entries.ts';
import {
  knownSyncPath,
  type LocalPath,
  localPath,
  type RemotePath,
  remotePath,
  type SyncPath,
} from '../model/paths.ts';
import type { Journal } from './journal.ts';
import { big, checksumOf, integer, text } from './node-rows.ts';

/** A download that stopped half-way: `safe` bytes of the version `etag` are in `temporary` for certain. */
export interface PartialDownload {
  readonly temporary: LocalPath;
  readonly etag: string;
  readonly safe: number;
}

export function partialDownload(journal: Journal, path: SyncPath): PartialDownload | undefined {
  const row = journal.get('SELECT temporary, etag, safe FROM download WHERE path = ?', path);
  if (row === undefined) return undefined;
  return {
    temporary: localPath(text(row, 'temporary')),
    etag: text(row, 'etag'),
    safe: integer(row, 'safe'),
  };
}

export function savePartialDownload(journal: Journal, path: SyncPath, download: PartialDownload): void {
  journal.run(
    'INSERT OR REPLACE INTO download (path, temporary, etag, safe) VALUES (?, ?, ?, ?)',
    path,
    download.temporary,
    download.etag,
    download.safe,
  );
}

export function forgetPartialDownload(journal: Journal, path: SyncPath): void {
  journal.run('DELETE FROM download WHERE path = ?', path);
}

export function allPartialDownloads(
  journal: Journal,
): readonly (Pick<PartialDownload, 'temporary' | 'etag'> & { readonly path: SyncPath })[] {
  return journal.all('SELECT path, temporary, etag FROM download').map((row) => ({
    path: knownSyncPath(text(row, 'path')),
    temporary: localPath(text(row, 'temporary')),
    etag: text(row, 'etag'),
  }));
}

/** Files of the engine's own that it still needs: halves of downloads, and displaced versions. */
export function ownFilesInUse(journal: Journal): ReadonlySet<string> {
  const rows = journal.all('SELECT temporary AS file FROM download UNION SELECT kept AS file FROM displaced');
  return new Set(rows.map((row) => text(row, 'file')));
}

/** An upload in parts that may be gone on with, of the content `checksum`. */
export interface PartialUpload {
  readonly id: string;
  readonly remotePath: string;
  readonly chunk: number;
  readonly size: number;
  readonly checksum: Checksum;
}

export function partialUpload(journal: Journal, path: SyncPath): PartialUpload | undefined {
  const row = journal.get('SELECT id, remote_path, chunk, size, checksum FROM upload WHERE path = ?', path);
  const checksum = row === undefined ? undefined : asChecksum(text(row, 'checksum'));
  if (row === undefined || checksum === undefined) return undefined;
  return {
    id: text(row, 'id'),
    remotePath: text(row, 'remote_path'),
    chunk: integer(row, 'chunk'),
    size: integer(row, 'size'),
    checksum,
  };
}

export function savePartialUpload(journal: Journal, path: SyncPath, upload: PartialUpload): void {
  journal.run(
    'INSERT OR REPLACE INTO upload (path, id, remote_path, chunk, size, checksum) VALUES (?, ?, ?, ?, ?, ?)',
    path,
    upload.id,
    upload.remotePath,
    upload.chunk,
    upload.size,
    upload.checksum,
  );
}

export function forgetPartialUpload(journal: Journal, path: SyncPath): void {
  journal.run('DELETE FROM upload WHERE path = ?', path);
}

export function allPartialUploads(
  journal: Journal,
): readonly { readonly path: SyncPath; readonly id: string; readonly remotePath: RemotePath }[] {
  return journal.all('SELECT path, id, remote_path FROM upload').map((row) => ({
    path: knownSyncPath(text(row, 'path')),
    id: text(row, 'id'),
    remotePath: remotePath(text(row, 'remote_path').split('/')),
  }));
}

/**
 * A version that a download took the place of, until it is known to be the expected one and that nobody can write to it
 * any more.
 */
export interface Displaced {
  /** Where it is kept, and the folder of that. */
  readonly at: LocalPath;
  readonly folder: LocalPath;
  /** Where it was; nothing once the new version is known to be there. */
  readonly target: LocalPath | undefined;
  readonly path: SyncPath;
  /** What it is expected to be. */
  readonly inode: string;
  readonly size: number;
  readonly modified: bigint;
  /** Nothing when what it was in sync with is not believed any more. */
  readonly checksum: Checksum | undefined;
}

export function saveDisplaced(journal: Journal, displaced: Displaced): void {
  const { at, folder, target, path, inode, size, modified, checksum } = displaced;
  journal.run(
    'INSERT OR REPLACE INTO displaced (kept, folder, target, path, inode, size, modified, checksum)' +
      ' VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    at,
    folder,
    target ?? '',
    path,
    inode,
    size,
    String(modified),
    checksum ?? '',
  );
}

/** None is known any more to be what the server has. */
export function doubtDisplaced(journal: Journal): void {
  journal.run("UPDATE displaced SET checksum = ''");
}

export function forgetDisplaced(journal: Journal, at: LocalPath): void {
  journal.run('DELETE FROM displaced WHERE kept = ?', at);
}

export function allDisplaced(journal: Journal): readonly Displaced[] {
  return journal.all('SELECT * FROM displaced').map((row) => ({
    at: localPath(text(row, 'kept')),
    folder: localPath(text(row, 'folder')),
    target: text(row, 'target') === '' ? undefined : localPath(text(row, 'target')),
    path: knownSyncPath(text(row, 'path')),
    inode: text(row, 'inode'),
    size: integer(row, 'size'),
    modified: big(row, 'modified'),
    checksum: text(row, 'checksum') === '' ? undefined : checksumOf(row),
  }));
}
