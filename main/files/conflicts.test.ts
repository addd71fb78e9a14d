import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settleConflict } from './conflicts.ts';
import { FolderReport } from './folder-report.ts';

const COPY = 'plan (copie en conflit).txt';
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conflicts-'));
  await writeFile(join(folder, 'plan.txt'), 'of the server');
  await writeFile(join(folder, COPY), 'of this PC');
});
afterEach(() => rm(folder, { recursive: true }));

function folders() {
  const report = new FolderReport();
  report.addConflict({ path: 'plan.txt', copyPath: COPY, at: 1 });
  const forgotten: string[] = [];
  return {
    forgotten,
    placeOf: () => ({ pairId: 'p', localDir: folder, remotePath: '/Salons/Quais', report }),
    forgetConflict: async (_salon: string, copyPath: string) => void forgotten.push(copyPath),
  };
}
const text = (name: string) => readFile(join(folder, name), 'utf8');

describe('settling a conflict', () => {
  it('puts what is not kept into the trash', async () => {
    const here = folders();
    await settleConflict(here, (path) => rename(path, join(folder, 'trashed')), '!s:m.example', COPY, 'here');
    expect([await text('plan.txt'), await text('trashed')]).toEqual(['of this PC', 'of the server']);
    expect(here.forgotten).toEqual([COPY]);
  });

  it('never replaces what comes to the name while it is settled', async () => {
    const here = folders();
    const trash = async (path: string) => {
      await rm(path);
      await writeFile(path, 'just downloaded');
    };
    await expect(settleConflict(here, trash, '!s:m.example', COPY, 'here')).rejects.toMatchObject({
      about: 'in-use.file',
    });
    expect([await text('plan.txt'), await text(COPY)]).toEqual(['just downloaded', 'of this PC']);
    expect(here.forgotten).toEqual([]);
  });

  it('moves nothing when the copy is gone', async () => {
    await rm(join(folder, COPY));
    const trash = () => Promise.reject(new Error('nothing may be thrown away'));
    await expect(settleConflict(folders(), trash, '!s:m.example', COPY, 'here')).rejects.toMatchObject({
      about: 'not-found.file',
    });
    expect(await text('plan.txt')).toBe('of the server');
  });
});
