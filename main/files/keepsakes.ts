import { randomUUID } from 'node:crypto';
import { constants, copyFile, link, lstat, mkdir, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '../store/errno.ts';

/** Larger files are only kept where that costs no copy. */
const MOST_COPIED_BYTES = 200 * 1024 * 1024;
const NO_LINK: ReadonlySet<string | null> = new Set([
  'EXDEV',
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'EMLINK',
  'ENOSYS',
  // An exFAT disk on Windows (main/sync/local/renames.ts).
  'EISDIR',
]);

/** What is to be kept; bytes. */
interface Keepable {
  readonly isFile: boolean;
  readonly size: number;
  readonly device: bigint;
}

/**
 * What a person threw away a moment ago, kept beside the trash so that it can come back in one click: no system gives
 * programs a way to take something out of its trash. Forgotten when the program ends.
 */
export class Keepsakes {
  readonly #folder: string;

  /** `folder` is for nothing else. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Forgets all. */
  async clear(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Whether a file could be kept: a link costs nothing, on the same disk. */
  async canKeep({ isFile, size, device }: Keepable): Promise<boolean> {
    if (!isFile) return false;
    if (size <= MOST_COPIED_BYTES) return true;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    return (await lstat(this.#folder, { bigint: true })).dev === device;
  }

  /** Keeps a file; null when that can't be done cheaply, and for a folder. */
  async keep(file: string): Promise<string | null> {
    const found = await lstat(file);
    if (!found.isFile()) return null;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const kept = join(this.#folder, randomUUID());
    try {
      await link(file, kept);
      return kept;
    } catch (error) {
      if (!NO_LINK.has(errnoOf(error))) throw error;
    }
    if (found.size > MOST_COPIED_BYTES) return null;
    await copyWithTime(file, kept);
    return kept;
  }

  /** Writes a kept file to a place that nothing has, with its old time. Throws EEXIST. It stays kept. */
  async putBack(kept: string, to: string): Promise<void> {
    await copyWithTime(kept, to);
  }

  async forget(kept: string): Promise<void> {
    await rm(kept, { force: true });
  }
}

async function copyWithTime(from: string, to: string): Promise<void> {
  const { atime, mtime } = await lstat(from);
  await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  await utimes(to, atime, mtime);
}
