import type { RunReport } from '../../main/sync/api.ts';
import { isOwnName } from '../../main/sync/discover/own-names.ts';
import { isWithin } from '../../main/sync/model/paths.ts';
import { textOf } from './ledger.ts';
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
  const difference = findDifference(world, last, unwanted);
  return difference === undefined ? undefined : { kind: 'diverged', detail: difference };
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
  const here = withoutWaiting(all, last);
  const there = withoutUnwanted(remoteTree(world), unwanted);
  const difference = compare(here, world.disk.traits.ignoresCase ? withoutClashes(there, all, here) : there);
  if (difference !== undefined) return `not equal: ${difference}`;
  if (last.problems.some(({ code }) => code !== 'caseClash')) {
    return `problems at rest: ${JSON.stringify(last.problems)}`;
  }
  const rows = world.rows("SELECT row FROM node WHERE choice <> 'away'").length - 1;
  // A node that clashes with another keeps its row while it can't be here.
  if (rows !== here.size && !world.disk.traits.ignoresCase)
    return `journal has ${rows} nodes, disk has ${here.size}`;
  // What waits for a name that this disk can't have may keep a half for later.
  for (const table of world.disk.traits.ignoresCase
    ? ['displaced', 'pending']
    : ['problem', 'download', 'displaced', 'pending']) {
    const left = world.rows(`SELECT * FROM ${table}`);
    if (left.length > 0) return `left in the journal: ${table} ${JSON.stringify(left)}`;
  }
  const litter = findLitter(world, pairFolder);
  if (litter !== undefined) return `left on the disk: ${litter}`;
  const strangers = world.disk
    .names('')
    .filter((name) => `/${name}` !== trashFolder && !name.startsWith(pairFolder.slice(1)));
  return strangers.length > 0 ? `written outside: ${strangers.join(' ')}` : undefined;
}

/** Leaves out what is not wanted here: nothing of it may be here. */
function withoutUnwanted(
  there: ReadonlyMap<string, string>,
  unwanted: readonly string[],
): ReadonlyMap<string, string> {
  return new Map([...there].filter(([path]) => !unwanted.some((folder) => isWithin(path.slice(1), folder))));
}

function compare(here: ReadonlyMap<string, string>, there: ReadonlyMap<string, string>): string | undefined {
  for (const [path, content] of here) {
    if (there.get(path) !== content) return `${path}: here ${content}, there ${there.get(path) ?? 'nothing'}`;
  }
  for (const path of there.keys()) if (!here.has(path)) return `${path}: only there`;
  return undefined;
}

/** Leaves out what the server renamed to a name that this disk has for another: it keeps its own until that is over. */
function withoutWaiting(
  here: ReadonlyMap<string, string>,
  { problems }: RunReport,
): ReadonlyMap<string, string> {
  return new Map(
    [...here].filter(([path]) => !problems.some((problem) => isWithin(path.slice(1), problem.path))),
  );
}

/** Leaves out what this disk can't have beside a name that it has, waiting or not, and all below it. */
function withoutClashes(
  there: ReadonlyMap<string, string>,
  all: ReadonlyMap<string, string>,
  here: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const folded = new Map([...all.keys()].map((path) => [path.toLowerCase(), path]));
  return new Map(
    [...there].filter(([path]) => {
      const prefixes = path.split('/').map((_, index, names) => names.slice(0, index + 1).join('/'));
      return prefixes.every((prefix) => {
        const known = folded.get(prefix.toLowerCase());
        return known === undefined || (known === prefix && here.has(prefix));
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
  for (const content of world.takenUnknowingly()) kept.add(textOf(content));
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

function findLitter(world: World, path: string): string | undefined {
  for (const [name, inode] of world.disk.find(path)?.children ?? []) {
    if (name.startsWith('.~traboule-')) return `${path}/${name}`;
    const below = inode.kind === 'folder' ? findLitter(world, `${path}/${name}`) : undefined;
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
