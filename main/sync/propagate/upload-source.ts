import { type Checksum, type LocalFile, notListedYet, type RemoteFile } from '../model/entries.ts';
import type { LocalPath, RemotePath, SyncPath } from '../model/paths.ts';
import type { WriteCondition } from '../ports/remote.ts';

/** A file of this disk on its way to the server. */
export interface UploadSource {
  readonly at: LocalPath;
  readonly local: LocalFile;
  readonly checksum: Checksum;
  /** Path of the pair, for events and for resuming. */
  readonly path: SyncPath;
  readonly to: RemotePath;
  readonly condition: WriteCondition;
}

/** The modification time in the unit of the server. */
export function mtimeOf(local: LocalFile): number {
  return Number(local.modified / 1_000_000_000n);
}

/** The version as a listing would show it, but for what only the server's answer tells. */
export function awaitedRemote(local: LocalFile, permissions: string): RemoteFile {
  return {
    kind: 'file',
    id: '',
    etag: '',
    size: local.size,
    mtime: mtimeOf(local),
    stated: notListedYet,
    permissions,
    racy: true,
  };
}
