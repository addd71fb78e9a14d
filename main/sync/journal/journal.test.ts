import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SyncedFolder } from '../model/entries.ts';
import { knownSyncPath, localName, localPath, nameKey, remoteName, remotePath } from '../model/paths.ts';
import type { Journal, NewNode } from './journal.ts';
import { JournalTooNew, migrate, migrations } from './migrate.ts';
import { nodeDatabases } from './node-databases.ts';
import { openJournal } from './open.ts';
import { allPending, forgetPending, type Pending, savePending } from './pending.ts';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'traboule-journal-'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const names = { localName: localName('x'), remoteName: remoteName('x'), remoteId: '', permissions: '' };
const root: Omit<SyncedFolder, 'row' | 'parent'> = {
  ...names,
  kind: 'folder',
  choice: 'here',
  name: nameKey(''),
  etag: '',
  inode: '1',
  born: 5n,
};

function folder(parent: number, name: string): NewNode {
  return {
    ...names,
    kind: 'folder',
    choice: 'here',
    parent,
    name: nameKey(name),
    etag: 'e',
    inode: `i-${name}`,
    born: 123_456_789_012_345_678n,
  };
}

const pending: Pending = {
  path: knownSyncPath('folder/x'),
  to: { side: 'remote', path: remotePath(['folder', 'x']) },
  row: undefined,
  file: {
    ...names,
    kind: 'file',
    parent: 1,
    name: nameKey('x'),
    etag: '',
    inode: '9',
    size: 3,
    mtime: 1_500_000_000,
    stated: '?',
    racy: true,
    checksum: `SHA1:${'a'.repeat(40)}`,
    modified: 1_500_000_000_000_000_001n,
    changed: 1_500_000_000_000_000_002n,
  },
};

function open(): Journal {
  return openJournal(nodeDatabases, join(base, 'deep/journal.db')).journal;
}

test.skipIf(process.platform === 'win32')('nobody else can look into the folder that is made for it', () => {
  open().close();
  expect(statSync(join(base, 'deep')).mode & 0o777).toBe(0o700);
});

test('what was written is there again, to the nanosecond', () => {
  const journal = open();
  journal.putRoot(root);
  const made = journal.put(folder(1, 'été'), undefined);
  journal.close();
  const again = open();
  expect(again.synced.child(1, made.name)).toEqual(made);
  again.close();
});

test('several changes happen together or not at all, on disk and in memory', () => {
  const journal = open();
  journal.putRoot(root);
  const change = (): void =>
    journal.transaction(() => {
      journal.put(folder(1, 'a'), undefined);
      throw new Error('in the middle');
    });
  expect(change).toThrow('in the middle');
  expect(journal.synced.size).toBe(1);
  expect(journal.all('SELECT row FROM node')).toHaveLength(1);
  journal.close();
});

test('forgetting a folder forgets what is below; taking a place keeps who stood there', () => {
  const journal = open();
  journal.putRoot(root);
  const a = journal.put(folder(1, 'a'), undefined);
  journal.put(folder(a.row, 'below'), undefined);
  const b = journal.put(folder(1, 'b'), undefined);
  journal.put({ ...folder(1, 'a') }, b.row);
  expect(journal.synced.get(a.row)).toBeDefined();
  expect(journal.synced.child(1, nameKey('a'))?.row).toBe(b.row);
  journal.forget(a.row);
  expect(journal.synced.size).toBe(2);
  journal.close();
});

test('a journal of the first version keeps what it says, and learns what is new', () => {
  const old = nodeDatabases.open(join(base, 'deep/journal.db'));
  migrate(old, migrations.slice(0, 1));
  old.exec(
    "INSERT INTO node VALUES (1, 1, '', 'folder', '', '', 'id', 'RG', 'etag', '7', 0, 0, '', 0, '', '0', '0', '5')",
  );
  old.exec("INSERT INTO meta VALUES ('account', 'https://cloud.example ana /')");
  old.close();
  const journal = open();
  expect(journal.synced.root).toMatchObject({ remoteId: 'id', etag: 'etag', inode: '7', born: 5n });
  expect(journal.meta('account')).toBe('https://cloud.example ana /');
  const other: Pending = {
    ...pending,
    path: knownSyncPath('y'),
    to: { side: 'local', path: localPath('/pair/y') },
    row: 7,
  };
  savePending(journal, pending);
  savePending(journal, other);
  journal.close();
  const again = open();
  expect(allPending(again)).toEqual([pending, other]);
  forgetPending(again, pending.path);
  forgetPending(again, other.path);
  expect(allPending(again)).toEqual([]);
  again.close();
});

test('a migration is whole or not at all, and a newer journal is left alone', () => {
  const database = nodeDatabases.open(join(base, 'old.db'));
  migrate(database);
  const bad = [...migrations, 'CREATE TABLE more (x); CREATE TABLE node (y)'];
  expect(() => migrate(database, bad)).toThrow(/already exists/);
  expect(database.prepare("SELECT name FROM sqlite_master WHERE name = 'more'").all()).toEqual([]);
  migrate(database, [...migrations, 'CREATE TABLE more (x)']);
  expect(() => migrate(database)).toThrow(JournalTooNew);
  database.close();
});
