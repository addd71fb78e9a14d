import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isSameLook, type LocalEntry } from '../model/entries.ts';
import { localPath } from '../model/paths.ts';
import type { LocalTree } from '../ports/file-system.ts';
import { entryOf } from './entry-of.ts';
import { type TrashSurroundings, throwAwayHere, xdgTrash } from './xdg-trash.ts';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'traboule-trash-'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const surroundings = (): TrashSurroundings => ({
  dataHome: join(base, 'data'),
  uid: 1000,
  now: () => new Date(2026, 10, 22, 9, 5, 7),
});

function put(name: string): Promise<void> {
  return throwAwayHere(localPath(join(base, name)), surroundings());
}

test('a file goes to the home trash with a note of where it was and when it went', async () => {
  writeFileSync(join(base, 'été 100 %.txt'), 'content');
  await put('été 100 %.txt');
  expect(existsSync(join(base, 'été 100 %.txt'))).toBe(false);
  expect(readFileSync(join(base, 'data/Trash/files/été 100 %.txt'), 'utf8')).toBe('content');
  expect(readFileSync(join(base, 'data/Trash/info/été 100 %.txt.trashinfo'), 'utf8')).toBe(
    `[Trash Info]\nPath=${base}/%C3%A9t%C3%A9%20100%20%25.txt\nDeletionDate=2026-11-22T09:05:07\n`,
  );
});

test('nothing that is in the trash already is replaced', async () => {
  for (const content of ['first', 'second', 'third']) {
    writeFileSync(join(base, 'plan.pdf'), content);
    await put('plan.pdf');
  }
  const files = join(base, 'data/Trash/files');
  expect(readdirSync(files).toSorted()).toEqual(['plan.2.pdf', 'plan.3.pdf', 'plan.pdf']);
  expect(
    readdirSync(files)
      .map((name) => readFileSync(join(files, name), 'utf8'))
      .toSorted(),
  ).toEqual(['first', 'second', 'third']);
});

test('a folder goes as a whole, and what is not there leaves no note', async () => {
  mkdirSync(join(base, 'folder/deep'), { recursive: true });
  writeFileSync(join(base, 'folder/deep/a'), 'a');
  await put('folder');
  expect(readFileSync(join(base, 'data/Trash/files/folder/deep/a'), 'utf8')).toBe('a');
  await expect(put('nowhere')).rejects.toMatchObject({ code: 'missing' });
  expect(readdirSync(join(base, 'data/Trash/info'))).toEqual(['folder.trashinfo']);
});

test('a file that is another one by now stays, and leaves no note', async () => {
  const path = join(base, 'plan.pdf');
  writeFileSync(path, 'removed elsewhere');
  const isAs =
    (expected: LocalEntry) =>
    ({ entry }: LocalTree): boolean =>
      isSameLook(entry, expected);
  const expected = entryOf(lstatSync(path, { bigint: true }));
  writeFileSync(path, 'saved in the last instant');
  expect(await xdgTrash(surroundings()).put(localPath(path), isAs(expected))).toBe(false);
  expect(readFileSync(path, 'utf8')).toBe('saved in the last instant');
  expect(readdirSync(join(base, 'data/Trash/info'))).toEqual([]);
  const saved = entryOf(lstatSync(path, { bigint: true }));
  expect(await xdgTrash(surroundings()).put(localPath(path), isAs(saved))).toBe(true);
  expect(existsSync(path)).toBe(false);
});

test('what is in a folder is looked at in the instant in which it goes', async () => {
  const path = join(base, 'folder');
  mkdirSync(join(path, 'deep'), { recursive: true });
  const now = (): Date => {
    writeFileSync(join(path, 'deep/late'), 'late');
    return new Date();
  };
  const namesIn = ({ name, entry, below }: LocalTree): string[] => [
    name,
    ...(entry.kind === 'folder' ? (below() ?? []) : []).flatMap(namesIn),
  ];
  let names: string[] = [];
  const isMeant = (tree: LocalTree): boolean => {
    names = namesIn(tree);
    return false;
  };
  expect(await xdgTrash({ ...surroundings(), now }).put(localPath(path), isMeant)).toBe(false);
  expect(names).toEqual(['folder', 'deep', 'late']);
  expect(readFileSync(join(path, 'deep/late'), 'utf8')).toBe('late');
});
