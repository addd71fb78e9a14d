import { hash } from 'node:crypto';
import { RemoteFailure } from '../model/failures.ts';

/** A file or folder of the server in memory. */
export interface ServerNode {
  readonly id: string;
  /** What its etag follows from beside time and length; never shared. */
  readonly inode: string;
  readonly kind: 'file' | 'folder';
  content: Uint8Array;
  /** Seconds since 1970. */
  mtime: number;
  stated: string;
  /** Whether its content changed and its etag did not, as happens within one second: no client can tell. */
  isTwin: boolean;
  /** When its content came, by the server's clock in ms. */
  storedAt: number;
  /** Of folders: when somebody last listed it, by the same clock. */
  listedAt: number;
  /** Of folders; that of a file follows from its metadata. */
  mark: string;
  readonly children: Map<string, ServerNode>;
}

/** What one may do with what somebody else shares: only read it, also add to it, also remove it, or everything. */
export type Rights = 'read' | 'add' | 'remove' | 'all';

/** Between a last look at a folder and its removal, which takes no condition; ms. */
const instant = 5;

/**
 * A server in memory that keeps the habits recorded from Nextcloud: ids that survive moves, a new etag for
 * every folder above a change, a file's etag that does not see content written in the same second with the
 * same length, checksums stored unverified and dropped by whoever states none, a trash.
 */
export class MemoryServer {
  readonly root: ServerNode;
  /** Contents that were written over: the server keeps versions. */
  readonly versions: Uint8Array[] = [];
  /** Contents that went to the trash, and whether that was with a folder above them. */
  readonly trash: { readonly path: string; readonly content: Uint8Array; readonly isBelow: boolean }[] = [];
  /** What this account may do in the folders of others, by their ids. */
  readonly shares = new Map<string, Exclude<Rights, 'all'>>();
  /**
   * Those that no client could know of: their etag was that of others, they came as the folder went, or they came after
   * the last listing of a folder and what takes no condition took their place.
   */
  readonly unknowable: Uint8Array[] = [];
  /** Uploads in parts, by id. */
  readonly uploads = new Map<string, Map<number, Uint8Array>>();
  /** Whether it takes many files at once. */
  takesBulk = false;
  fingerprint = '';
  quota = Number.POSITIVE_INFINITY;
  readonly #now: () => number;
  #next = 1;

  /** @param now ms since 1970 */
  constructor(now: () => number) {
    this.#now = now;
    this.root = this.#make('folder');
  }

