import {
  isAway,
  isSameVersion,
  type RemoteEntry,
  type RemoteFolder,
  type SyncedNode,
} from '../model/entries.ts';
import { isAbort, RemoteFailure, stopsRun } from '../model/failures.ts';
import {
  eachObserved,
  type Observed,
  type ObservedRemote,
  observe,
  observedPath,
  observedRemotePath,
  takeName,
} from '../model/observed-tree.ts';
import { joinSync, nameKey, type RemoteName, type RemotePath, type SyncPath } from '../model/paths.ts';
import type { SyncedTree } from '../model/synced-tree.ts';
import type { Remote, RemoteListing } from '../ports/remote.ts';
import { Claims } from '../reconcile/claims.ts';
import type { Finding } from './finding.ts';
import type { Ignoring } from './ignore.ts';
import { type LeftOut, leftOutFor } from './left-out.ts';
import { type LocalNameRules, localNameProblem } from './names.ts';
import { Strays } from './strays.ts';

/** What a look at the server needs. */
export interface RemoteDiscovery {
  readonly remote: Remote;
  readonly root: RemoteFolder;
  readonly synced: SyncedTree;
  readonly ignoredBy: Ignoring;
  /** Bytes. */
  readonly maxFileSize: number;
  /** Whether a folder that the journal does not know is not wanted here. */
  readonly isUnwanted: (path: SyncPath, id: string) => boolean;
  readonly nameRules: LocalNameRules;
  /** Listings asked for at a time. */
  readonly parallel: number;
  readonly signal: AbortSignal;
  /** Rows whose moves are not to be followed in this run. */
  readonly entangled: ReadonlySet<number>;
}

/** The server's folder as it was found. */
export interface RemoteFindings {
  readonly root: ObservedRemote;
  readonly claims: Claims<RemoteEntry>;
  readonly complete: boolean;
  readonly findings: readonly Finding[];
  readonly leftOut: readonly LeftOut[];
  /** What was in sync and has come to names that are left alone. */
  readonly strays: readonly ObservedRemote[];
  /** Files taken over in the second of their writing, and seen again within it: to be looked at again soon. */
  readonly doubtful: readonly SyncPath[];
}

/**
 * Looks at the server's folder. A folder whose etag is the one recorded is not listed: nothing changed in it.
 * A listing that fails is a finding, never an empty folder; a failure of the server as a whole is thrown.
 */
export async function discoverRemote(task: RemoteDiscovery): Promise<RemoteFindings> {
  const walk = new RemoteWalk(task);
  await walk.run();
  return walk;
}

class RemoteWalk implements RemoteFindings {
  readonly findings: Finding[] = [];
  readonly leftOut: LeftOut[] = [];
  readonly root: ObservedRemote;
  readonly claims: Claims<RemoteEntry>;
  complete = true;
  strays: readonly ObservedRemote[] = [];
  doubtful: readonly SyncPath[] = [];
  readonly #strays = new Strays<RemoteEntry>();
  readonly #task: RemoteDiscovery;
  #known: ReadonlyMap<RemotePath, RemoteListing> = new Map();

  constructor(task: RemoteDiscovery) {
    this.#task = task;
    this.root = observe<RemoteEntry>(undefined, '', task.root);
    this.claims = new Claims<RemoteEntry>(
      task.synced,
      (node, inPlace) => identify(node, inPlace, task),
      this.root,
      false,
    );
  }

  async run(): Promise<void> {
    const { synced } = this.#task;
    // Nothing is known yet, so all of it will be asked for.
    if (synced.size <= 1 && (synced.root?.etag ?? '') === '') this.#known = await this.#listAll();
    do {
      await this.#lookAll();
    } while (this.#strays.followNext(this.claims) !== undefined);
    this.claims.settleFiles();
    this.strays = this.#strays.settle();
    markChanges(this.root);
    this.#leaveOutLarge();
    this.doubtful = eachObserved(this.root).filter(isDoubtful).map(observedPath);
  }

  /** Looks into all folders that are settled, until none is in doubt. */
  async #lookAll(): Promise<void> {
    do {
      for (let ready = this.claims.takeReady(); ready.length > 0; ready = this.claims.takeReady()) {
        await this.#look(ready);
      }
    } while (this.claims.settleNextFolder());
  }

