import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { putInPlace } from './free-name.ts';

const noMark = () => Promise.resolve();
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'names-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(name: string, content = 'came'): Promise<string> {
  const part = join(folder, `${name}.part`);
  await writeFile(part, content);
  return basename(await putInPlace(part, folder, name, noMark));
}

it('a name that is taken gets a number, before its ending', async () => {
  expect([await put('plan.pdf'), await put('plan.pdf'), await put('plan.pdf')]).toEqual([
    'plan.pdf',
    'plan (1).pdf',
    'plan (2).pdf',
  ]);
  expect((await readdir(folder)).toSorted()).toEqual(['plan (1).pdf', 'plan (2).pdf', 'plan.pdf']);
});

it.each([
  ['photos.tar.gz', 'photos (1).tar.gz'],
  ['LISEZMOI', 'LISEZMOI (1)'],
  ['.profil', '.profil (1)'],
  ['Réunion du 3. Compte rendu', 'Réunion du 3. Compte rendu (1)'],
])('%s becomes %s', async (name, second) => {
  await put(name);
  expect(await put(name)).toBe(second);
});

it('more files of one name than anybody counts get a name too', async () => {
  const taken = Array.from({ length: 100 }, (_none, count) => (count === 0 ? 'a.txt' : `a (${count}).txt`));
  await Promise.all(taken.map((name) => writeFile(join(folder, name), '')));
  expect(await put('a.txt')).toMatch(/^a \([\da-f-]{36}\)\.txt$/);
});

it('nothing that is there is ever written to', async () => {
  await writeFile(join(folder, 'plan.pdf'), 'mine');
  expect(await put('plan.pdf', 'theirs')).toBe('plan (1).pdf');
  expect(await readFile(join(folder, 'plan.pdf'), 'utf8')).toBe('mine');
  expect(await readFile(join(folder, 'plan (1).pdf'), 'utf8')).toBe('theirs');
});

it('two that come at once get two names', async () => {
  await Promise.all(['a', 'b'].map((part) => writeFile(join(folder, part), part)));
  const names = await Promise.all(
    ['a', 'b'].map((part) => putInPlace(join(folder, part), folder, 'plan.pdf', noMark)),
  );
  expect(names.map((name) => basename(name)).toSorted()).toEqual(['plan (1).pdf', 'plan.pdf']);
});

it('leaves no empty file where what came can’t be put', async () => {
  await expect(putInPlace(join(folder, 'gone.part'), folder, 'plan.pdf', noMark)).rejects.toThrow('ENOENT');
  expect(await readdir(folder)).toEqual([]);
});
