import type { Problem, RunReport } from '../../main/sync/api.ts';
import { ignoring } from '../../main/sync/discover/ignore.ts';
import { isOwnName, ownPrefix } from '../../main/sync/discover/own-names.ts';
import { isWithin } from '../../main/sync/model/paths.ts';
import type { Inode } from '../../main/sync/testing/memory-disk.ts';
import type { ServerNode } from '../../main/sync/testing/memory-server.ts';
import { findUntrueRows, isParked, nodesOf, pathOf } from './check-journal.ts';
import { textOf } from './ledger.ts';
import {
  findCarried,
  hasTooLarge,
  isLeftAlone,
  leftAloneIn,
  patternsAtRest,
  type Tree,
  thrownAwayUnseen,
} from './left-out.ts';
import { placesThere } from './places-there.ts';
import { wrongChecksum } from './remote-side.ts';
import { listPath } from './side.ts';
import { pairFolder, trashFolder, type World } from './world.ts';

/** A broken promise: a content is nowhere, the engine finds no rest, or both sides or the journal differ at rest. */
export interface Failure {
  readonly kind: 'lost' | 'stuck' | 'diverged';
  readonly detail: string;
}

/** The first promise that does not hold of a world at rest; nothing when all do. */
export function check(world: World, last: RunReport, unwanted: readonly string[]): Failure | undefined {
  const lost = findLost(world);
  if (lost !== undefined) return { kind: 'lost', detail: lost };
  const strange = findStrange(world);
  if (strange !== undefined) return { kind: 'diverged', detail: `nobody wrote ${strange}` };
  const [misdeed] = world.misdeeds;
  if (misdeed !== undefined) return { kind: 'diverged', detail: misdeed };
  const difference = findDifference(world, last, unwanted);
  return difference === undefined ? undefined : { kind: 'diverged', detail: difference };
}

/** Whether a problem stays as long as people leave everything as it is. What failed to come down once is tried again. */
export function isExpected({ code, path, action }: Problem, world: World): boolean {
  if (code === 'caseClash' || code === 'nameTaken') return true;
  if (code === 'forbidden' && action === 'download') return false;
  if (code === 'forbidden')
    return placesThere(path, world).some((there) => world.server.rightsAt(there) !== 'all');
  if (code === 'checksumMismatch')
    return placesThere(path, world).some((there) => isMisstated(world.server.find(there)));
  // A folder, say, that stands where the list would.
  const isNoList = `/${path}` === listPath && world.disk.find(pairFolder + listPath)?.kind !== 'file';
  return code === 'localUnreadable' && action === 'scan' && isNoList;
}

/** Whether the server states a checksum of something that is not its own. */
function isMisstated(node: ServerNode | undefined): boolean {
  return node?.kind === 'file' && node.stated === wrongChecksum;
}

/** A content in one of the trees that is no one's: half a file, or one that a power cut spoilt. */
function findStrange(world: World): string | undefined {
  const all = [...localTree(world), ...remoteTree(world)];
  const strange = all.find(([, content]) => content !== '/' && !world.ledger.knows(content));
  return strange === undefined ? undefined : `${strange[0]}: ${JSON.stringify(strange[1])}`;
}

function findDifference(world: World, last: RunReport, unwanted: readonly string[]): string | undefined {
  // Two spellings of one name came to stand side by side: both are kept, one is told of and not synced.
  if (last.problems.some(({ code }) => code === 'nameClash')) return undefined;
  const all = localTree(world);
  const allThere = remoteTree(world);
  const carried = findCarried(world, all, allThere);
  if (carried !== undefined) return `carried: ${carried}`;
  if (hasTooLarge(world, all, allThere)) return undefined;
  const isLeftOut = leftAloneIn(world, all, allThere);
  const twins = findTwins(world.server.root);
  const unmoved = placesOf(world, last.problems, ({ code }) => code === 'nameTaken');
  const unsent = placesOf(
    world,
    last.problems,
    ({ code, action }) => code === 'forbidden' && (action === 'createRemote' || action === 'upload'),
  );
  // Its folder was removed there, and stays here until what was moved out of it may be put elsewhere there.
  const isLeft = (path: string): boolean =>
    !allThere.has(path) && unsent.some((from) => from !== path && isWithin(from, path));
  const isApart = (path: string): boolean =>
    isLeftOut(path) ||
    isBehindTaken(path, last) ||
    isMistaken(path, last) ||
    unmoved.some((from) => isWithin(path, from)) ||
    isLeft(path) ||
    // Taken for the other file of that id, it is missed until its folder changes.
    (twins.has(path) && !all.has(path));
  const without = (tree: Tree): Tree => new Map([...tree].filter(([path]) => !isApart(path)));
  const there = withoutUnwanted(without(allThere), unwanted);
  const isWaiting = (path: string): boolean => isApart(path) || isIn(path, last.problems);
  const here = withoutKept(
    withoutWaiting(without(all), there, last),
    unwanted,
    [...all.keys()].filter(isWaiting).concat(unmoved, unsent),
  );
  const { ignoresCase } = world.disk.traits;
  const clashes = findClashes(allThere, last.problems);
  const isClash = (path: string): boolean => clashes.some((clash) => isWithin(path, clash));
  const difference = compare(here, ignoresCase ? withoutClashes(there, all, here, isClash) : there);
  if (difference !== undefined) return `not equal: ${difference}`;
  const unexpected = last.problems.filter((problem) => !isExpected(problem, world));
  if (unexpected.length > 0) return `problems at rest: ${JSON.stringify(unexpected)}`;
  const untaken = findUntaken(world, last.problems);
  const isWaitingRow = (path: string): boolean =>
    isApart(path) ||
    untaken.has(path) ||
    unsent.some((from) => isWithin(path, from)) ||
    (last.problems.length > 0 && (isParked(path) || isIn(path, last.problems)));
  const rows = findUntrueRows(world, here, isWaitingRow);
  // A node that clashes with another keeps its row while it can't be here.
  if (rows !== undefined && !last.problems.some(({ code }) => code === 'caseClash')) return `not so: ${rows}`;
  return findLeftOver(world, last);
}

