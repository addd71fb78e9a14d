import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renameEntry } from './rename.ts';

let base: string;
let localDir: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'rename-'));
  localDir = join(base, 'folder');
  await mkdir(join(localDir, 'Plans'), { recursive: true });
  await writeFile(join(localDir, 'Plans', 'coupe 1:50.dwg'), 'plan');
});
afterEach(() => rm(base, { recursive: true }));

function server(answer: 'renamed' | 'taken' = 'renamed') {
  const asked: [string, string][] = [];
  const rename = async (from: string, to: string) => {
    asked.push([from, to]);
    return answer;
  };
  return { asked, dav: () => ({ rename }) };
}
const place = () => ({ pairId: 'p', localDir, remotePath: '/Salons/Quais', unwanted: [], report: null });
const refused = (about: string) => expect.objectContaining({ about });

describe('giving a file another name', () => {
  it('happens on this PC when it is here, and asks the server nothing', async () => {
    const { dav, asked } = server();
    await renameEntry(dav, place(), 'Plans/coupe 1:50.dwg', 'coupe 1-50.dwg');
    expect(await readdir(join(localDir, 'Plans'))).toEqual(['coupe 1-50.dwg']);
    expect(asked).toEqual([]);
  });

  it('finds it in the spelling of this disk', async () => {
    await writeFile(join(localDir, 'e\u0301te\u0301.txt'), 'x');
    await renameEntry(server().dav, place(), 'été.txt', 'hiver.txt');
    expect(await readdir(localDir)).toEqual(['Plans', 'hiver.txt']);
  });

  it('happens at the server when it could not come here', async () => {
    const { dav, asked } = server();
    await renameEntry(dav, place(), 'Plans/a:b.txt', 'a-b.txt');
    await renameEntry(dav, place(), 'nul.txt', 'nul_.txt');
    expect(asked).toEqual([
      ['/Salons/Quais/Plans/a:b.txt', '/Salons/Quais/Plans/a-b.txt'],
      ['/Salons/Quais/nul.txt', '/Salons/Quais/nul_.txt'],
    ]);
  });

  it('never takes the place of something else, on either side', async () => {
    await writeFile(join(localDir, 'Plans', 'taken.dwg'), 'another');
    const path = 'Plans/coupe 1:50.dwg';
    await expect(renameEntry(server().dav, place(), path, 'taken.dwg')).rejects.toEqual(
      refused('name-not-allowed.taken'),
    );
    expect(await readFile(join(localDir, 'Plans', 'taken.dwg'), 'utf8')).toBe('another');
    await expect(renameEntry(server('taken').dav, place(), 'far.txt', 'near.txt')).rejects.toEqual(
      refused('name-not-allowed.taken'),
    );
  });

  it('takes the one that is meant of two that differ in spelling alone', async () => {
    await writeFile(join(localDir, 'e\u0301te\u0301.txt'), 'one');
    await writeFile(join(localDir, 'été.txt'), 'other');
    await renameEntry(server().dav, place(), 'été.txt', 'hiver.txt');
    expect(await readFile(join(localDir, 'hiver.txt'), 'utf8')).toBe('other');
  });

  it('never gives a name of the program’s own, whose files are cleared away', async () => {
    const path = 'Plans/coupe 1:50.dwg';
    for (const name of ['.~traboule-in-1', '.traboule-trash'])
      await expect(renameEntry(server().dav, place(), path, name)).rejects.toEqual(
        refused('name-not-allowed.file'),
      );
    expect(await readdir(join(localDir, 'Plans'))).toEqual(['coupe 1:50.dwg']);
  });

  it('never leaves its folder', async () => {
    await symlink(base, join(localDir, 'out'));
    await writeFile(join(base, 'secret.txt'), 'x');
    await expect(renameEntry(server().dav, place(), 'out/secret.txt', 'mine.txt')).rejects.toEqual(
      refused('forbidden.path'),
    );
    await expect(renameEntry(server().dav, place(), 'Plans', '../Plans')).rejects.toEqual(
      refused('name-not-allowed.file'),
    );
  });
});
