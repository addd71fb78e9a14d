import type { LocalPath } from '../model/paths.ts';

/** Thrown when another engine syncs this folder, one in it, or one that it is in. */
export class FolderInUse extends Error {
  constructor(folder: string) {
    super(`another engine syncs ${folder}`);
    this.name = 'FolderInUse';
  }
}

/** Thrown when what the locks are kept in is somebody else's, or writable by others: nobody can be kept apart there. */
export class LocksNotOwn extends Error {
  constructor(place: string) {
    super(place);
    this.name = 'LocksNotOwn';
  }
}

/** Keeps engines apart that have journals of their own, the program's and the command line's for example. */
export interface FolderLocks {
  /**
   * Takes a folder for one engine until the returned function is called, or the process ends however it ends.
   * Throws FolderInUse or LocksNotOwn.
   *
   * @param folder with symbolic links resolved
   */
  take(folder: LocalPath): () => void;
}

/** No one is kept apart. */
export const noLocks: FolderLocks = { take: () => () => undefined };
