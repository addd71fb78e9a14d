import { type Ignoring, ignoring } from '../../main/sync/discover/ignore.ts';
import { isOwnName } from '../../main/sync/discover/own-names.ts';
import { knownSyncPath } from '../../main/sync/model/paths.ts';
import { defaultOptions } from '../../main/sync/options.ts';
import { patternsOf } from '../../main/sync/run/exclude-list.ts';
import { textOf } from './ledger.ts';
import { listPath } from './side.ts';
import { pairFolder, type World } from './world.ts';

/** Paths with their content; folders have `/`. */
export type Tree = ReadonlyMap<string, string>;

/** The patterns that hold at rest: those of the list as it stands here, or that the engine read last if it is none. */
export function patternsAtRest(world: World): readonly string[] {
  const list = world.disk.find(pairFolder + listPath);
  if (list === undefined) return [];
  return list.kind === 'file' ? patternsOf(Buffer.from(list.content).toString('utf8')) : patternsRead(world);
}

/** The patterns that the engine goes by. */
export function patternsRead(world: World): readonly string[] {
  const [row] = world.rows("SELECT value FROM meta WHERE key = 'excluded'");
  return row === undefined ? [] : patternsOf(String(row['value']));
}

/** Whether a path, or a folder above it, has a name that is left alone. */
export function isLeftAlone(path: string, kind: 'file' | 'folder', ignoredBy: Ignoring): boolean {
  const names = path.split('/').slice(1);
  return names.some((name, index) => {
    const folder = knownSyncPath(names.slice(0, index).join('/'));
    return ignoredBy(folder, name, index < names.length - 1 ? 'folder' : kind) !== undefined;
  });
}

/** Tells of paths whether what is there on either side is left alone: the other side's stands in its way. */
export function leftAloneIn(world: World, here: Tree, there: Tree): (path: string) => boolean {
  const ignoredBy = ignoring(world.rules, patternsAtRest(world));
  return (path) =>
    [here.get(path), there.get(path)].some(
      (content) => content !== undefined && isLeftAlone(path, content === '/' ? 'folder' : 'file', ignoredBy),
    );
}

/** Whether something is too large to be carried: what waits for its name, or its folder, is not equal on both sides either. */
export function hasTooLarge(world: World, ...trees: readonly Tree[]): boolean {
  return trees.some((tree) => [...tree.values()].some((content) => content.length > world.maxFileSize));
}

/** What the engine carried although it is too large; nothing when it carried nothing of that kind. */
export function findCarried(world: World, here: Tree, there: Tree): string | undefined {
  const contents = new Set(there.values());
  const carried = [...here].find(
    ([, content]) => content.length > world.maxFileSize && contents.has(content),
  );
  return carried === undefined ? undefined : `${carried[0]} is larger than ${world.maxFileSize} bytes`;
}

/** What went to the server's trash with a folder above it, being left alone: who removed the folder saw nothing of it. */
export function thrownAwayUnseen(world: World): readonly string[] {
  const ignoredBy = ignoring([...world.rules, ...world.patternsEver]);
  return world.server.trash
    .filter(({ path, isBelow }) => isBelow && isLeftAlone(path, 'file', ignoredBy))
    .map(({ content }) => textOf(content));
}

/** What the engine is about to do to something that is left alone; nothing when that is to be done. */
export function findTouched(world: World, operation: string, detail: string): string | undefined {
  const isHere = detail.startsWith(`${pairFolder}/`);
  if (!(isHere ? here : there).has(operation)) return undefined;
  const path = isHere ? detail.slice(pairFolder.length) : `/${detail}`;
  // A conflict copy is carried with what it was set aside for, whatever its name.
  if (path.split('/').some((name) => isOwnName(name) || name.includes(defaultOptions.conflictLabel)))
    return undefined;
  const kind = kindOf(world, operation, detail, isHere);
  const ignoredBy = ignoring(world.rules, patternsRead(world));
  if (!isLeftAlone(path, kind, ignoredBy)) return undefined;
  const leaves = isLeaving(path, world, isHere);
  if ((moving.has(operation) || leaves) && isInSync(world, detail, isHere)) return undefined;
  if (!isHere && leaves && isInRenamed(path, world, ignoredBy)) return undefined;
  return `${operation} ${path}, which is left alone`;
}

/**
 * Whether the journal has what is about to be moved, or, a folder, to leave: a person renamed it, which is followed, or undone, once, or came to
 * a folder that leaves this computer, with which it leaves.
 */
function isInSync(world: World, detail: string, isHere: boolean): boolean {
  const found = isHere ? world.disk.find(detail)?.number : world.server.find(detail)?.id;
  const column = isHere ? 'inode' : 'remote_id';
  if (isHere && world.rows('SELECT target FROM displaced').some(({ target }) => target === detail))
    return true;
  return world.rows(`SELECT ${column} AS id FROM node`).some(({ id }) => id === found);
}

/**
 * Whether it leaves this computer with a folder that it is in, or was when that was noted: what is in sync and edited goes
 * up first, under any name.
 */
function isLeaving(path: string, world: World, isHere: boolean): boolean {
  const rows = new Map(
    world.rows('SELECT row, parent, choice, inode, remote_id FROM node').map((each) => [each['row'], each]),
  );
  const isBelow = (row: Record<string, unknown> | undefined): boolean =>
    row !== undefined &&
    (row['choice'] === 'leaving' || (row['row'] !== row['parent'] && isBelow(rows.get(row['parent']))));
  const leaving = new Set(
    [...rows.values()].filter(isBelow).map((row) => row[isHere ? 'inode' : 'remote_id']),
  );
  const names = path.split('/');
  return names.some((_, index) => {
    const above = names.slice(0, index + 1).join('/');
    const id = isHere ? world.disk.find(pairFolder + above)?.number : world.server.find(above)?.id;
    return leaving.has(id);
  });
}

/** Whether it is in a folder that is in sync, and that somebody renamed so that it is left alone. */
function isInRenamed(path: string, world: World, ignoredBy: Ignoring): boolean {
  const ids = new Set(world.rows('SELECT remote_id AS id FROM node').map(({ id }) => id));
  const names = path.split('/');
  return names.some((_, index) => {
    const above = names.slice(0, index).join('/');
    if (above === '' || !isLeftAlone(above, 'folder', ignoredBy)) return false;
    return ids.has(world.server.find(above.slice(1))?.id);
  });
}

function kindOf(world: World, operation: string, detail: string, isHere: boolean): 'file' | 'folder' {
  if (operation.endsWith('Folder')) return 'folder';
  if (writing.has(operation)) return 'file';
  const found = isHere ? world.disk.find(detail) : world.server.find(detail);
  return found?.kind === 'folder' ? 'folder' : 'file';
}

const moving = new Set(['move', 'moveExclusive', 'removeEmptyFolder']);
const writing = new Set(['upload-received', 'uploadBulk-received', 'finishParts', 'put', 'replace']);
const here = new Set([
  'makeFolder',
  'moveExclusive',
  'replace',
  'put',
  'remove',
  'removeEmptyFolder',
  'trash',
]);
const there = new Set([
  'upload-received',
  'uploadBulk-received',
  'finishParts',
  'createFolder',
  'move',
  'remove',
]);
