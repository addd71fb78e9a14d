import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SyncedFolder } from '../model/entries.ts';
import { localName, nameKey, remoteName } from '../model/paths.ts';
import type { Journal, NewNode } from './journal.ts';
import { JournalTooNew, migrate, migrations } from './migrate.ts';
import { nodeDatabases } from './node-databases.ts';
import { openJournal } from './open.ts';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'traboule-journal-'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const names = { localName: localName('x'), remoteName: remoteName('x'), remoteId: '', permissions: '' };
const root: Omit<SyncedFolder, 'row' | 'parent'> = {
  ...names,
  kind: 'folder',
  name: nameKey(''),
  etag: '',
  inode: '1',
  born: 5n,
};

function folder(parent: number, name: string): NewNode {
  return {
    ...names,
    kind: 'folder',
    parent,
    name: nameKey(name),
    etag: 'e',
    inode: `i-${name}`,
    born: 123_456_789_012_345_678n,
  };
}

function open(): Journal {
  return openJournal(nodeDatabases, join(base, 'deep/journal.db')).journal;
}

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
