import type { FolderEntry } from '../../preload/contract/files.ts';
import { AppError } from '../contract/app-error.ts';
import type { Dav, DavEntry } from './dav.ts';
import type { FolderPlace } from './folder-place.ts';

/** What is online only changes without a word to this PC: it is asked for anew after this time, and not before. */
const KEEP_MS = 30_000;
/** Folders that are remembered. */
const MOST = 100;

interface Kept {
  readonly entries: Promise<readonly FolderEntry[]>;
  readonly at: number;
}

/** Lists folders of which nothing is on this PC, as the server has them. */
export class AwayListing {
  readonly #dav: () => Pick<Dav, 'list'>;
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept>();

  /** `dav` gives the file server; it throws `not-signed-in.files`. */
  constructor(dav: () => Pick<Dav, 'list'>, now: () => number = Date.now) {
    this.#dav = dav;
    this.#now = now;
  }

  /** What is in a folder of a salon on the server. Throws an AppError when the server does not have it or does not say. */
  async list(place: FolderPlace, path: string): Promise<readonly FolderEntry[]> {
    const key = `${place.pairId} ${path}`;
    const known = this.#kept.get(key);
    if (known && this.#now() - known.at < KEEP_MS) return known.entries;
    const entries = this.#ask(place, path);
    this.#kept.delete(key);
    this.#kept.set(key, { entries, at: this.#now() });
    for (const oldest of this.#kept.keys()) if (this.#kept.size > MOST) this.#kept.delete(oldest);
    try {
      return await entries;
    } catch (error) {
      this.#kept.delete(key);
      throw error;
    }
  }

  async #ask({ remotePath }: FolderPlace, path: string): Promise<readonly FolderEntry[]> {
    if (remotePath === null) throw new AppError('not-found.folder');
    const folder = [remotePath.replace(/\/+$/, ''), path].filter((part) => part !== '').join('/');
    const entries = await this.#dav().list(folder, '1');
    if (entries === null) throw new AppError('not-found.folder');
    return entries.filter((entry) => entry.path.length > folder.length).map((entry) => describe(entry, path));
  }
}

function describe({ path, isFolder, size, modifiedAt }: DavEntry, parent: string): FolderEntry {
  const name = path.slice(path.lastIndexOf('/') + 1).normalize('NFC');
  return {
    path: parent === '' ? name : `${parent}/${name}`,
    kind: isFolder ? 'folder' : 'file',
    size: size ?? 0,
    fileCount: 0,
    modifiedAt: isFolder ? null : modifiedAt,
    state: 'online-only',
  };
}
