import type { LocalPath } from '../model/paths.ts';

/** Thrown when another engine syncs this folder, one in it, or one that it is in. */
export class FolderInUse extends Error {
  constructor(folder: string) {
    super(`another engine syncs ${folder}`);
    this.name = 'FolderInUse';
  }
}

/** Keeps engines apart that have journals of their own, the program's and the command line's for example. */
export interface FolderLocks {
  /**
   * Takes a folder for one engine until the returned function is called, or the process ends however it ends.
   * Throws FolderInUse.
   *
   * @param folder with symbolic links resolved
   */
  take(folder: LocalPath): () => void;
}

/** No one is kept apart. */
export const noLocks: FolderLocks = { take: () => () => undefined };
