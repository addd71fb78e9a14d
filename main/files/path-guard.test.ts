import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { couldRun, isInside, realPathInside } from './path-guard.ts';

let home: string;
let folder: string;

beforeAll(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), 'guard-')));
  folder = join(home, 'Quais');
  await mkdir(join(folder, 'plans'), { recursive: true });
  await mkdir(join(home, 'Quais secrets'));
  await writeFile(join(folder, 'plans', 'a.txt'), 'a');
  await writeFile(join(home, 'Quais secrets', 'b.txt'), 'b');
  await symlink(join(home, 'Quais secrets'), join(folder, 'out'));
  await symlink(join(folder, 'plans', 'a.txt'), join(folder, 'in.txt'));
  await symlink(join(folder, 'loop'), join(folder, 'loop'));
});
afterAll(() => rm(home, { recursive: true }));

describe('a path inside the folder', () => {
  it('is found, also through a link that stays inside', async () => {
    expect(await realPathInside(folder, 'plans/a.txt')).toBe(join(folder, 'plans', 'a.txt'));
    expect(await realPathInside(folder, 'in.txt')).toBe(join(folder, 'plans', 'a.txt'));
    expect(await realPathInside(folder, '')).toBe(folder);
  });

  it('does not lead out of it', async () => {
    await expect(realPathInside(folder, 'out/b.txt')).rejects.toMatchObject({ about: 'forbidden.path' });
    await expect(realPathInside(folder, '../Quais secrets/b.txt')).rejects.toMatchObject({
      about: 'forbidden.path',
    });
    expect(isInside('/a/b', '/a/bc')).toBe(false);
    expect(isInside('/a/b', '/a/b/..c')).toBe(true);
  });

  it('is not there', async () => {
    await expect(realPathInside(folder, 'nothing.txt')).rejects.toMatchObject({ about: 'not-found.file' });
    await expect(realPathInside(folder, 'plans/a.txt/x')).rejects.toMatchObject({ about: 'not-found.file' });
    await expect(realPathInside(folder, 'loop')).rejects.toMatchObject({ about: 'not-found.file' });
  });
});

describe('a file that could run', () => {
  it.each([
    'setup.exe',
    'Facture.PDF.EXE',
    'x.lnk',
    'x.bat.',
    'x.ps1 ',
    'a.desktop',
    'a.sh',
    'x.settingcontent-ms',
  ])('%s is not opened', (name) => {
    expect(couldRun(name)).toBe(true);
  });

  it.each(['plan.pdf', 'note.txt', 'tableau.xlsx', 'exe', 'photo.jpg', 'README'])('%s is', (name) => {
    expect(couldRun(name)).toBe(false);
  });
});
