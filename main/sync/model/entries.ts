import type { LocalName, NameKey, RemoteName } from './paths.ts';

/** A content checksum, `SHA1:` and lower-case hex: what the journal keeps and OC-Checksum carries. */
export type Checksum = `SHA1:${string}`;

/** A text as a checksum, if it is one. */
export function asChecksum(text: string): Checksum | undefined {
  return /^SHA1:[0-9a-f]{40}$/.test(text) ? `SHA1:${text.slice(5)}` : undefined;
}

/** A file as a listing of the server shows it. */
export interface RemoteFile {
  readonly kind: 'file';
  /** `oc:id`; empty on a server without ids. */
  readonly id: string;
  readonly etag: string;
  readonly size: number;
  /** Seconds since 1970: the server knows no finer. */
  readonly mtime: number;
  /** `oc:checksums` as stated, unverified; empty when there is none. */
  readonly stated: string;
  readonly permissions: string;
  /**
   * True when the file was changed in the very second (or the one before) the listing was made and states no
   * checksum: content written later in that second with the same length keeps the etag (recorded: 13/12).
   */
  readonly racy: boolean;
}

/** A folder as a listing of the server shows it. */
export interface RemoteFolder {
  readonly kind: 'folder';
  readonly id: string;
  readonly etag: string;
  readonly permissions: string;
}

export type RemoteEntry = RemoteFile | RemoteFolder;

/** A file of this disk. Times in nanoseconds; `changed` is the inode's change time, 0n where unknown. */
export interface LocalFile {
  readonly kind: 'file';
  readonly inode: string;
  readonly size: number;
  readonly modified: bigint;
  readonly changed: bigint;
}

/** A folder of this disk; `born` (0n where unknown) tells a reused inode from the same folder. */
export interface LocalFolder {
  readonly kind: 'folder';
  readonly inode: string;
  readonly born: bigint;
}

/**
 * Something that is neither: a symbolic link, a pipe, a device. `unseen` is known by its name alone: the system would not
 * tell what it is, so it may be anything that was there, or elsewhere, before.
 */
export type LocalSpecial =
  | { readonly kind: 'special'; readonly what: 'link' | 'other' }
  | { readonly kind: 'special'; readonly what: 'unseen'; readonly errno: string };

export type LocalEntry = LocalFile | LocalFolder | LocalSpecial;

/** Whether only its name could be read. */
export function isUnseen(entry: LocalEntry): entry is Extract<LocalSpecial, { readonly what: 'unseen' }> {
  return entry.kind === 'special' && entry.what === 'unseen';
}

/** Row number of a node in the journal; the root is 1. */
export type RowId = number;
export const rootRow: RowId = 1;

interface SyncedBase {
  readonly row: RowId;
  readonly parent: RowId;
  readonly name: NameKey;
  readonly localName: LocalName;
  readonly remoteName: RemoteName;
  readonly remoteId: string;
  readonly permissions: string;
  readonly inode: string;
}

/** A file as it was on both sides when they were last equal. */
export interface SyncedFile extends SyncedBase {
  readonly kind: 'file';
  readonly etag: string;
  readonly size: number;
  readonly mtime: number;
  readonly stated: string;
  readonly racy: boolean;
  readonly checksum: Checksum;
  readonly modified: bigint;
  readonly changed: bigint;
}

/**
 * Whether a folder is wanted on this computer:
 * - `here`: it is kept equal on both sides;
 * - `leaving`: it is not wanted any more; what is in it goes from here once the server has it;
 * - `away`: nothing of it is here, and what the server has in it is not looked at. Its row has no rows below it.
 */
export type Choice = 'here' | 'leaving' | 'away';

/** A folder that is on both sides, or, `away`, on the server alone because nobody wants it here. */
export interface SyncedFolder extends SyncedBase {
  readonly kind: 'folder';
  readonly choice: Choice;
  /** Set only when everything below was in sync with it; empty asks for a listing. */
  readonly etag: string;
  readonly born: bigint;
}

export type SyncedNode = SyncedFile | SyncedFolder;

/** Whether nothing of it is, or shall be, on this computer. */
export function isAway(node: SyncedNode | undefined): boolean {
  return node?.kind === 'folder' && node.choice === 'away';
}

/** Whether it is a folder whose content is leaving this computer. */
export function isLeaving(node: SyncedNode | undefined): boolean {
  return node?.kind === 'folder' && node.choice === 'leaving';
}

/** Whether the disk shows the very file that was last in sync, without reading it. */
export function isUntouched(local: LocalFile, synced: SyncedFile): boolean {
  return (
    local.size === synced.size &&
    local.modified === synced.modified &&
    local.inode === synced.inode &&
    local.changed !== 0n &&
    local.changed === synced.changed
  );
}

/** Whether two looks at the disk saw the same file in the same state. */
export function isSameLook(one: LocalEntry | undefined, other: LocalEntry | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (one.kind === 'file' && other.kind === 'file') {
    return (
      one.inode === other.inode &&
      one.size === other.size &&
      one.modified === other.modified &&
      one.changed === other.changed
    );
  }
  return one.kind === 'folder' && other.kind === 'folder' && one.inode === other.inode;
}

/** `stated` of a file that was uploaded and not listed since: who states no checksum then is not the one who has ours. */
export const notListedYet = '?';

/** Whether the server's listing shows the version that was last in sync. */
export function isSameVersion(remote: RemoteFile, synced: SyncedFile): boolean {
  const isSameStatement =
    remote.stated === synced.stated ||
    (synced.stated === notListedYet && states(remote.stated, synced.checksum));
  // What was taken over in the second of its writing is compared once that second is over.
  const isDoubtful = synced.racy && !remote.racy;
  return remote.etag === synced.etag && remote.size === synced.size && isSameStatement && !isDoubtful;
}

/** Whether a stated checksum text (several may stand in it, in any case) names this content. */
export function states(stated: string, checksum: Checksum): boolean {
  return stated.toUpperCase().split(/\s+/).includes(checksum.toUpperCase());
}
