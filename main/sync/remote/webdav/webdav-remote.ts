import type { RemoteConfig } from '../../api.ts';
import type { RemoteEntry, RemoteFolder } from '../../model/entries.ts';
import { RemoteFailure } from '../../model/failures.ts';
import type { RemotePath } from '../../model/paths.ts';
import type {
  Download,
  DownloadRequest,
  Remote,
  RemoteIdentity,
  RemoteListing,
  Stored,
  UploadRequest,
} from '../../ports/remote.ts';
import type { Manners } from '../nextcloud/client.ts';
import { NextcloudRemote } from '../nextcloud/nextcloud-remote.ts';

/**
 * A folder of any WebDAV server: Apache's mod_dav, Alfresco, WsgiDAV. What Nextcloud adds is not relied on:
 * - the etag of a folder says nothing of what is below it, so folders are shown without one and always listed;
 * - nothing has an id, so a rename there is seen as a removal and something new;
 * - times of modification are the server's, checksums are not kept, files go up whole.
 */
export class WebdavRemote implements Remote {
  readonly takesParts = false;
  readonly #dav: NextcloudRemote;

  constructor(config: RemoteConfig, manners: Manners = {}) {
    this.#dav = new NextcloudRemote(config, manners);
  }

  get requests(): number {
    return this.#dav.requests;
  }

  async identify(signal: AbortSignal): Promise<RemoteIdentity> {
    const { account, owner, root } = await this.#dav.identify(signal);
    return { account, owner, root: withoutEtag(root), fingerprint: '' };
  }

  createRoot(signal: AbortSignal): Promise<void> {
    return this.#dav.createRoot(signal);
  }

  async list(path: RemotePath, signal: AbortSignal): Promise<RemoteListing> {
    const { self, children } = await this.#dav.list(path, signal);
    const plain = children.map(({ name, entry }) => ({ name, entry: plainEntry(entry) }));
    return { self: withoutEtag(self), children: plain };
  }

  /** Servers forbid it, or answer with part of it. */
  listAll(): Promise<ReadonlyMap<RemotePath, RemoteListing>> {
    return Promise.resolve(new Map());
  }

  async look(path: RemotePath, signal: AbortSignal): Promise<RemoteEntry | undefined> {
    const found = await this.#dav.look(path, signal);
    return found === undefined ? undefined : plainEntry(found);
  }

  download(request: DownloadRequest): Promise<Download> {
    return this.#dav.download(request);
  }

  archive(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  /** What the server does not tell of the stored file is looked up afterwards. */
  async upload(request: UploadRequest): Promise<Stored> {
    await this.#dav.upload(request);
    return { mtimeKept: false, checksumKept: false };
  }

  takesBulk(): Promise<boolean> {
    return Promise.resolve(false);
  }

  uploadBulk = notTaken;
  beginParts = notTaken;
  listParts = notTaken;
  putPart = notTaken;
  finishParts = notTaken;
  abortParts = (): Promise<void> => Promise.resolve();

  async createFolder(path: RemotePath, signal: AbortSignal): Promise<{ readonly id?: string }> {
    await this.#dav.createFolder(path, signal);
    return {};
  }

  move(from: RemotePath, to: RemotePath, signal: AbortSignal): Promise<void> {
    return this.#dav.move(from, to, signal);
  }

  remove(path: RemotePath, etag: string | undefined, signal: AbortSignal): Promise<boolean> {
    return this.#dav.remove(path, etag, signal);
  }

  setPassword(password: string): void {
    this.#dav.setPassword(password);
  }

  close(): Promise<void> {
    return this.#dav.close();
  }
}

function notTaken(): Promise<never> {
  return Promise.reject(new RemoteFailure('refused', { what: 'not of WebDAV' }));
}

function plainEntry(entry: RemoteEntry): RemoteEntry {
  return entry.kind === 'folder' ? withoutEtag(entry) : entry;
}

function withoutEtag(folder: RemoteFolder): RemoteFolder {
  return { ...folder, etag: '' };
}
