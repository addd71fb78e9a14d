import type { Estimate } from '../../preload/contract/folder-sizes.ts';
import type { FilesAccess } from '../accounts/accounts.ts';
import { AppError } from '../contract/app-error.ts';
import type { Http } from '../http/http.ts';
import { diskSpace } from '../sync/local/free-space.ts';
import { Dav } from './dav.ts';
import { findFolders } from './locate.ts';

/** What an estimate is made with. */
export interface FirstRunParts {
  readonly http: Http;
  /** Null when nobody is signed in to the files. */
  readonly access: () => FilesAccess | null;
  /** File ids of the salons' folders on the account's server. */
  readonly folders: () => readonly string[];
  /** Bytes that a person may still write where a path is, or will be; null when the system does not say. */
  readonly freeSpace?: (path: string) => Promise<number | null>;
}

/** What is left free beside the folders: programs, and the copies that conflicts make. */
const SPARE = 500 * 1024 * 1024;

/** What the first run will fetch, asked before a place is chosen: two listings, and a question a folder elsewhere. */
export class FirstRun {
  readonly #parts: FirstRunParts;

  constructor(parts: FirstRunParts) {
    this.#parts = parts;
  }

  /** How much there is to fetch, and whether it fits at a place. Throws an AppError when the server does not say. */
  readonly estimate = async (place: string, signal?: AbortSignal): Promise<Estimate> => {
    const access = this.#parts.access();
    if (!access) throw new AppError('not-signed-in.files');
    const ids = new Set(this.#parts.folders());
    const found =
      ids.size === 0 ? new Map() : await findFolders(new Dav(this.#parts.http, access), ids, signal);
    const sizes = [...found.values()].map(({ size }) => size);
    const known = sizes.filter((size) => size !== null);
    const bytes = known.reduce((sum, size) => sum + size, 0);
    const freeBytes = await (this.#parts.freeSpace ?? freeSpace)(place);
    return {
      folders: found.size,
      bytes,
      unknown: sizes.length - known.length,
      freeBytes,
      fits: fitsIn(freeBytes, bytes),
    };
  };

  /** Makes sure that all fits at a place. Throws `disk-full.place`; a server that does not say now is no obstacle. */
  readonly check = async (place: string, signal?: AbortSignal): Promise<void> => {
    const estimate = await this.estimate(place, signal).catch((error: unknown) => {
      if (error instanceof AppError) return null;
      throw error;
    });
    if (!estimate || estimate.fits) return;
    throw new AppError('disk-full.place', { bytes: estimate.bytes, free: estimate.freeBytes ?? 0 });
  };
}

/** Whether so much fits; a system that does not say what is free is believed. */
export function fitsIn(freeBytes: number | null, bytes: number): boolean {
  return freeBytes === null || bytes + SPARE <= freeBytes;
}

/** The free bytes of the disk on which a path is, or will be once its folders are made. */
export async function freeSpace(path: string): Promise<number | null> {
  return (await diskSpace(path))?.free ?? null;
}
