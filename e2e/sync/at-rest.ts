import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { Journal } from '../../main/sync/journal/journal.ts';
import { nodeDatabases } from '../../main/sync/journal/node-databases.ts';
import { isAway, type SyncedNode } from '../../main/sync/model/entries.ts';
import { isWithin, localPath } from '../../main/sync/model/paths.ts';
import type { DavUser, Listed } from './dav-user.ts';
import type { Computer, Rig, Tree } from './rig.ts';

export interface RestOptions {
  /** Who sees on the server what this computer syncs: ana, unless told. */
  readonly user?: DavUser;
  /** The folder of the account that this computer syncs. */
  readonly root?: string;
  /** What is on one side alone, and is meant to be. Folders that are not wanted here need not be named. */
  readonly apart?: readonly string[];
}

/** What is known of an entry, by the journal or by a look at both sides. */
type Facts = Readonly<Record<string, string | number | bigint>>;
type FactsByPath = Readonly<Record<string, Facts>>;

/** Of what was begun and would have to be gone on with. */
const tables = ['download', 'pending', 'upload'] as const;

/**
 * Both whole trees are equal, the journal says of each entry what the disk and the server say, nothing is noted that
 * would have to be gone on with, and another run asks nothing but whether anything changed.
 */
export async function expectAtRest(rig: Rig, computer: Computer, options: RestOptions = {}): Promise<void> {
  const { user = rig.ana, root = '', apart = [] } = options;
  const elsewhere = [...apart, ...computer.pair.unwanted()];
  const isShared = (path: string): boolean => path === '' || !elsewhere.some((each) => isWithin(path, each));
  const shared = (tree: Tree): Tree =>
    Object.fromEntries(Object.entries(tree).filter(([path]) => isShared(path)));
  expect(shared(computer.tree()), 'both trees').toEqual(shared(await user.tree(root)));
  const { rows, unfinished } = journalOf(rig, computer);
  const listed = (await user.list(root)).filter(({ path }) => isShared(path));
  expect(rows, 'the journal').toEqual(await factsOfBoth(computer, listed));
  expect(unfinished, 'noted as begun').toEqual(tables.map(() => 0));
  expect(await rig.requestsOfAnother(computer), 'requests of another run').toEqual([]);
}

/** What the server and the disk say of all entries; the root is ''. */
async function factsOfBoth(computer: Computer, listed: readonly Listed[]): Promise<FactsByPath> {
  const spelled = readdirSync(computer.folder, { recursive: true, encoding: 'utf8' });
  const spellings = new Map(spelled.map((path) => [path.normalize('NFC'), path]));
  const facts: Record<string, Facts> = {};
  for (const { path, isFolder, id, etag, size, mtime } of listed) {
    const name = path.normalize('NFC');
    const place = name === '' ? computer.folder : computer.path(spellings.get(name) ?? name);
    const here = { ...(await computer.disk.look(localPath(place))), id, etag };
    facts[name] = isFolder
      ? here
      : { ...here, sizeThere: size, mtimeThere: mtime, checksum: checksumOf(place) };
  }
  return facts;
}

function checksumOf(place: string): string {
  return `SHA1:${createHash('sha1').update(readFileSync(place)).digest('hex')}`;
}

interface Noted {
  readonly rows: FactsByPath;
  /** How many rows each of the tables has. */
  readonly unfinished: readonly number[];
}

/** Reads a copy: the engine holds its journal as long as it lives. */
function journalOf({ base }: Rig, { journalPath }: Computer): Noted {
  const folder = mkdtempSync(join(base, 'journal-'));
  const copy = join(folder, 'copy.db');
  for (const suffix of ['', '-wal'])
    if (existsSync(journalPath + suffix)) copyFileSync(journalPath + suffix, copy + suffix);
  const journal = new Journal(nodeDatabases.open(copy));
  try {
    const unfinished = tables.map((table) => journal.all(`SELECT 1 FROM ${table}`).length);
    return { rows: rowsOf(journal), unfinished };
  } finally {
    journal.close();
    rmSync(folder, { recursive: true });
  }
}

function rowsOf({ synced }: Journal): FactsByPath {
  const rows: Record<string, Facts> = {};
  const add = (node: SyncedNode): void => {
    rows[synced.path(node)] = factsOf(node);
    for (const child of synced.children(node.row)) if (!isAway(child)) add(child);
  };
  if (synced.root !== undefined) add(synced.root);
  return rows;
}

function factsOf(node: SyncedNode): Facts {
  const { kind, inode, remoteId: id, etag } = node;
  if (node.kind === 'folder') return { kind, inode, born: node.born, id, etag };
  const { size, modified, changed, mtime, checksum } = node;
  return { kind, inode, size, modified, changed, id, etag, sizeThere: size, mtimeThere: mtime, checksum };
}
