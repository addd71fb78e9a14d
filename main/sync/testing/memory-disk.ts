import type { LocalEntry } from '../model/entries.ts';
import { LocalFailure } from '../model/failures.ts';

/** A file or folder of the disk in memory. */
export interface Inode {
  readonly number: string;
  readonly kind: 'file' | 'folder' | 'link';
  content: Uint8Array;
  readonly children: Map<string, Inode>;
  /** Nanoseconds since 1970. */
  modified: bigint;
  changed: bigint;
  readonly born: bigint;
  links: number;
  /** A program has it open for writing. */
  isOpen: boolean;
  /** Bytes of it that a power cut leaves as they are. */
  flushed: number;
}

/** How the disk differs from the plain one. */
export interface DiskTraits {
  /** `a` and `A` are one name. */
  readonly ignoresCase: boolean;
  /** Modification times are kept in steps of so many ns. */
  readonly timeStep: bigint;
  /** Bytes that fit on it. */
  readonly capacity: number;
  /** It tells when a folder was made. */
  readonly knowsBirth: boolean;
  /** It keeps names in NFD, whatever they were given in. */
  readonly decomposes: boolean;
}

export const plainDisk: DiskTraits = {
  ignoresCase: false,
  timeStep: 1n,
  capacity: Number.POSITIVE_INFINITY,
  knowsBirth: true,
  decomposes: false,
};

/**
 * A disk in memory: inodes, hard links, reused inode numbers, change times. Synchronous and without faults;
 * people in tests use it directly, the engine through `MemoryFileSystem`.
 */
export class MemoryDisk {
  readonly traits: DiskTraits;
  readonly root: Inode;
  readonly #now: () => bigint;
  readonly #free: string[] = [];
  #next = 2;
  #used = 0;

  /** @param now nanoseconds since 1970; every call must give a later time */
  constructor(now: () => bigint, traits: DiskTraits = plainDisk) {
    this.#now = now;
    this.traits = traits;
    this.root = this.#make('folder');
  }

  /** Bytes that are in use. */
  get used(): number {
    return this.#used;
  }

  /** The power goes: what was not flushed is cut short, zeros, or zeros in part. */
  loseUnflushed(folder: Inode = this.root): void {
    for (const inode of folder.children.values()) {
      const { content, flushed } = inode;
      if (content.length > flushed) {
        const isCut = Number(inode.number) % 2 === 0;
        const kept = isCut ? content.slice(0, (flushed + content.length) >> 1) : Uint8Array.from(content);
        // The disk may have written what came last before what came first.
        const isTorn = Number(inode.number) % 4 === 3;
        this.#used -= content.length - kept.length;
        inode.content = kept.fill(0, flushed, isTorn ? (flushed + kept.length) >> 1 : kept.length);
        inode.flushed = Number.POSITIVE_INFINITY;
      }
      this.loseUnflushed(inode);
    }
  }

  /** What stands at a path, links not followed. */
  find(path: string): Inode | undefined {
    let inode: Inode | undefined = this.root;
    for (const name of namesOf(path)) inode = inode?.kind === 'folder' ? this.#child(inode, name) : undefined;
    return inode;
  }