  /** Seconds since 1970 by the server's clock. */
  get time(): number {
    return Math.floor(this.#now() / 1000);
  }

  find(path: string): ServerNode | undefined {
    let node: ServerNode | undefined = this.root;
    for (const name of namesOf(path)) node = node?.kind === 'folder' ? node.children.get(name) : undefined;
    return node;
  }

  /** What this account may do with what is at a path, or would be: what the topmost share that it is in lets it. */
  rightsAt(path: string): Rights {
    const names = namesOf(path);
    for (const index of names.keys()) {
      const above = this.find(names.slice(0, index + 1).join('/'));
      const rights = above === undefined ? undefined : this.shares.get(above.id);
      if (rights !== undefined) return rights;
    }
    return 'all';
  }

  /**
   * Somebody shares a folder with less than all rights, or with all again.
   *
   * @param isSeen whether all below it looks changed, as after a new share; else no etag tells of it
   */
  share(path: string, rights: Rights, isSeen: boolean): void {
    const folder = this.find(path);
    if (folder?.kind !== 'folder') return;
    if (rights === 'all') this.shares.delete(folder.id);
    else this.shares.set(folder.id, rights);
    if (!isSeen) return;
    this.#remark(folder);
    this.#touch(path);
  }

  etag(node: ServerNode): string {
    if (node.kind === 'folder') return node.mark;
    return hash('md5', `${node.inode} ${node.mtime} ${node.content.length}`);
  }

  /** Stores a file; without an mtime it is now, without a checksum the stored one is dropped. */
  write(path: string, content: Uint8Array, mtime = this.time, stated = ''): ServerNode {
    const standing = this.find(path);
    if (standing?.kind === 'folder') throw new RemoteFailure('parentMissing', { status: 409 });
    this.#checkQuota(content.length - (standing?.content.length ?? 0));
    const folder = this.#folderOf(path, 'notFound');
    const node = standing ?? this.#make('file');
    const before = this.etag(node);
    if (node.isTwin) this.unknowable.push(node.content);
    if (standing !== undefined) this.versions.push(standing.content);
    node.content = content;
    node.mtime = mtime;
    node.stated = stated;
    node.storedAt = this.#now();
    node.isTwin = standing !== undefined && this.etag(node) === before;
    folder.children.set(lastOf(path), node);
    this.#touch(path);
    return node;
  }

  /** Stores a file whatever stands there, of which a version is kept; no checksum is stored (recorded: 07/42, 07/53). */
  overwrite(path: string, content: Uint8Array, mtime: number): void {
    const standing = this.find(path);
    const isUnseen =
      standing?.kind === 'file' && standing.storedAt >= this.#folderOf(path, 'notFound').listedAt;
    const kept = isUnseen ? [standing.content] : [];
    this.write(path, content, mtime);
    this.unknowable.push(...kept);
  }

  /** A file under an id that another one has, as a server with a fault may show. */
  writeWithId(path: string, content: Uint8Array, id: string): void {
    if (this.find(path) !== undefined) throw new RemoteFailure('exists', { status: 405 });
    const node = { ...this.#make('file'), id, content };
    this.#folderOf(path, 'notFound').children.set(lastOf(path), node);
    this.#touch(path);
  }

  makeFolder(path: string): ServerNode {
    if (this.find(path) !== undefined) throw new RemoteFailure('exists', { status: 405 });
    const folder = this.#folderOf(path, 'parentMissing');
    const node = this.#make('folder');
    folder.children.set(lastOf(path), node);
    this.#touch(path);
    return node;
  }

  /** Somebody lists a folder: what is in it is known. */
  noteListing(folder: ServerNode): void {
    folder.listedAt = this.#now();
  }

  /** Never replaces. */
  move(from: string, to: string): void {
    const node = this.find(from);
    if (node === undefined) throw new RemoteFailure('notFound', { status: 404 });
    const standing = this.find(to);
    if (standing !== undefined && standing !== node)
      throw new RemoteFailure('conditionFailed', { status: 412 });
    if (`${to}/`.startsWith(`${from}/`)) throw new RemoteFailure('parentMissing', { status: 409 });
    const target = this.#folderOf(to, 'parentMissing');
    this.#folderOf(from, 'notFound').children.delete(lastOf(from));
    this.#touch(from);
    target.children.set(lastOf(to), node);
    this.#arrive(node);
    this.#touch(to);
  }

  /** Into the trash, with all below. */
  remove(path: string): void {
    const node = this.find(path);
    if (node === undefined) throw new RemoteFailure('notFound', { status: 404 });
    this.#throwAway(node, path, false);
    this.#folderOf(path, 'notFound').children.delete(lastOf(path));
    this.#touch(path);
  }

  /** A backup: gives what puts the server back to how it is now. */
  backUp(): () => void {
    const children = copyOf(this.root).children;
    return () => {
      this.root.children.clear();
      for (const [name, node] of copyOf({ ...this.root, children }).children)
        this.root.children.set(name, node);
      this.root.mark = `m${this.#next++}`;
      this.fingerprint = `f${this.#next++}`;
    };
  }

  /** It is there from now on, with all below. */
  #arrive(node: ServerNode): void {
    node.storedAt = this.#now();
    for (const child of node.children.values()) this.#arrive(child);
  }

  #throwAway(node: ServerNode, path: string, isBelow: boolean): void {
    const { content } = node;
    const isUnknowable = node.isTwin || this.#now() - node.storedAt < instant;
    if (node.kind === 'file' && isUnknowable) this.unknowable.push(content);
    if (node.kind === 'file' && !isUnknowable) this.trash.push({ path, content, isBelow });
    for (const [name, child] of node.children) this.#throwAway(child, `${path}/${name}`, true);
  }

  #remark(folder: ServerNode): void {
    folder.mark = `m${this.#next++}`;
    for (const child of folder.children.values()) if (child.kind === 'folder') this.#remark(child);
  }

  #make(kind: ServerNode['kind']): ServerNode {
    const id = String(this.#next++);
    return {
      id,
      inode: id,
      kind,
      content: new Uint8Array(),
      mtime: this.time,
      stated: '',
      isTwin: false,
      storedAt: this.#now(),
      listedAt: this.#now(),
      mark: `m${id}`,
      children: new Map(),
    };
  }

  #folderOf(path: string, failure: 'notFound' | 'parentMissing'): ServerNode {
    const folder = this.find(path.slice(0, Math.max(0, path.lastIndexOf('/'))));
    if (folder?.kind !== 'folder') throw new RemoteFailure(failure);
    return folder;
  }

  /** All folders above a change get one and the same new etag. */
  #touch(path: string): void {
    const mark = `m${this.#next++}`;
    const names = namesOf(path);
    for (let depth = 0; depth < names.length; depth += 1) {
      const folder = this.find(names.slice(0, depth).join('/'));
      if (folder !== undefined) folder.mark = mark;
    }
  }

  #checkQuota(growth: number): void {
    if (this.quota === Number.POSITIVE_INFINITY) return;
    if (this.#used() + growth > this.quota) throw new RemoteFailure('quotaFull', { status: 507 });
  }

  #used(node: ServerNode = this.root): number {
    let used = node.content.length;
    for (const child of node.children.values()) used += this.#used(child);
    return used;
  }
}

function copyOf(node: ServerNode): ServerNode {
  return { ...node, children: new Map([...node.children].map(([name, child]) => [name, copyOf(child)])) };
}

function namesOf(path: string): string[] {
  return path.split('/').filter((name) => name !== '');
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