/** Files there that have an id which another has too. */
function findTwins(root: ServerNode): ReadonlySet<string> {
  const files = filesBelow(root, '');
  const ids = files.map(({ id }) => id);
  return new Set(files.filter(({ id }) => ids.indexOf(id) !== ids.lastIndexOf(id)).map(({ path }) => path));
}

function filesBelow(
  node: ServerNode,
  path: string,
): readonly { readonly path: string; readonly id: string }[] {
  if (node.kind === 'file') return [{ path: path.normalize('NFC'), id: node.id }];
  return [...node.children].flatMap(([name, child]) => filesBelow(child, `${path}/${name}`));
}

/** Where the journal has what these problems are about, and all below it, which may stand elsewhere here. */
function placesOf(
  world: World,
  problems: readonly Problem[],
  isMeant: (problem: Problem) => boolean,
): readonly string[] {
  const nodes = nodesOf(world);
  return problems.filter(isMeant).flatMap(({ path }) => {
    const inodes = new Set(inodesFrom(world.disk.find(`${pairFolder}/${path}`)));
    return [...nodes.values()].filter(({ inode }) => inodes.has(inode)).map((node) => pathOf(node, nodes));
  });
}

function inodesFrom(inode: Inode | undefined): readonly string[] {
  return inode === undefined ? [] : [inode.number, ...[...inode.children.values()].flatMap(inodesFrom)];
}

/** Whether its name, or that of a folder above it, belongs to something that is left out: both stay as they are. */
function isBehindTaken(path: string, { problems }: RunReport): boolean {
  return problems.some(({ code, path: taken }) => code === 'nameTaken' && isWithin(path.slice(1), taken));
}

/** Where the journal has what the server renamed and states a wrong checksum of: it can't come to where it is there. */
function findUntaken(world: World, problems: readonly Problem[]): ReadonlySet<string> {
  const nodes = nodesOf(world);
  const mistaken = problems.filter(({ code }) => code === 'checksumMismatch');
  const ids = new Set(mistaken.map(({ path }) => world.server.find(path)?.id));
  const rows = [...nodes.values()].filter(({ remoteId }) => ids.has(remoteId));
  return new Set(rows.map((node) => pathOf(node, nodes)));
}

/** Whether the server's checksum of it is wrong: it is left as it was here. */
function isMistaken(path: string, { problems }: RunReport): boolean {
  return problems.some((problem) => problem.code === 'checksumMismatch' && `/${problem.path}` === path);
}

/** What is not done with, though nothing is to be done. */
function findLeftOver(world: World, { problems }: RunReport): string | undefined {
  const isAllDone = problems.length === 0 && !world.disk.traits.ignoresCase;
  // What waits for a name that this disk can't have, or is refused each time, may keep a half for later.
  for (const table of isAllDone ? ['problem', 'download', 'displaced', 'pending'] : ['displaced']) {
    const left = world.rows(`SELECT * FROM ${table}`);
    if (left.length > 0) return `left in the journal: ${table} ${JSON.stringify(left)}`;
  }
  const litter = findLitter(world, '');
  if (litter !== undefined) return `left on the disk: ${litter}`;
  const strangers = world.disk
    .names('')
    .filter((name) => `/${name}` !== trashFolder && !name.startsWith(pairFolder.slice(1)));
  return strangers.length > 0 ? `written outside: ${strangers.join(' ')}` : undefined;
}

/** Leaves out what is not wanted here: nothing of it may be here. */
function withoutUnwanted(there: Tree, unwanted: readonly string[]): Tree {
  return new Map([...there].filter(([path]) => !unwanted.some((folder) => isWithin(path.slice(1), folder))));
}

/** Leaves out folders that are not wanted here and that have to stay for what is in them. */
function withoutKept(here: Tree, unwanted: readonly string[], waiting: readonly string[]): Tree {
  const isKept = (path: string): boolean =>
    unwanted.some((folder) => isWithin(path.slice(1), folder)) &&
    waiting.some((below) => isWithin(below, path));
  return new Map([...here].filter(([path]) => !isKept(path)));
}

