import { hash } from 'node:crypto';
import { fromRow } from '../../main/sync/journal/node-rows.ts';
import {
  isAway,
  notListedYet,
  rootRow,
  type SyncedFile,
  type SyncedFolder,
  type SyncedNode,
  states,
} from '../../main/sync/model/entries.ts';
import type { Inode } from '../../main/sync/testing/memory-disk.ts';
import type { ServerNode } from '../../main/sync/testing/memory-server.ts';
import type { Tree } from './left-out.ts';
import { pairFolder, type World } from './world.ts';

/**
 * What the journal says that is not so on the disk or on the server, or does not say that is so; nothing when all is
 * told as it is.
 *
 * @param here what is equal on both sides, in NFC
 * @param isApart whether a path need not be equal on both sides
 */
export function findUntrueRows(
  world: World,
  here: Tree,
  isApart: (path: string) => boolean,
): string | undefined {
  const nodes = nodesOf(world);
  const told = new Set<string>();
  for (const node of nodes.values()) {
    const names = namesOf(node, nodes);
    const path = pathOf(node, nodes);
    told.add(path);
    if (isApart(path)) continue;
    // One that is not wanted here may have moved to where nobody looks.
    const untrue = isAway(node)
      ? whatIsHere(world, names)
      : (untrueHere(node, world, names) ?? untrueThere(node, world, names));
    if (untrue !== undefined) return `${path === '' ? 'the root' : path}: ${untrue}`;
  }
  const untold = [...here.keys()].find((path) => !told.has(path));
  return untold === undefined ? undefined : `${untold}: not in the journal`;
}

/** Whether a row's name is one that no file can have: another came to have its own, and it waits for what becomes of it. */
export function isParked(path: string): boolean {
  return path.includes('\0');
}

/** What the journal says, by row. */
export function nodesOf(world: World): ReadonlyMap<number, SyncedNode> {
  return new Map(world.rows('SELECT * FROM node').map((row) => [Number(row['row']), fromRow(row)]));
}

/** The path of a node, in NFC. */
export function pathOf(node: SyncedNode, nodes: ReadonlyMap<number, SyncedNode>): string {
  return namesOf(node, nodes)
    .map(({ name }) => `/${name}`)
    .join('');
}

/** A node and all above it but the root, that one first. */
function namesOf(node: SyncedNode, nodes: ReadonlyMap<number, SyncedNode>): readonly SyncedNode[] {
  if (node.row === rootRow) return [];
  const parent = nodes.get(node.parent);
  return parent === undefined ? [node] : [...namesOf(parent, nodes), node];
}

function findHere(world: World, names: readonly SyncedNode[]): Inode | undefined {
  return world.disk.find([pairFolder, ...names.map(({ localName }) => localName)].join('/'));
}

function whatIsHere(world: World, names: readonly SyncedNode[]): string | undefined {
  // What is here may be another, whose name is the same but for its case.
  if (world.disk.traits.ignoresCase) return undefined;
  return findHere(world, names) === undefined ? undefined : 'not wanted here, and here';
}

function untrueHere(node: SyncedNode, world: World, names: readonly SyncedNode[]): string | undefined {
  const inode = findHere(world, names);
  if (inode === undefined) return 'not here';
  if (inode.kind !== node.kind) return `a ${inode.kind} here`;
  if (inode.number !== node.inode) return `inode ${inode.number} here, journal ${node.inode}`;
  return node.kind === 'file' ? untrueFile(node, inode) : untrueFolder(node, inode);
}

function untrueFolder({ born }: SyncedFolder, inode: Inode): string | undefined {
  return born === inode.born ? undefined : `born ${inode.born} here, journal ${born}`;
}

function untrueFile({ size, modified, changed, checksum }: SyncedFile, inode: Inode): string | undefined {
  if (inode.content.length !== size) return `${inode.content.length} bytes here, journal ${size}`;
  if (inode.modified !== modified) return `modified ${inode.modified} here, journal ${modified}`;
  // Nothing stands for one that is to be read again.
  if (changed !== 0n && inode.changed !== changed) return `changed ${inode.changed} here, journal ${changed}`;
  const found = `SHA1:${hash('sha1', inode.content)}`;
  return found === checksum ? undefined : `${found} here, journal ${checksum}`;
}

function untrueThere(node: SyncedNode, world: World, names: readonly SyncedNode[]): string | undefined {
  const there = world.server.find(names.map(({ remoteName }) => remoteName).join('/'));
  if (there === undefined) return 'not there';
  if (there.kind !== node.kind) return `a ${there.kind} there`;
  if (node.remoteId !== there.id) return `id ${there.id} there, journal ${node.remoteId}`;
  if (node.kind === 'folder') {
    return node.etag === '' || node.etag === there.mark
      ? undefined
      : `etag ${there.mark} there, journal ${node.etag}`;
  }
  return untrueFileThere(node, there, world.server.etag(there));
}

function untrueFileThere(
  { size, mtime, etag, stated, checksum }: SyncedFile,
  there: ServerNode,
  etagThere: string,
): string | undefined {
  if (there.content.length !== size) return `${there.content.length} bytes there, journal ${size}`;
  if (there.mtime !== mtime) return `time ${there.mtime} there, journal ${mtime}`;
  if (etagThere !== etag) return `etag ${etagThere} there, journal ${etag}`;
  const isStated = stated === notListedYet ? states(there.stated, checksum) : there.stated === stated;
  return isStated ? undefined : `${there.stated} there, journal ${stated}`;
}
