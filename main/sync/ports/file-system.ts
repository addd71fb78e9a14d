import type { LocalEntry, LocalFile, LocalFolder } from '../model/entries.ts';
import type { LocalFailure } from '../model/failures.ts';
import type { LocalName, LocalPath } from '../model/paths.ts';

/** One name of a folder and what stands there. */
export interface ListedEntry {
  readonly name: LocalName;
  readonly entry: LocalEntry;
}

/** What a rename saw of the thing that it renamed. */
export interface Renamed {
  readonly before: LocalEntry;
  readonly after: LocalEntry;
}

/** Which bytes of a file are read, and how. */
export interface ReadRange {
  readonly start: number;
  /** The byte before which it ends; default: the end of the file. */
  readonly end?: number;
  /** Each piece may be overwritten by the next one: for who is done with it by then. It costs half as much. */
  readonly fleeting?: boolean;
}

/** A file being written. Whoever opened it calls `finish` or `close`. A call may tell of what failed in one before it. */
export interface FileWriter {
  /** Bytes it was given so far, with those that it kept. */
  readonly position: number;
  /** The bytes must stay as they are afterwards: they may go to the disk later. */
  write(chunk: Uint8Array): Promise<void>;
  /** Everything written so far survives a power cut when this resolves. */
  flush(): Promise<void>;
  /** Sets the time, flushes, closes; gives the file as it now stands. */
  finish(modifiedMs: number): Promise<LocalFile>;
  /** Closes and leaves what was written. Harmless after `finish`. */
  close(): Promise<void>;
}

/** A small file that is whole in memory. */
export interface NewFile {
  readonly at: LocalPath;
  /** In the same folder: its place until it is whole. */
  readonly temporary: LocalPath;
  readonly content: Uint8Array;
  /** ms since 1970. */
  readonly modifiedMs: number;
}

/** What came of one of them. */
export type PutFile =
  | { readonly kind: 'put'; readonly written: LocalFile; readonly renamed: Renamed }
  | { readonly kind: 'failed'; readonly failure: LocalFailure };

/**
 * The disk. Every operation throws a LocalFailure. None follows a symbolic link at the end of a path, and
 * those that write refuse a folder that is reached through one: nothing outside the pair is ever touched.
 */
export interface FileSystem {
  /** What stands there, or nothing. */
  look(path: LocalPath): Promise<LocalEntry | undefined>;
  /**
   * Everything in a folder; what can't be looked at is `unseen`, as long as that is little. A name that can't be read as
   * text is left out and counted.
   */
  list(
    path: LocalPath,
  ): Promise<{ readonly entries: readonly ListedEntry[]; readonly unreadableNames: number }>;
  read(path: LocalPath, range: ReadRange): AsyncIterable<Uint8Array>;
  /** Opens a file for writing after its first `keep` bytes; makes it when missing. */
  write(path: LocalPath, keep: number): Promise<FileWriter>;
  makeFolder(path: LocalPath): Promise<LocalFolder>;
  /**
   * Renames; fails with `exists` rather than replace anything. Gives what was seen right before and right after,
   * with no step of this program between: a rename changes the change time, and so does someone who writes.
   */
  moveExclusive(from: LocalPath, to: LocalPath): Promise<Renamed>;
  /**
   * Puts `temporary` in the place of `target`. What stood there in that instant is at `displaced` afterwards, so that
   * nothing is lost if it had changed. Fails with `exists` rather than replace what came there since, in which case
   * nothing but the displaced version has moved.
   */
  replace(temporary: LocalPath, target: LocalPath, displaced: LocalPath): Promise<Renamed>;
  /**
   * Puts small files at names that must be free, together: one by one each would cost several times as much. A file
   * is flushed before it gets its name, and the names of a folder are flushed before this resolves: what is put is
   * there after a power cut. Gives what came of each, in their order; one that fails stops no other.
   */
  putAll(files: readonly NewFile[]): Promise<readonly PutFile[]>;
  /** Those of the files that a program has open for writing, as far as this system tells; others may be too. */
  openForWriting(paths: readonly LocalPath[]): Promise<ReadonlySet<LocalPath>>;
  /** Deletes a file or an empty folder. For the engine's own temporary files and folders only. */
  remove(path: LocalPath): Promise<void>;
  /** Deletes a folder that is empty and nothing else: whatever came to stand there or in it stays. */
  removeEmptyFolder(path: LocalPath): Promise<void>;
  /** The path with its symbolic links resolved; fails with `missing`. */
  resolve(path: LocalPath): Promise<LocalPath>;
  /** Whether `a` and `A` are one name in this folder. */
  ignoresCase(folder: LocalPath): Promise<boolean>;
  /** Joins a name to a folder's path as this system does; throws `outside` for what leads elsewhere than into it. */
  join(folder: LocalPath, name: LocalName): LocalPath;
}

/** Something of this disk, with what is in it. */
export interface LocalTree {
  readonly name: LocalName;
  readonly entry: LocalEntry;
  /** What is in a folder; nothing when some of it has a name that can't be read as text. */
  readonly below: () => readonly LocalTree[] | undefined;
}

/** Where deleted files go. */
export interface Trash {
  /**
   * Throws when the system has no trash for that path. False, and nothing is moved, when what stands there at that
   * moment is not what is meant, where the system lets one look and move without a pause.
   */
  put(path: LocalPath, isMeant: (found: LocalTree) => boolean): Promise<boolean>;
}