/** Names on the server that a disk which ignores case can't have beside another one there. */
function findClashes(there: Tree, problems: readonly Problem[]): readonly string[] {
  const paths = [...there.keys()];
  return problems
    .flatMap(({ code, path }) => (code === 'caseClash' ? [`/${path}`] : []))
    .filter((clash) => paths.some((path) => path !== clash && path.toLowerCase() === clash.toLowerCase()));
}

function isIn(path: string, problems: readonly Problem[]): boolean {
  return problems.some((problem) => isWithin(path.slice(1), problem.path));
}

function compare(here: Tree, there: Tree): string | undefined {
  for (const [path, content] of here) {
    if (there.get(path) !== content) return `${path}: here ${content}, there ${there.get(path) ?? 'nothing'}`;
  }
  for (const path of there.keys()) if (!here.has(path)) return `${path}: only there`;
  return undefined;
}

/**
 * Leaves out what the server renamed to a name that this disk has for another: it keeps its own until that is over. And
 * what is here beside what the server lets one only read, which must all be here as it is there.
 */
function withoutWaiting(here: Tree, there: Tree, { problems }: RunReport): Tree {
  const isWaiting = (path: string): boolean =>
    problems.some(
      ({ code, path: waiting }) =>
        isWithin(path.slice(1), waiting) &&
        (code === 'caseClash' || (code === 'forbidden' && !there.has(path))),
    );
  return new Map([...here].filter(([path]) => !isWaiting(path)));
}

/**
 * Leaves out what this disk can't have beside a name that it has, waiting or not, and all below it. Of two on the server
 * it may have neither: one clashes, the other can't be had for another reason.
 */
function withoutClashes(there: Tree, all: Tree, here: Tree, isClash: (path: string) => boolean): Tree {
  const folded = new Map([...all.keys()].map((path) => [path.toLowerCase(), path]));
  return new Map(
    [...there].filter(([path]) => {
      const prefixes = path.split('/').map((_, index, names) => names.slice(0, index + 1).join('/'));
      return prefixes.every((prefix) => {
        const known = folded.get(prefix.toLowerCase());
        return known === undefined ? !isClash(prefix) : known === prefix && here.has(prefix);
      });
    }),
  );
}

/**
 * A content that is owed and is neither in a tree nor in this computer's trash. That of the server does not count:
 * what nobody removed has no business there, least of all because it was taken from this computer to save space. Only
 * with a journal from before that was this computer's own doing not to be told from a person's.
 */
function findLost(world: World): string | undefined {
  const kept = new Set([...localTree(world).values(), ...remoteTree(world).values()]);
  for (const content of world.server.unknowable) kept.add(textOf(content));
  for (const content of thrownAwayUnseen(world)) kept.add(content);
  for (const content of world.takenUnknowingly()) kept.add(textOf(content));
  for (const content of world.removedBehindVeil()) kept.add(textOf(content));
  for (const content of contentsBelow(world, trashFolder)) kept.add(content);
  for (const content of contentsBelow(world, pairFolder)) kept.add(content);
  for (const name of world.disk.names('')) {
    for (const content of contentsBelow(world, `/${name}`)) kept.add(content);
  }
  for (const content of world.ledger.owed()) if (!kept.has(content)) return content;
  return undefined;
}

function contentsBelow(world: World, path: string): string[] {
  const inode = world.disk.find(path);
  if (inode?.kind === 'file') return [textOf(inode.content)];
  return [...(inode?.children.keys() ?? [])].flatMap((name) => contentsBelow(world, `${path}/${name}`));
}

function findLitter(world: World, key: string): string | undefined {
  const ignoredBy = ignoring(world.rules, patternsAtRest(world));
  for (const [name, inode] of world.disk.find(pairFolder + key)?.children ?? []) {
    const path = `${key}/${name}`;
    if (name.startsWith(ownPrefix)) return path;
    // Nobody looks into a folder that is left alone.
    const isLooked = inode.kind === 'folder' && !isLeftAlone(path, 'folder', ignoredBy);
    const below = isLooked ? findLitter(world, path) : undefined;
    if (below !== undefined) return below;
  }
  return undefined;
}

/** Paths in NFC with their content; folders have `/`. */
function localTree(world: World, path = pairFolder, key = ''): Map<string, string> {
  const tree = new Map<string, string>();
  for (const [name, inode] of world.disk.find(path)?.children ?? []) {
    if (isOwnName(name)) continue;
    const below = `${key}/${name.normalize('NFC')}`;
    tree.set(below, inode.kind === 'file' ? textOf(inode.content) : '/');
    for (const entry of localTree(world, `${path}/${name}`, below)) tree.set(...entry);
  }
  return tree;
}

function remoteTree(world: World, path = ''): Map<string, string> {
  const tree = new Map<string, string>();
  for (const [name, node] of world.server.find(path)?.children ?? []) {
    const below = `${path}/${name}`;
    tree.set(below.normalize('NFC'), node.kind === 'file' ? textOf(node.content) : '/');
    for (const entry of remoteTree(world, below)) tree.set(...entry);
  }
  return tree;
}