  /** The names in a folder, as they were given. */
  names(path: string): string[] {
    return [...this.#folder(path).children.keys()];
  }

  /** Writes a whole file, making it when missing; `modified` in ns stands for `utimes`. */
  write(path: string, content: Uint8Array, modified?: bigint): Inode {
    const inode = this.find(path) ?? this.#add(path, 'file');
    if (inode.kind !== 'file') throw new LocalFailure('other', { what: 'not a file' });
    this.setContent(inode, content);
    if (modified !== undefined) this.setTime(inode, modified);
    return inode;
  }

  /** Changes the content of an inode, wherever it is linked. */
  setContent(inode: Inode, content: Uint8Array): void {
    const used = this.#used - inode.content.length + content.length;
    if (used > this.traits.capacity) throw new LocalFailure('diskFull');
    this.#used = used;
    inode.content = content;
    inode.modified = this.#step(this.#now());
    inode.changed = this.#now();
  }

  setTime(inode: Inode, modified: bigint): void {
    inode.modified = this.#step(modified);
    inode.changed = this.#now();
  }

  makeFolder(path: string): Inode {
    if (this.find(path) !== undefined) throw new LocalFailure('exists');
    return this.#add(path, 'folder');
  }

  makeLink(path: string): Inode {
    if (this.find(path) !== undefined) throw new LocalFailure('exists');
    return this.#add(path, 'link');
  }

  /** `rename(2)`: replaces a file, or an empty folder by a folder. */
  rename(from: string, to: string): void {
    const inode = this.#existing(from);
    this.#folder(parentOf(to));
    const standing = this.find(to);
    if (standing === inode) {
      if (namesOf(from).at(-1) === namesOf(to).at(-1)) return;
    } else if (standing !== undefined) {
      if (standing.kind === 'folder' && standing.children.size > 0) throw new LocalFailure('notEmpty');
      if ((standing.kind === 'folder') !== (inode.kind === 'folder')) throw new LocalFailure('exists');
      this.#unlink(to);
    }
    if (`${to}/`.startsWith(`${from}/`) && to !== from) throw new LocalFailure('nameRefused');
    this.#take(from);
    this.#hang(to, inode);
    inode.changed = this.#now();
  }

  /** `link(2)`: a second name for a file. */
  link(from: string, to: string): void {
    const inode = this.#existing(from);
    if (inode.kind !== 'file') throw new LocalFailure('readOnly');
    if (this.find(to) !== undefined) throw new LocalFailure('exists');
    this.#hang(to, inode);
    inode.links += 1;
    inode.changed = this.#now();
  }

  /** Removes a file or an empty folder. */
  removeFolder(path: string): void {
    if (this.#existing(path).kind !== 'folder') throw new LocalFailure('missing');
    this.remove(path);
  }

  remove(path: string): void {
    if (this.#existing(path).children.size > 0) throw new LocalFailure('notEmpty');
    this.#unlink(path);
  }

  /** Removes with all below. */
  removeAll(path: string): void {
    for (const name of this.names(path)) {
      const below = `${path}/${name}`;
      if (this.find(below)?.kind === 'folder') this.removeAll(below);
      else this.#unlink(below);
    }
    this.#unlink(path);
  }

  #child(folder: Inode, name: string): Inode | undefined {
    return folder.children.get(this.#spelled(folder, name) ?? name);
  }

  #spelled(folder: Inode, name: string): string | undefined {
    const { ignoresCase, decomposes } = this.traits;
    if (folder.children.has(name) || (!ignoresCase && !decomposes)) return name;
    const folded = this.#fold(name);
    return [...folder.children.keys()].find((candidate) => this.#fold(candidate) === folded);
  }

  /** What two names that are one to this disk have in common. */
  #fold(name: string): string {
    const composed = this.traits.decomposes ? name.normalize('NFD') : name;
    return this.traits.ignoresCase ? composed.toLowerCase() : composed;
  }

  #existing(path: string): Inode {
    const inode = this.find(path);
    if (inode === undefined) throw new LocalFailure('missing');
    return inode;
  }

  #folder(path: string): Inode {
    const inode = this.#existing(path);
    if (inode.kind !== 'folder') throw new LocalFailure('missing');
    return inode;
  }

  #make(kind: Inode['kind']): Inode {
    const now = this.#now();
    const number = this.#free.pop() ?? String(this.#next++);
    return {
      number,
      kind,
      content: new Uint8Array(),
      children: new Map(),
      modified: this.#step(now),
      changed: now,
      born: this.traits.knowsBirth ? now : 0n,
      links: 1,
      isOpen: false,
      flushed: Number.POSITIVE_INFINITY,
    };
  }

  #add(path: string, kind: Inode['kind']): Inode {
    this.#folder(parentOf(path));
    const inode = this.#make(kind);
    this.#hang(path, inode);
    return inode;
  }

  #hang(path: string, inode: Inode): void {
    const folder = this.#folder(parentOf(path));
    const name = namesOf(path).at(-1) ?? '';
    folder.children.set(this.traits.decomposes ? name.normalize('NFD') : name, inode);
    folder.modified = this.#now();
  }

  #take(path: string): void {
    const folder = this.#folder(parentOf(path));
    const name = namesOf(path).at(-1) ?? '';
    folder.children.delete(this.#spelled(folder, name) ?? name);
    folder.modified = this.#now();
  }

  #unlink(path: string): void {
    const inode = this.#existing(path);
    this.#take(path);
    inode.links -= 1;
    if (inode.links > 0) return;
    this.#used -= inode.content.length;
    this.#free.push(inode.number);
  }

  #step(time: bigint): bigint {
    return time - (time % this.traits.timeStep);
  }
}

/** An inode as the engine sees it. */
export function toEntry(inode: Inode): LocalEntry {
  switch (inode.kind) {
    case 'file': {
      const { number, content, modified, changed } = inode;
      return { kind: 'file', inode: number, size: content.length, modified, changed };
    }
    case 'folder':
      return { kind: 'folder', inode: inode.number, born: inode.born };
    case 'link':
      return { kind: 'special', what: 'link' };
    default:
      throw new Error('unexpected kind');
  }
}

function namesOf(path: string): string[] {
  return path.split('/').filter((name) => name !== '');
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
