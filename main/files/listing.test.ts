import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../contract/app-error.ts';
import type { AwayListing } from './away-listing.ts';
import type { Engine } from './engine.ts';
import { FolderCounts } from './folder-counts.ts';
import { listAuthors, listFolder } from './listing.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'listing-'));
  await mkdir(join(root, 'Quais/Plans'), { recursive: true });
  await mkdir(join(root, 'Private'));
  await writeFile(join(root, 'Private/diary.txt'), 'mine');
  await writeFile(join(root, 'Quais/Plans/a.pdf'), 'a');
});
afterEach(() => rm(root, { recursive: true }));

const engine: Engine = {
  run: () => Promise.reject(new Error('the engine has nothing open')),
  onEvent: () => undefined,
  onFresh: () => undefined,
  stop: () => Promise.resolve(),
};
let away: AwayListing['list'];
beforeEach(() => {
  away = async () => [];
});
const list = (path: string, unwanted: readonly string[] = []) =>
  listFolder(
    { engine, counts: new FolderCounts(engine), away: { list: away } },
    { pairId: 'p', localDir: join(root, 'Quais'), remotePath: null, unwanted, report: null },
    path,
  );

describe('folders that are not wanted on this PC', () => {
  it('are listed as online only in the folder they are in, and as they are while they are still here', async () => {
    const unwanted = ['Vidéos', 'Plans', 'Courriers/2019'];
    expect(await list('', unwanted)).toMatchObject([
      { path: 'Vidéos', kind: 'folder', state: 'online-only' },
      { path: 'Plans', kind: 'folder', state: 'waiting' },
    ]);
    expect((await list('Plans', ['Plans/Anciens'])).map(({ path, state }) => [path, state])).toEqual([
      ['Plans/Anciens', 'online-only'],
      ['Plans/a.pdf', 'waiting'],
    ]);
    expect(await list('', [''])).toMatchObject([{ path: 'Plans' }]);
  });
});

describe('what is in a folder that is not wanted on this PC', () => {
  const film = { kind: 'file', size: 9, fileCount: 0, modifiedAt: 1, state: 'online-only' } as const;

  it('is listed as the server has it, and as it is where it is still here', async () => {
    away = async (_, path) => [
      { path: `${path}/a.pdf`, ...film },
      { path: `${path}/b.mp4`, ...film },
    ];
    expect((await list('Plans', ['Plans'])).map(({ path, state }) => [path, state])).toEqual([
      ['Plans/b.mp4', 'online-only'],
      ['Plans/a.pdf', 'waiting'],
    ]);
    expect((await list('Films/2025', ['Films'])).map(({ path }) => path)).toEqual([
      'Films/2025/a.pdf',
      'Films/2025/b.mp4',
    ]);
  });

  it('is what is still here when the server does not say, and not to be had when nothing is', async () => {
    away = () => Promise.reject(new AppError('unreachable.files'));
    expect((await list('Plans', ['Plans'])).map(({ path }) => path)).toEqual(['Plans/a.pdf']);
    await expect(list('Films', ['Films'])).rejects.toMatchObject({ about: 'unreachable.files' });
    expect((await list('', ['Films'])).map(({ path }) => path)).toEqual(['Films', 'Plans']);
  });
});

describe('listing without the engine', () => {
  it('tells what lies in the folder', async () => {
    expect(await list('')).toMatchObject([{ path: 'Plans', kind: 'folder', state: 'waiting' }]);
    expect(await list('Plans')).toMatchObject([{ path: 'Plans/a.pdf', kind: 'file', size: 1 }]);
    expect(await list('Nowhere')).toEqual([]);
  });

  it('is never led outside by a link, which is no part of the salon', async () => {
    await symlink(join(root, 'Private'), join(root, 'Quais/away'));
    expect((await list('')).map(({ path }) => path)).toEqual(['Plans']);
    await expect(list('away')).rejects.toMatchObject({ about: 'forbidden.path' });
  });
});

it('tells who changed a file by the path that the list has, however the server spells its name', async () => {
  const change = { author: { kind: 'you' }, at: 1 } as const;
  const asked: string[] = [];
  const authors = {
    inFolder: async (folder: string) => {
      asked.push(folder);
      return new Map([['e\u0301te\u0301.txt', change]]);
    },
  };
  const place = { pairId: 'p', localDir: root, remotePath: '/Salons/Quais', unwanted: [], report: null };
  const { signal } = new AbortController();
  expect(await listAuthors(authors, place, 'Plans', signal)).toEqual([{ path: 'Plans/été.txt', ...change }]);
  expect(await listAuthors(authors, { ...place, remotePath: null }, 'Plans', signal)).toEqual([]);
  expect(asked).toEqual(['/Salons/Quais/Plans']);
});
