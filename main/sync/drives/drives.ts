import { Drive, type Patience, usualPatience } from './drive.ts';
import { type Mount, mountOf } from './mounts.ts';

/** A folder's drive. */
export interface FolderDrive {
  readonly drive: Drive;
  /** Whether it is asked aside from the first, never in the thread that all folders share. */
  readonly isRemote: boolean;
}

/**
 * The drives of the folders that are synced. Folders on one network drive share it. Every other folder is taken for a drive
 * of its own: something below it that hangs, another drive mounted there for example, is no reason to leave its neighbours.
 */
export class Drives {
  readonly #patience: Patience;
  readonly #mountOf: (folder: string) => Mount;
  readonly #drives = new Map<string, Drive>();

  constructor(
    patience: Patience = usualPatience,
    whereIs: (folder: string) => Mount = (folder) => mountOf(folder),
  ) {
    this.#patience = patience;
    this.#mountOf = whereIs;
  }

  of(folder: string): FolderDrive {
    const { point, isRemote } = this.#mountOf(folder);
    const key = isRemote ? point : folder;
    const drive = this.#drives.get(key) ?? new Drive(this.#patience);
    this.#drives.set(key, drive);
    return { drive, isRemote };
  }
}
