import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildOnce, fingerprintOfFolder, keepRecent } from './cache.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'traboule-cache-'));
});

afterEach(() => rm(home, { recursive: true }));

const put = (text: string) => (work: string) => writeFile(join(work, 'file'), text);
const read = (folder: string) => readFile(join(folder, 'file'), 'utf8');

test('a folder is built once, also when several want it at the same time', async () => {
  let builds = 0;
  const build = (work: string) => {
    builds += 1;
    return put(`build ${builds}`)(work);
  };
  const folder = join(home, 'synapse', 'abc');
  const made = await Promise.all([1, 2, 3].map(() => buildOnce(folder, build)));
  expect(made).toEqual([folder, folder, folder]);
  expect([builds, await read(folder)]).toEqual([1, 'build 1']);
  expect((await stat(folder)).mode & 0o777).toBe(0o755);
});

test('a build that fails leaves nothing, and its error is told', async () => {
  const folder = join(home, 'abc');
  const fails = async (work: string) => {
    await put('half')(work);
    throw new Error('no route');
  };
  await expect(buildOnce(folder, fails)).rejects.toThrow('no route');
  expect(await readdir(home)).toEqual([]);
});

test('what a killed build left is removed, and what still writes there spoils nothing', async () => {
  const folder = join(home, 'abc');
  const left = join(home, 'abc.part-killed');
  await mkdir(left);
  await put('half')(left);
  await buildOnce(folder, async (work) => {
    expect(existsSync(left)).toBe(false);
    await mkdir(left);
    await put('from the dead')(left);
    await put('whole')(work);
  });
  expect(await read(folder)).toBe('whole');
});

test('a fingerprint of a folder is that of its names and contents', async () => {
  await put('one')(home);
  const first = await fingerprintOfFolder(home);
  expect(await fingerprintOfFolder(home)).toBe(first);
  await put('two')(home);
  const second = await fingerprintOfFolder(home);
  await mkdir(join(home, 'folder'));
  await writeFile(join(home, 'folder', 'file'), 'two');
  await rm(join(home, 'file'));
  expect(new Set([first, second, await fingerprintOfFolder(home)]).size).toBe(3);
});

test('folders that nobody used for days go, the one in use stays', async () => {
  const DAY_S = 86_400;
  const now = Date.now() / 1000;
  for (const [name, age] of [
    ['used', 9],
    ['old', 4],
    ['recent', 2],
  ] as const) {
    await mkdir(join(home, name));
    await utimes(join(home, name), now - age * DAY_S, now - age * DAY_S);
  }
  await keepRecent(join(home, 'used'), 3);
  expect((await readdir(home)).toSorted()).toEqual(['recent', 'used']);
});
