import { createHash } from 'node:crypto';
import { isOwnName } from '../../main/sync/discover/own-names.ts';
import type { Inode, MemoryDisk } from '../../main/sync/testing/memory-disk.ts';
import type { MemoryServer } from '../../main/sync/testing/memory-server.ts';
import type { Edit, Meddling } from './history.ts';
import type { Ledger } from './ledger.ts';

export interface Person {
  act(edit: Edit): void;
  /** Does something to a certain file, if it is one and somebody's. */
  meddle(path: string, meddling: Meddling): void;
  /** Puts a file where nothing is, if there is a folder for it. */
  intrude(path: string): void;
}

type Trace = (line: string) => void;

interface Surroundings {
  readonly disk: MemoryDisk;
  readonly server: MemoryServer;
  readonly ledger: Ledger;
}

/** One side as a person sees it: files and folders by paths, under whatever the side is made of. */
interface Side {
  files(): string[];
  folders(): string[];
  read(path: string): Uint8Array;
  exists(path: string): boolean;
  isFile(path: string): boolean;
  /** A new name as this side may spell it. */
  spell(path: string, choice: number): string;
  write(path: string, content: Uint8Array, keepTime: boolean): void;
  makeFolder(path: string): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
  /** Contents of a file, or of all files in a folder. */
  contents(path: string): Uint8Array[];
  touch(path: string): void;
  /** Sets the time of modification, in seconds since 1970. */
  setTime(path: string, seconds: number): void;
  /** Keeps a file open for writing, as far as this side knows such a thing. */
  keepOpen(path: string): void;
  /** Writes to all that is kept open, wherever it is now, and closes it. */
  writeOpen(contentAfter: (before: Uint8Array) => Uint8Array): void;
  /** Another file with the identity of one that is there, where that can be. */
  writeLike(path: string, like: string, content: Uint8Array): void;
}

const longName = `${'long '.repeat(45)}name.txt`;
const names = ['a', 'b', 'c', 'd.txt', 'é', 'f.odt', longName];
const oddTimes = [0, -1, -86_400 * 365 * 50, 1, 4_102_444_800, 253_402_300_799];
/** The same name as one of them, as some disks spell it. */
const decomposed = 'é'.normalize('NFD');
const deepest = 4;

/** Someone at this computer. */
export function localPerson(world: Surroundings, root: string, trace: Trace): Person {
  return personOn(traced(localSide(world.disk, root), 'here', trace), world.ledger);
}

/** Someone who works on the server. */
export function remotePerson(world: Surroundings, trace: Trace): Person {
  return personOn(traced(remoteSide(world.server), 'there', trace), world.ledger);
}

