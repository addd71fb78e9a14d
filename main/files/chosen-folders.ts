import { randomUUID } from 'node:crypto';
import { basename, join } from 'node:path';
import type { FolderProposal, OfferedFolder } from '../../preload/contract/chosen-folders.ts';
import type { FilesAccess } from '../accounts/accounts.ts';
import { AppError } from '../contract/app-error.ts';
import type { Http } from '../http/http.ts';
import type { Log } from '../log/log.ts';
import { Dav, type DavEntry } from './dav.ts';
import type { ChosenFolder } from './files-state.ts';
import { fitsIn, freeSpace } from './first-run.ts';
import { chooseLocalPath, holdsSomething, OTHERS } from './local-names.ts';
import { preparePlace } from './place.ts';
import type { SalonFolders } from './salon-folders.ts';
import { meetsTaken, standingOf } from './taken.ts';

/** What the choice of other folders works with. */
export interface ChosenFoldersParts {
  readonly http: Http;
  /** Null when nobody is signed in to the files. */
  readonly access: () => FilesAccess | null;
  readonly folders: Pick<SalonFolders, 'taken' | 'addChosen' | 'removeChosen' | 'placeOf'>;
  /** Places of other accounts on this PC. */
  readonly placesOfOthers: () => Promise<readonly string[]>;
  /** Whether the organisation lets people add folders. */
  readonly mayAdd: () => boolean;
  /** Asks the person for a folder of this PC; null when they cancelled. */
  readonly askFolder: (suggested: string) => Promise<string | null>;
  /** Throws `in-use.not-online` unless all of a folder of this PC is on the server. */
  readonly makeSureOnline: (folderId: string, signal: AbortSignal) => Promise<void>;
  /** Puts a folder into the system's trash. */
  readonly trash: (path: string) => Promise<void>;
  readonly log: Log;
}

interface Proposed {
  readonly folder: ChosenFolder;
  readonly localPath: string;
  readonly remotePath: string;
}

/** A person changes their mind a few times; what they decided long ago is asked again. */
const MOST_PROPOSED = 20;

