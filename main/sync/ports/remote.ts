import type { Checksum, RemoteEntry, RemoteFolder } from '../model/entries.ts';
import type { RemoteName, RemotePath } from '../model/paths.ts';

/** What a server is and can do; asked once at the start of a run. */
export interface RemoteIdentity {
  /** Server, account and folder in one text. */
  readonly account: string;
  /** What of it stays when the folder is renamed or moved: server and account. */
  readonly owner: string;
  readonly root: RemoteFolder;
  /** Changes when the server was restored from a backup; empty when it never was. */
  readonly fingerprint: string;
}

/** A folder and what is directly in it. */
export interface RemoteListing {
  readonly self: RemoteFolder;
  readonly children: readonly { readonly name: RemoteName; readonly entry: RemoteEntry }[];
}

/** What must hold on the server for a write to happen. */
export type WriteCondition =
  | { readonly kind: 'absent' }
  | { readonly kind: 'version'; readonly etag: string };

/** What a stored file got from the server. Fields that it did not tell are absent. */
export interface Stored {
  readonly etag?: string;
  readonly id?: string;
  /** Whether the modification time was taken over. */
  readonly mtimeKept: boolean;
  /** Whether listings will state the checksum that was sent. */
  readonly checksumKept: boolean;
}

export interface UploadRequest {
  readonly path: RemotePath;
  readonly size: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  readonly checksum: Checksum;
  readonly condition: WriteCondition;
  /** The bytes; read once. An error thrown while it is read stops the request unfinished. */
  readonly body: AsyncIterable<Uint8Array>;
  readonly signal: AbortSignal;
}

/** A small new file that goes up together with others. */
export interface BulkFile {
  readonly path: RemotePath;
  /** At least one byte. */
  readonly content: Uint8Array;
  /** Seconds since 1970, more than 0. */
  readonly mtime: number;
  readonly checksum: Checksum;
}

/** An upload in parts that outlives a crash: the server keeps its parts for about a day. */
export interface PartUpload {
  readonly id: string;
  readonly path: RemotePath;
}

/** One part of it; numbers begin at 1. */
export interface Part {
  readonly number: number;
  readonly size: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Exactly one version of a file, as a listing showed it. */
export interface DownloadRequest {
  readonly path: RemotePath;
  readonly etag: string;
  /** Length of the whole file. */
  readonly size: number;
  /** Bytes of this version that are here already; 0 for all. */
  readonly offset: number;
  readonly signal: AbortSignal;
}

/** The head of a download. */
export interface Download {
  /** Where the first byte belongs; 0 when the server did not resume. */
  readonly offset: number;
  /** `OC-Checksum` as stated; empty when there is none. */
  readonly stated: string;
  /** The bytes; fails with `interrupted` when they end early. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Ends it, read to the end or not. */
  close(): Promise<void>;
}

/** A file of an archive. */
export interface ArchivedFile {
  /** Names joined by `/`, below the folder that was asked for. */
  readonly path: string;
  readonly size: number;
  /** To be read before the next file is asked for. */
  readonly content: AsyncIterable<Uint8Array>;
}

/**
 * A server's folder. Every operation throws a RemoteFailure, or an AbortError when its signal fired.
 * Paths are relative to the pair's remote root.
 */
export interface Remote {
  /** Requests sent since it was opened. */
  readonly requests: number;
  /** Whether it takes files in parts. */
  readonly takesParts: boolean;
  identify(signal: AbortSignal): Promise<RemoteIdentity>;
  /** Makes the root and its missing parents. */
  createRoot(signal: AbortSignal): Promise<void>;
  list(path: RemotePath, signal: AbortSignal): Promise<RemoteListing>;
  /**
   * Listings of many folders below the root at once, by their paths; those that are missing, all perhaps, are to be
   * asked for one by one.
   */
  listAll(signal: AbortSignal): Promise<ReadonlyMap<RemotePath, RemoteListing>>;
  /** One entry, or nothing when the server says 404. */
  look(path: RemotePath, signal: AbortSignal): Promise<RemoteEntry | undefined>;
  /**
   * Fails with `contentChanged` when the server would send another version than the one asked for, and with
   * `wrongLength` when it announces another length: that is no version of this file.
   */
  download(request: DownloadRequest): Promise<Download>;
  /** All files of a folder in one answer, as they are now; nothing when the server gives no archives. */
  archive(path: RemotePath, signal: AbortSignal): Promise<AsyncIterable<ArchivedFile> | undefined>;
  upload(request: UploadRequest): Promise<Stored>;
  /** Whether the server takes many files at once, and keeps a version of what that would write over. */
  takesBulk(signal: AbortSignal): Promise<boolean>;
  /**
   * Stores many files at once, in folders that are there. What stands in a file's place is overwritten. Gives the
   * paths that the server says it stored; of the others each may be tried by itself.
   */
  uploadBulk(files: readonly BulkFile[], signal: AbortSignal): Promise<ReadonlySet<RemotePath>>;
  beginParts(upload: PartUpload, signal: AbortSignal): Promise<void>;
  /** Sizes of the parts that the server holds, by part number; nothing when the upload is gone. */
  listParts(upload: PartUpload, signal: AbortSignal): Promise<ReadonlyMap<number, number> | undefined>;
  putPart(upload: PartUpload, part: Part, signal: AbortSignal): Promise<void>;
  finishParts(upload: PartUpload, file: Omit<UploadRequest, 'body' | 'path'>): Promise<Stored>;
  abortParts(upload: PartUpload, signal: AbortSignal): Promise<void>;
  createFolder(path: RemotePath, signal: AbortSignal): Promise<{ readonly id?: string }>;
  /** Fails with `conditionFailed` when something stands at `to`. */
  move(from: RemotePath, to: RemotePath, signal: AbortSignal): Promise<void>;
  /** With an etag: only that version. False when nothing was there, which may as well have been moved away. */
  remove(path: RemotePath, etag: string | undefined, signal: AbortSignal): Promise<boolean>;
  setPassword(password: string): void;
  close(): Promise<void>;
}