function personOn(side: Side, ledger: Ledger): Person {
  const acts: Record<Edit['kind'], (edit: Edit) => void> = {
    create: (edit) => create(side, ledger, edit),
    overwrite: ({ a, b, c }) =>
      withFile(side, a, (path) => overwrite(side, ledger, path, b % 150, c % 4 === 0)),
    overwriteInPlace: ({ a }) =>
      withFile(side, a, (path) => overwrite(side, ledger, path, side.read(path).length, true)),
    remove: ({ a }) => withAny(side, a, (path) => remove(side, ledger, path)),
    rename: ({ a, b, c }) =>
      withAny(side, a, (path) => rename(side, ledger, path, placeFor(side, b, c), false)),
    replaceByRename: ({ a, b }) =>
      withFile(side, a, (path) => withFile(side, b, (target) => rename(side, ledger, path, target, true))),
    swap: ({ a, b }) => withAny(side, a, (one) => withAny(side, b, (other) => swap(side, one, other))),
    makeFolder: ({ a, b }) => {
      const path = placeFor(side, a, b);
      if (!side.exists(path)) side.makeFolder(path);
    },
    makeFilledFolder: (edit) => makeFilledFolder(side, ledger, edit),
    keepOpen: ({ a }) => withFile(side, a, (path) => side.keepOpen(path)),
    writeOpen: ({ a }) =>
      side.writeOpen((before) => {
        ledger.excuse(before);
        return ledger.create(a % 150);
      }),
    touch: ({ a }) => withFile(side, a, (path) => side.touch(path)),
    retype: (edit) => withAny(side, edit.a, (path) => retype(side, ledger, path)),
    changeCase: ({ a }) => withAny(side, a, (path) => rename(side, ledger, path, otherCase(path), false)),
    oddTime: ({ a, b }) =>
      withFile(side, a, (path) => side.setTime(path, oddTimes[b % oddTimes.length] ?? 0)),
    sameId: ({ a, b, c }) =>
      withFile(side, a, (like) => {
        const path = placeFor(side, b, c);
        if (!side.exists(path)) side.writeLike(path, like, ledger.create(30));
      }),
  };
  return {
    act: (edit) => acts[edit.kind](edit),
    intrude: (path) => {
      const folder = path.slice(0, path.lastIndexOf('/'));
      if (side.folders().includes(folder) && !side.exists(path)) side.write(path, ledger.create(30), false);
    },
    meddle: (path, { kind, a }) => {
      const isOwn = path.split('/').some(isOwnName);
      if (isOwn || !side.exists(path) || !side.isFile(path)) return;
      if (kind === 'remove') remove(side, ledger, path);
      else if (kind === 'rename') rename(side, ledger, path, placeFor(side, a, a >> 8), false);
      else
        overwrite(
          side,
          ledger,
          path,
          kind === 'overwrite' ? a % 150 : side.read(path).length,
          kind !== 'overwrite',
        );
    },
  };
}

function create(side: Side, ledger: Ledger, { a, b, c }: Edit): void {
  const path = placeFor(side, a, b);
  if (!side.exists(path)) side.write(side.spell(path, c >> 8), ledger.create(8 + (c % 300)), false);
}

function makeFilledFolder(side: Side, ledger: Ledger, { a, b, c }: Edit): void {
  const folder = placeFor(side, a, b);
  if (side.exists(folder)) return;
  side.makeFolder(folder);
  for (const name of names.slice(0, 1 + (c % names.length)))
    side.write(`${folder}/${name}`, ledger.create(8 + ((c >> 8) % 100)), false);
}

function overwrite(side: Side, ledger: Ledger, path: string, length: number, keepTime: boolean): void {
  ledger.excuse(side.read(path));
  side.write(path, ledger.create(length), keepTime);
}

function remove(side: Side, ledger: Ledger, path: string): void {
  for (const content of side.contents(path)) ledger.excuse(content);
  side.remove(path);
}

function rename(side: Side, ledger: Ledger, from: string, to: string, replace: boolean): void {
  if (from === to || `${to}/`.startsWith(`${from}/`) || depthOf(to) > deepest + 2) return;
  if (side.exists(to)) {
    if (!replace || !side.isFile(to)) return;
    ledger.excuse(side.read(to));
    side.remove(to);
  }
  side.rename(from, to);
}