/** The folders that a person has kept equal beside those of their salons: what there is, which, and until when. */
export class ChosenFolders {
  readonly #parts: ChosenFoldersParts;
  readonly #proposed = new Map<string, Proposed>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: ChosenFoldersParts) {
    this.#parts = parts;
  }

  /** The folders directly in one of the person's. Throws `not-found.folder` when the server does not have that one. */
  async browse(path: string, signal: AbortSignal): Promise<OfferedFolder[]> {
    const access = this.#access();
    const top = path === '' ? '' : `/${path}`;
    const entries = await new Dav(this.#parts.http, access).list(top, '1', signal);
    if (entries === null) throw new AppError('not-found.folder');
    const { remote } = this.#parts.folders.taken();
    return entries
      .filter((entry) => entry.isFolder && entry.path.length > top.length)
      .map((entry) => ({
        path: entry.path.slice(1),
        bytes: entry.size,
        sharedBy: entry.owner && entry.owner.userId !== access.userId ? entry.owner.name : null,
        standing: standingOf(entry, remote),
      }));
  }

  /**
   * Where a folder would be on this PC; null when the person was asked and cancelled. Throws `forbidden.nested-there` or
   * `forbidden.nested-here` when it meets one that is kept equal already, `forbidden.setting` when none may be added.
   */
  async propose(
    path: string,
    where: 'suggested' | 'ask',
    signal: AbortSignal,
  ): Promise<FolderProposal | null> {
    this.#throwIfNoneMay();
    const { serverUrl: server, userId } = this.#access();
    const entry = await this.#find(path, signal);
    const name = entry.path.slice(entry.path.lastIndexOf('/') + 1);
    const localPath = await this.#placeFor(name, where);
    if (localPath === null) return null;
    const folder = {
      folderId: `folder:${randomUUID()}`,
      owner: { server, userId },
      fileId: entry.fileId,
      name,
    };
    const proposalId = randomUUID();
    this.#propose(proposalId, { folder, localPath, remotePath: entry.path });
    const freeBytes = await freeSpace(localPath);
    return {
      proposalId,
      localPath,
      bytes: entry.size,
      freeBytes,
      fits: fitsIn(freeBytes, entry.size ?? 0),
    };
  }

  /**
   * Keeps a folder equal from now on. All is looked at again, for much may have changed since it was proposed: throws as
   * `propose` does, and `changed.proposal` when something is at its place on this PC by now.
   */
  add(proposalId: string, signal: AbortSignal): Promise<string> {
    // One after the other: two proposals may have the same place.
    const turn = this.#turn.then(() => this.#add(proposalId, signal));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /**
   * Ends it; `trash` only once all of it is on the server. Throws `in-use.not-online`, and does nothing then. Answers what
   * became of the copy on this PC.
   */
  async stop(
    folderId: string,
    copy: 'keep' | 'trash',
    signal: AbortSignal,
  ): Promise<'kept' | 'trashed' | 'refused'> {
    const { folders, makeSureOnline, trash, log } = this.#parts;
    const { localDir } = folders.placeOf(folderId);
    if (copy === 'trash') await makeSureOnline(folderId, signal);
    await folders.removeChosen(folderId);
    if (copy === 'keep') return 'kept';
    try {
      // What was written into it meanwhile goes there with it, and is in the trash.
      await trash(localDir);
      return 'trashed';
    } catch (error) {
      log.warn('chosen-folder.trash-refused', {}, error);
      return 'refused';
    }
  }

  async #add(proposalId: string, signal: AbortSignal): Promise<string> {
    this.#throwIfNoneMay();
    const proposed = this.#proposed.get(proposalId);
    const { serverUrl, userId } = this.#access();
    const owner = proposed?.folder.owner;
    if (!proposed || owner?.server !== serverUrl || owner.userId !== userId)
      throw new AppError('changed.proposal');
    const { folder, localPath, remotePath } = proposed;
    const { fileId, size } = await this.#find(remotePath.slice(1), signal);
    const freeBytes = await freeSpace(localPath);
    if (fileId !== folder.fileId || (await holdsSomething(localPath))) throw new AppError('changed.proposal');
    if (!fitsIn(freeBytes, size ?? 0))
      throw new AppError('disk-full.place', { bytes: size ?? 0, free: freeBytes ?? 0 });
    await this.#throwIfMet(localPath);
    await preparePlace(localPath);
    await this.#parts.folders.addChosen(folder, localPath, remotePath);
    this.#proposed.delete(proposalId);
    return folder.folderId;
  }

  /** The folder as the server has it. Throws `not-found.folder`, or `forbidden.nested-there`. */
  async #find(path: string, signal: AbortSignal): Promise<DavEntry> {
    const [entry] = (await new Dav(this.#parts.http, this.#access()).list(`/${path}`, '0', signal)) ?? [];
    if (!entry?.isFolder || entry.path === '') throw new AppError('not-found.folder');
    const standing = standingOf(entry, this.#parts.folders.taken().remote);
    if (standing.is !== 'free') throw new AppError('forbidden.nested-there', { folder: standing.folder });
    return entry;
  }

  async #placeFor(name: string, where: 'suggested' | 'ask'): Promise<string | null> {
    const { place, local } = this.#parts.folders.taken();
    if (place === null) throw new AppError('not-found.place');
    const others = join(place, OTHERS);
    const parent = where === 'suggested' ? others : await this.#parts.askFolder(place);
    if (parent === null) return null;
    const isItself = parent !== others && parent !== place && !(await holdsSomething(parent));
    const localPath = isItself ? parent : await chooseLocalPath(parent, name, local);
    await this.#throwIfMet(localPath);
    return localPath;
  }

  async #throwIfMet(localPath: string): Promise<void> {
    const { local, place } = this.#parts.folders.taken();
    const others = await this.#parts.placesOfOthers();
    if (await meetsTaken(localPath, { local: [...local, ...others], place }))
      throw new AppError('forbidden.nested-here', { folder: basename(localPath) });
  }

  #throwIfNoneMay(): void {
    if (!this.#parts.mayAdd()) throw new AppError('forbidden.setting', { setting: 'mayAddFolders' });
  }

  #propose(id: string, proposed: Proposed): void {
    this.#proposed.set(id, proposed);
    const [oldest] = this.#proposed.keys();
    if (this.#proposed.size > MOST_PROPOSED && oldest !== undefined) this.#proposed.delete(oldest);
  }

  #access(): FilesAccess {
    const access = this.#parts.access();
    if (!access) throw new AppError('not-signed-in.files');
    return access;
  }
}