  /** Lists folders, several at a time; what they hold is judged in a fixed order. */
  async #look(folders: readonly ObservedRemote[]): Promise<void> {
    const queue = folders.filter((folder) => !this.#prune(folder));
    const listings = new Map<ObservedRemote, RemoteListing>();
    const worker = async (): Promise<void> => {
      for (let folder = queue.shift(); folder !== undefined; folder = queue.shift()) {
        const listing = await this.#list(folder);
        if (listing !== undefined) listings.set(folder, listing);
      }
    };
    await Promise.all(Array.from({ length: this.#task.parallel }, worker));
    for (const folder of folders) {
      const listing = listings.get(folder);
      if (listing !== undefined) this.#admitAll(folder, listing);
    }
  }

  #prune(folder: ObservedRemote): boolean {
    const { claimed, entry } = folder;
    if (isAway(claimed) || (claimed === undefined && this.#isUnwanted(folder))) {
      folder.listing = 'unwanted';
      return true;
    }
    const isKnown =
      claimed?.kind === 'folder' &&
      claimed.etag !== '' &&
      claimed.etag === entry.etag &&
      claimed.remoteId === entry.id;
    if (isKnown) folder.listing = 'pruned';
    return isKnown;
  }

  #isUnwanted(folder: ObservedRemote): boolean {
    return this.#task.isUnwanted(observedPath(folder), folder.entry.id);
  }

  async #listAll(): Promise<ReadonlyMap<RemotePath, RemoteListing>> {
    try {
      return await this.#task.remote.listAll(this.#task.signal);
    } catch (error) {
      if (isAbort(error) || !(error instanceof RemoteFailure) || stopsRun(error)) throw error;
      return new Map();
    }
  }

  async #list(folder: ObservedRemote): Promise<RemoteListing | undefined> {
    const known = this.#known.get(observedRemotePath(folder));
    if (known !== undefined) return known;
    try {
      return await this.#task.remote.list(observedRemotePath(folder), this.#task.signal);
    } catch (error) {
      if (isAbort(error) || !(error instanceof RemoteFailure) || stopsRun(error) || folder === this.root)
        throw error;
      folder.listing = 'failed';
      this.complete = false;
      this.findings.push({
        path: observedPath(folder),
        code: 'listingFailed',
        action: 'list',
        data: error.data,
      });
      return undefined;
    }
  }

  /** What is too large is left as it is on both sides, but for a version that is on both already. */
  #leaveOutLarge(): void {
    for (const node of eachObserved(this.root)) {
      const { entry, claimed, changed } = node;
      if (entry.kind !== 'file' || entry.size <= this.#task.maxFileSize) continue;
      if (node.held !== undefined || (claimed !== undefined && !changed)) continue;
      node.held = 'overLimit';
      this.leftOut.push({ path: observedPath(node), code: 'leftOutTooLarge' });
    }
  }

  #admitAll(folder: ObservedRemote, listing: RemoteListing): void {
    folder.listedEtag = listing.self.etag;
    const path = observedPath(folder);
    for (const { name, entry } of listing.children) {
      const by = this.#task.ignoredBy(path, name, entry.kind);
      if (by !== undefined) {
        if (localNameProblem(name, this.#task.nameRules) === undefined)
          this.#strays.add(folder, name, entry, by);
        else takeName(folder, name);
        const code = leftOutFor(by);
        if (code !== undefined) this.leftOut.push({ path: joinSync(path, nameKey(name)), code });
        continue;
      }
      const child = this.#admit(folder, name, entry);
      if (child !== undefined) this.claims.offer(child);
    }
  }

  #admit(folder: ObservedRemote, name: RemoteName, entry: RemoteEntry): ObservedRemote | undefined {
    if (folder.children.has(nameKey(name))) {
      folder.keeps = true;
      const path = joinSync(observedPath(folder), nameKey(name));
      this.findings.push({ path, code: 'nameClash', action: 'list', data: { name } });
      return undefined;
    }
    const child = observe(folder, name, entry);
    child.held = localNameProblem(name, this.#task.nameRules);
    if (child.held !== undefined) {
      this.findings.push({ path: observedPath(child), code: child.held, action: 'list', data: {} });
    }
    return child;
  }
}

/** By server id; the one in place first, since a share that is mounted twice has the same id twice. */
function identify(
  node: Observed<RemoteEntry>,
  inPlace: SyncedNode | undefined,
  task: RemoteDiscovery,
): SyncedNode | undefined {
  const { id } = node.entry;
  if (id === '') return undefined;
  if (inPlace?.remoteId === id) return inPlace;
  const known = task.synced.byRemoteId(id);
  return known !== undefined && task.entangled.has(known.row) ? undefined : known;
}

/** A file whose content may have changed within the second of its writing, which is not over yet. */
export function isDoubtful({ entry, claimed }: ObservedRemote): boolean {
  return entry.kind === 'file' && entry.racy && claimed?.kind === 'file' && claimed.racy;
}

function markChanges(node: ObservedRemote): void {
  const { entry, claimed } = node;
  if (entry.kind === 'file' && claimed?.kind === 'file') {
    node.changed = !isSameVersion(entry, claimed);
  }
  for (const child of node.children.values()) markChanges(child);
}
