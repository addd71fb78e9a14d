import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { silentLog } from '../log/silent.ts';
import { keptFile } from './kept.ts';

const Numbers = z.strictObject({ n: z.number() });

describe('keptFile', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kept-'));
    file = join(folder, 'deeper', 'numbers.json');
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });
  const open = () => keptFile(file, Numbers, { n: 0 }, silentLog);

  it('begins with the fallback and comes back with what was set', async () => {
    const kept = await open();
    expect(kept.value).toEqual({ n: 0 });
    await kept.set({ n: 7 });
    expect((await open()).value).toEqual({ n: 7 });
  });

  it('keeps the last of many quick changes and leaves no other file', async () => {
    const kept = await open();
    await Promise.all(Array.from({ length: 30 }, (_, n) => kept.set({ n })));
    expect((await open()).value).toEqual({ n: 29 });
    expect(await readdir(join(folder, 'deeper'))).toEqual(['numbers.json']);
  });

  it('says when the last of them is safe on disk, also after one that failed', async () => {
    const kept = await open();
    for (let n = 0; n < 9; n += 1) void kept.set({ n });
    await kept.settled();
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ n: 8 });
    await rm(join(folder, 'deeper'), { recursive: true });
    await writeFile(join(folder, 'deeper'), 'in the way');
    const failed = kept.set({ n: 9 }).catch(String);
    await kept.settled();
    expect(await failed).toContain('EEXIST');
  });

  it.skipIf(process.platform === 'win32')('can be read by its owner only', async () => {
    const kept = await open();
    await kept.set({ n: 1 });
    const { mode } = await stat(file);
    expect(mode & 0o777).toBe(0o600);
  });

  it.each(['{"n":', '{"n":"x"}', '{"n":1,"more":2}', ''])('puts a broken file aside: %s', async (broken) => {
    await (await open()).set({ n: 1 });
    await writeFile(file, broken);
    expect((await open()).value).toEqual({ n: 0 });
    expect(await readFile(`${file}.broken`, 'utf8')).toBe(broken);
  });

  it('tells the one whose write failed and goes on with the next', async () => {
    await writeFile(join(folder, 'deeper'), 'a file where the folder should be');
    const kept = await open().catch(() => null);
    expect(kept).toBeNull();
    await rm(join(folder, 'deeper'));
    const again = await open();
    await writeFile(join(folder, 'deeper'), 'in the way');
    await expect(again.set({ n: 1 })).rejects.toThrow('EEXIST');
    await rm(join(folder, 'deeper'));
    await again.set({ n: 2 });
    expect((await open()).value).toEqual({ n: 2 });
  });
});
