import type { FolderContents } from '../../preload/contract/folder-sizes.ts';
import type { FilesAccess } from '../accounts/accounts.ts';
import { AppError } from '../contract/app-error.ts';
import type { Http } from '../http/http.ts';
import { Dav, type DavEntry } from './dav.ts';
import { freeSpace } from './first-run.ts';
import type { FolderPlace } from './folder-place.ts';

/** What a look at the server's folders is made with. */
export interface FolderChoiceParts {
  readonly http: Http;
  /** Null when nobody is signed in to the files. */
  readonly access: () => FilesAccess | null;
}

/** What there is to choose among: the folders that a salon's folder has on the server, with what they weigh. */
export class FolderChoice {
  readonly #parts: FolderChoiceParts;

  constructor(parts: FolderChoiceParts) {
    this.#parts = parts;
  }

  /**
   * The folders directly in a folder of a salon, whether they are on this PC or not. Throws `not-signed-in.files`, or
   * `not-found.folder` when the server does not have it.
   */
  readonly contents = async (
    place: FolderPlace,
    path: string,
    signal?: AbortSignal,
  ): Promise<FolderContents> => {
    const access = this.#parts.access();
    if (!access) throw new AppError('not-signed-in.files');
    if (place.remotePath === null) throw new AppError('not-found.folder');
    const top = [place.remotePath.replace(/\/+$/, ''), path].filter((part) => part !== '').join('/');
    const entries = await new Dav(this.#parts.http, access).list(top, '1', signal);
    if (entries === null) throw new AppError('not-found.folder');
    const below = entries.filter((entry) => entry.path.length > top.length);
    return {
      folders: below.filter(({ isFolder }) => isFolder).map((entry) => describe(entry, path)),
      fileBytes: below.reduce((sum, { isFolder, size }) => sum + (isFolder ? 0 : (size ?? 0)), 0),
      freeBytes: await freeSpace(place.localDir),
    };
  };
}

function describe({ path, size }: DavEntry, parent: string): FolderContents['folders'][number] {
  const name = path.slice(path.lastIndexOf('/') + 1).normalize('NFC');
  return { path: parent === '' ? name : `${parent}/${name}`, bytes: size };
}
