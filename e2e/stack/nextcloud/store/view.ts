/**
 * What one account sees: its own files with other people's shares mounted in them. Every DAV request starts by
 * finding its place here.
 */
import { combinedEtag } from './etags.ts';
import type { StoredNode } from './nodes.ts';
import { rootOf } from './nodes.ts';
import type { Mount, Share, Shares } from './shares.ts';
import { permission } from './shares.ts';
import type { Tree } from './tree.ts';

/** A node as reached by one account over one path. */
export interface Place {
  readonly uid: string;
  readonly node: StoredNode;
  /** Names from the home down; empty for the home itself. */
  readonly names: readonly string[];
  /** The mount this lies in, if it is someone else's. */
  readonly mount: Mount | null;
  readonly isMountPoint: boolean;
}

/** A path that leads nowhere: `depth` names were found, the next one is missing or would lie in a file. */
export interface Nowhere {
  readonly depth: number;
  readonly underFile: boolean;
}

export type Lookup = { readonly place: Place } | { readonly nowhere: Nowhere };

export class View {
  readonly #tree: Tree;
  readonly #shares: Shares;

  constructor(tree: Tree, shares: Shares) {
    this.#tree = tree;
    this.#shares = shares;
  }

  home(uid: string): Place {
    return { uid, node: this.#tree.root(uid, 'files'), names: [], mount: null, isMountPoint: false };
  }

  /** The top of a public link: the shared node with the link's rights. */
  linkRoot(node: StoredNode, share: Share): Place {
    const mount = { node, permissions: share.permissions, target: '/', shares: [share] };
    return { uid: share.owner, node, names: [], mount, isMountPoint: false };
  }

  /** Walks down from a place, usually a home. */
  find(from: Place, names: readonly string[]): Lookup {
    let place = from;
    for (const [depth, name] of names.entries()) {
      if (place.node.kind === 'file') return { nowhere: { depth, underFile: true } };
      const next = this.child(place, name);
      if (!next) return { nowhere: { depth, underFile: false } };
      place = next;
    }
    return { place };
  }

  child(parent: Place, name: string): Place | null {
    const names = [...parent.names, name];
    const mount = parent.mount ? undefined : this.#shares.mountsOf(parent.uid).get(`/${names.join('/')}`);
    if (mount) return { uid: parent.uid, node: mount.node, names, mount, isMountPoint: true };
    const node = parent.node.kind === 'folder' ? parent.node.children.get(name) : undefined;
    return node ? { uid: parent.uid, node, names, mount: parent.mount, isMountPoint: false } : null;
  }

  /** Children by name, mount points among them. */
  children(parent: Place): Place[] {
    if (parent.node.kind === 'file') return [];
    const names = new Set(parent.node.children.keys());
    for (const mount of this.#mountsDirectlyIn(parent))
      names.add(mount.target.slice(mount.target.lastIndexOf('/') + 1));
    return [...names].toSorted().flatMap((name) => this.child(parent, name) ?? []);
  }

  /** Share bits that hold here: all of them in one's own files. */
  permissions(place: Place): number {
    const bits = place.mount ? place.mount.permissions : permission.all;
    return place.node.kind === 'file' ? bits & ~permission.create : bits;
  }

  /**
   * oc:permissions letters (FACTS 9). `listed` says the place was reached by listing its parent: a mount point
   * then shows N and V even when it is read-only.
   */
  letters(place: Place, listed: boolean): string {
    const bits = this.permissions(place);
    const has = (bit: number) => (bits & bit) !== 0;
    const canRename = has(permission.update) || (place.isMountPoint && listed);
    return [
      place.mount ? 'S' : '',
      has(permission.share) ? 'R' : '',
      has(permission.read) ? 'G' : '',
      has(permission.delete) || place.isMountPoint ? 'D' : '',
      canRename ? 'NV' : '',
      place.node.kind === 'file' && has(permission.update) ? 'W' : '',
      place.node.kind === 'folder' && has(permission.create) ? 'CK' : '',
    ].join('');
  }

  etag(place: Place): string {
    const mounts = this.#mountsBelow(place);
    return combinedEtag(
      place.node.etag,
      mounts.map((mount) => mount.node.etag),
    );
  }

  size(place: Place): number {
    return this.#mountsBelow(place).reduce((sum, mount) => sum + mount.node.size, place.node.size);
  }

  mtime(place: Place): number {
    return this.#mountsBelow(place).reduce(
      (latest, mount) => Math.max(latest, mount.node.mtime),
      place.node.mtime,
    );
  }

  owner(place: Place): string {
    return rootOf(place.node).owner;
  }

  #mountsBelow(place: Place): Mount[] {
    if (place.node.kind === 'file') return [];
    const mounts = this.#shares.mountsOf(place.uid);
    if (mounts.size === 0 || place.mount) return [];
    const prefix = pathPrefix(place);
    return [...mounts.values()].filter((mount) => mount.target.startsWith(prefix));
  }

  #mountsDirectlyIn(place: Place): Mount[] {
    const prefix = pathPrefix(place);
    return this.#mountsBelow(place).filter((mount) => !mount.target.includes('/', prefix.length));
  }
}

function pathPrefix(place: Place): string {
  return place.names.length === 0 ? '/' : `/${place.names.join('/')}/`;
}
