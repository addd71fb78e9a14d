import type { ProblemCode } from '../api.ts';
import type { LocalEntry, RemoteEntry, SyncedNode } from './entries.ts';
import {
  joinRemote,
  joinSync,
  type NameKey,
  nameKey,
  type RemotePath,
  remoteName,
  remoteRoot,
  rootPath,
  type SyncPath,
} from './paths.ts';

/**
 * What is known of a folder's content on one side:
 * - `listed`: all of it is in `children`;
 * - `pruned`: not looked at, because it is as it was last in sync;
 * - `failed`: could not be looked at; nothing may be concluded;
 * - `unwanted`: not looked at, because it is not wanted on this computer.
 */
export type Listing = 'listed' | 'pruned' | 'failed' | 'unwanted';

/** One thing seen on one side during a run. */
export interface Observed<Entry extends LocalEntry | RemoteEntry> {
  readonly key: NameKey;
  /** The side's own spelling. */
  readonly spelled: string;
  readonly entry: Entry;
  readonly parent: Observed<Entry> | undefined;
  /** Empty for files. */
  readonly children: Children<Entry>;
  listing: Listing;
  /** The node of the synced tree that this is now, if any: set by `Claims`. */
  claimed: SyncedNode | undefined;
  /** Seen, but not to be synced, and why; its content was not looked at. */
  held: ProblemCode | 'uncertain' | 'special' | 'overLimit' | undefined;
  /** The etag that a folder had in its own listing: the one that fits what was seen in it. */
  listedEtag: string | undefined;
  /** Content differs from what was last in sync (files; set when discovery is over). */
  changed: boolean;
  /** A folder that holds something which has no node of its own here and must not vanish with it. */
  keeps: boolean;
  /** Stands under a name that is left alone, and was in sync before it came there. */
  isStray: boolean;
  /** Names of a folder that belong to something which is left alone: nothing else can have them on this side. */
  takenNames: Set<NameKey> | undefined;
}

export type ObservedRemote = Observed<RemoteEntry>;
export type ObservedLocal = Observed<LocalEntry>;

type Children<Entry extends LocalEntry | RemoteEntry> = Pick<
  Map<NameKey, Observed<Entry>>,
  'get' | 'has' | 'set' | 'delete' | 'values' | 'size'
>;

/** Files need no map of their own. */
const noChildren: Children<never> = Object.freeze({
  get: () => undefined,
  has: () => false,
  set: () => {
    throw new Error('a file has no children');
  },
  delete: () => false,
  values: () => [].values(),
  size: 0,
});

/** Makes a node and hangs it under its parent. */
export function observe<Entry extends LocalEntry | RemoteEntry>(
  parent: Observed<Entry> | undefined,
  spelled: string,
  entry: Entry,
): Observed<Entry> {
  const key = nameKey(spelled);
  const node: Observed<Entry> = {
    key,
    spelled,
    entry,
    parent,
    children: entry.kind === 'folder' ? new Map<NameKey, Observed<Entry>>() : noChildren,
    listing: 'listed',
    claimed: undefined,
    held: undefined,
    listedEtag: undefined,
    changed: false,
    keeps: false,
    isStray: false,
    takenNames: undefined,
  };
  parent?.children.set(key, node);
  return node;
}

/** Takes note that a name of a folder belongs to something which is left alone. */
export function takeName(folder: Pick<ObservedLocal, 'takenNames'>, name: string): void {
  folder.takenNames ??= new Set();
  folder.takenNames.add(nameKey(name));
}

/** The path of an observed node by its keys. */
export function observedPath(node: Observed<LocalEntry | RemoteEntry>): SyncPath {
  return node.parent === undefined ? rootPath : joinSync(observedPath(node.parent), node.key);
}

/** The path on the server, in its own spelling. */
export function observedRemotePath(node: ObservedRemote): RemotePath {
  return node.parent === undefined
    ? remoteRoot
    : joinRemote(observedRemotePath(node.parent), remoteName(node.spelled));
}

/** What stands at a path of a tree that was looked at, if anything does. */
export function observedAt<Entry extends LocalEntry | RemoteEntry>(
  root: Observed<Entry>,
  path: SyncPath,
): Observed<Entry> | undefined {
  let node: Observed<Entry> | undefined = root;
  for (const name of path === rootPath ? [] : path.split('/')) node = node?.children.get(nameKey(name));
  return node;
}

/** Every node of a tree, parents first. */
export function eachObserved<Entry extends LocalEntry | RemoteEntry>(
  root: Observed<Entry>,
): readonly Observed<Entry>[] {
  const nodes = [root];
  // The list grows as it is read: no recursion, and no generator in a generator for each level.
  for (const node of nodes) for (const child of node.children.values()) nodes.push(child);
  return nodes;
}
