import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as node from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DatabaseSync } from './sqlite.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'traboule-sqlite-'));
});

afterEach(() => rm(folder, { recursive: true }));

describe.each([
  ['node:sqlite', node.DatabaseSync],
  ['its stand-in', DatabaseSync],
])('%s', (_, Database) => {
  test('keeps rows of text, numbers and nothing from one opening to the next', () => {
    const path = join(folder, 'journal.db');
    const first = new Database(path);
    first.exec('CREATE TABLE file (path TEXT PRIMARY KEY, size INTEGER, etag TEXT)');
    const insert = first.prepare('INSERT INTO file VALUES (?, ?, ?)');
    insert.run('Crèches/été.txt', 3_000_000_000, null);
    insert.run('b', 0, '"1"');
    first.close();
    const again = new Database(path);
    const rows = again.prepare('SELECT * FROM file WHERE size >= ? ORDER BY path').all(0);
    expect(rows).toEqual([
      { path: 'Crèches/été.txt', size: 3_000_000_000, etag: null },
      { path: 'b', size: 0, etag: '"1"' },
    ]);
    expect(again.prepare('SELECT size FROM file WHERE path = ?').get('b')).toMatchObject({ size: 0 });
    expect(again.prepare('SELECT size FROM file WHERE path = ?').get('c')).toBeUndefined();
    again.close();
  });

  test('takes back what was not committed, and refuses what breaks a rule', () => {
    const database = new Database(join(folder, 'journal.db'));
    database.exec('CREATE TABLE file (path TEXT PRIMARY KEY)');
    database.exec("BEGIN; INSERT INTO file VALUES ('a'); ROLLBACK");
    expect(database.prepare('SELECT * FROM file').all()).toEqual([]);
    const insert = database.prepare('INSERT INTO file VALUES (?)');
    insert.run('a');
    expect(() => insert.run('a')).toThrow(/UNIQUE/);
    database.close();
  });
});

test('the lock of a killed process is no hindrance', async () => {
  const path = join(folder, 'journal.db');
  await mkdir(`${path}.lock`);
  const database = new DatabaseSync(path);
  database.exec('CREATE TABLE file (path TEXT)');
  expect(database.prepare('SELECT * FROM file').all()).toEqual([]);
  database.close();
});