function swap(side: Side, one: string, other: string): void {
  const isNested = `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);
  if (isNested) return;
  const between = `${one}-swapping`;
  if (side.exists(between)) return;
  side.rename(one, between);
  side.rename(other, one);
  side.rename(between, other);
}

function retype(side: Side, ledger: Ledger, path: string): void {
  const wasFile = side.isFile(path);
  remove(side, ledger, path);
  if (wasFile) side.makeFolder(path);
  else side.write(path, ledger.create(20), false);
}

/** The last name in its other spelling, if it has one. */
function respelled(path: string): string {
  const slash = path.lastIndexOf('/') + 1;
  const name = path.slice(slash);
  if (name === decomposed) return path.slice(0, slash) + name.normalize('NFC');
  return path.slice(0, slash) + name.normalize('NFD');
}

function otherCase(path: string): string {
  const slash = path.lastIndexOf('/') + 1;
  const name = path.slice(slash);
  return path.slice(0, slash) + (name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase());
}

function withFile(side: Side, choice: number, act: (path: string) => void): void {
  const path = pick(side.files(), choice);
  if (path !== undefined) act(path);
}

function withAny(side: Side, choice: number, act: (path: string) => void): void {
  const path = pick([...side.files(), ...side.folders()], choice);
  if (path !== undefined) act(path);
}

function placeFor(side: Side, folderChoice: number, nameChoice: number): string {
  const folders = ['', ...side.folders().filter((path) => depthOf(path) < deepest)];
  return `${pick(folders, folderChoice) ?? ''}/${pick(names, nameChoice) ?? 'x'}`;
}

function depthOf(path: string): number {
  return path.split('/').length - 1;
}

function pick(items: readonly string[], choice: number): string | undefined {
  return items.length === 0 ? undefined : items[choice % items.length];
}

function localSide(disk: MemoryDisk, root: string): Side {
  const at = (path: string): string => `${root}${path}`;
  const walk = (path: string, kind: 'file' | 'folder'): string[] => {
    const found: string[] = [];
    for (const name of disk.names(at(path))) {
      const below = `${path}/${name}`;
      const inode = isOwnName(name) ? undefined : disk.find(at(below));
      if (inode?.kind === kind) found.push(below);
      if (inode?.kind === 'folder') found.push(...walk(below, kind));
    }
    return found;
  };
  const contents = (path: string): Uint8Array[] => {
    const inode = disk.find(at(path));
    if (inode === undefined) return [];
    if (inode.kind === 'file') return [inode.content];
    return disk.names(at(path)).flatMap((name) => contents(`${path}/${name}`));
  };
  const open = openFiles(disk);
  return {
    files: () => walk('', 'file'),
    folders: () => walk('', 'folder'),
    keepOpen: (path) => open.keep(at(path)),
    writeOpen: (contentAfter) => open.write(contentAfter),
    read: (path) => disk.find(at(path))?.content ?? new Uint8Array(),
    // People see no difference between spellings of one name, and neither do the dialogs that they use.
    exists: (path) => disk.find(at(path)) !== undefined || disk.find(at(respelled(path))) !== undefined,
    isFile: (path) => disk.find(at(path))?.kind === 'file',
    spell: (path, choice) => (choice % 2 === 0 ? path : respelled(path)),
    write: (path, content, keepTime) => {
      const before = disk.find(at(path))?.modified;
      disk.write(at(path), content, keepTime ? before : undefined);
    },
    makeFolder: (path) => disk.makeFolder(at(path)),
    rename: (from, to) => disk.rename(at(from), at(to)),
    remove: (path) => {
      // Whoever removes a file has no use for what a program still writes to it.
      open.close(at(path));
      if (disk.find(at(path))?.kind === 'folder') disk.removeAll(at(path));
      else disk.remove(at(path));
    },
    contents,
    touch: (path) => {
      const inode = disk.find(at(path));
      if (inode !== undefined) disk.setTime(inode, inode.changed + 5_000_000_000n);
    },
    setTime: (path, seconds) => {
      const inode = disk.find(at(path));
      if (inode !== undefined) disk.setTime(inode, BigInt(seconds) * 1_000_000_000n);
    },
    writeLike: (path, _, content) => {
      disk.write(at(path), content);
    },
  };
}

/** What programs have open for writing: the files themselves, whatever their names become. */
function openFiles(disk: MemoryDisk): {
  readonly keep: (path: string) => void;
  readonly write: Side['writeOpen'];
  readonly close: (path: string) => void;
} {
  const open = new Set<Inode>();
  const close = (path: string): void => {
    const inode = disk.find(path);
    if (inode === undefined) return;
    inode.isOpen = false;
    for (const name of inode.kind === 'folder' ? disk.names(path) : []) close(`${path}/${name}`);
  };
  return {
    close,
    keep: (path) => {
      const inode = disk.find(path);
      if (inode === undefined) return;
      inode.isOpen = true;
      open.add(inode);
    },
    write: (contentAfter) => {
      for (const inode of open) {
        if (inode.isOpen) disk.setContent(inode, contentAfter(inode.content));
        inode.isOpen = false;
      }
      open.clear();
    },
  };
}

function remoteSide(server: MemoryServer): Side {
  const walk = (path: string, kind: 'file' | 'folder'): string[] => {
    const found: string[] = [];
    for (const [name, node] of server.find(path)?.children ?? []) {
      const below = `${path}/${name}`;
      if (node.kind === kind) found.push(below);
      if (node.kind === 'folder') found.push(...walk(below, kind));
    }
    return found;
  };
  const contents = (path: string): Uint8Array[] => {
    const node = server.find(path);
    if (node === undefined) return [];
    return node.kind === 'file'
      ? [node.content]
      : [...node.children.keys()].flatMap((name) => contents(`${path}/${name}`));
  };
  return {
    files: () => walk('', 'file'),
    folders: () => walk('', 'folder'),
    read: (path) => server.find(path)?.content ?? new Uint8Array(),
    exists: (path) => server.find(path) !== undefined,
    isFile: (path) => server.find(path)?.kind === 'file',
    spell: (path) => path,
    keepOpen: () => undefined,
    writeOpen: () => undefined,
    // Another client that keeps the time states a checksum, as they all do.
    write: (path, content, keepTime) => {
      const before = server.find(path)?.mtime;
      const isStated = keepTime && before !== undefined && before !== server.time;
      server.write(path, content, isStated ? before : undefined, isStated ? statedFor(content) : '');
    },
    makeFolder: (path) => server.makeFolder(path),
    rename: (from, to) => server.move(from, to),
    remove: (path) => server.remove(path),
    contents,
    touch: (path) => {
      const node = server.find(path);
      if (node !== undefined) server.write(path, node.content, server.time, node.stated);
    },
    setTime: (path, seconds) => {
      const node = server.find(path);
      if (node !== undefined) server.write(path, node.content, seconds, node.stated);
    },
    writeLike: (path, like, content) => {
      server.writeWithId(path, content, server.find(like)?.id ?? '');
    },
  };
}

function statedFor(content: Uint8Array): string {
  return `SHA1:${createHash('sha1').update(content).digest('hex')}`;
}

/** The same side, telling what is done to it. */
function traced(side: Side, name: string, trace: Trace): Side {
  return {
    ...side,
    write: (path, content, keepTime) => {
      trace(
        `  ${name}: write ${path} ${Buffer.from(content).toString('latin1').slice(0, 8)} ${keepTime ? 'same time' : ''}`,
      );
      side.write(path, content, keepTime);
    },
    makeFolder: (path) => {
      trace(`  ${name}: mkdir ${path}`);
      side.makeFolder(path);
    },
    rename: (from, to) => {
      trace(`  ${name}: rename ${from} ${to}`);
      side.rename(from, to);
    },
    remove: (path) => {
      trace(`  ${name}: remove ${path}`);
      side.remove(path);
    },
    keepOpen: (path) => {
      trace(`  ${name}: keep open ${path}`);
      side.keepOpen(path);
    },
    writeOpen: (contentAfter) => {
      trace(`  ${name}: write to all that is open`);
      side.writeOpen(contentAfter);
    },
    touch: (path) => {
      trace(`  ${name}: touch ${path}`);
      side.touch(path);
    },
    setTime: (path, seconds) => {
      trace(`  ${name}: time of ${path} ${seconds}`);
      side.setTime(path, seconds);
    },
    writeLike: (path, like, content) => {
      trace(
        `  ${name}: write ${path} with the id of ${like} ${Buffer.from(content).toString('latin1').slice(0, 8)}`,
      );
      side.writeLike(path, like, content);
    },
  };
}
