import { afterEach, beforeEach, expect, test } from 'vitest';
import { Journal } from '../journal/journal.ts';
import { migrate } from '../journal/migrate.ts';
import { nodeDatabases } from '../journal/node-databases.ts';
import type { SyncedFolder } from '../model/entries.ts';
import { localName, nameKey, remoteName } from '../model/paths.ts';
import { noteChoice, unwantedPaths } from './note-choice.ts';

let journal: Journal;
beforeEach(() => {
  const database = nodeDatabases.open(':memory:');
  migrate(database);
  journal = new Journal(database);
  journal.putRoot(folder(''));
});
afterEach(() => journal.close());

function folder(name: string): Omit<SyncedFolder, 'row' | 'parent'> {
  return {
    kind: 'folder',
    choice: 'here',
    name: nameKey(name),
    localName: localName(name),
    remoteName: remoteName(name),
    remoteId: `id of ${name}`,
    permissions: '',
    etag: 'e',
    inode: `inode of ${name}`,
    born: 0n,
  };
}

test('a folder that is not wanted from before it is there leaves once it is', () => {
  noteChoice(journal, ['Plans']);
  expect(unwantedPaths(journal)).toEqual(['Plans']);
  const { row } = journal.put({ ...folder('Plans'), parent: 1 }, undefined);
  noteChoice(journal, ['Plans']);
  expect(journal.synced.get(row)).toMatchObject({ choice: 'leaving', etag: '' });
  expect(unwantedPaths(journal)).toEqual(['Plans']);
});

test.each([[[]], [['Notes']]])('and stays when by then another choice was made: %j', (wish) => {
  noteChoice(journal, ['Plans']);
  const { row } = journal.put({ ...folder('Plans'), parent: 1 }, undefined);
  noteChoice(journal, wish);
  expect(journal.synced.get(row)).toMatchObject({ choice: 'here' });
  expect(unwantedPaths(journal)).toEqual(wish);
});
