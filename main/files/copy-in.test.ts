import { mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyIn } from './copy-in.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'copy-in-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('copying into a folder that the engine does not have open', () => {
  it('keeps every one of several files with one name that come at once', async () => {
    const texts = Array.from({ length: 8 }, (_, n) => `picture ${n}`);
    const names = await Promise.all(
      texts.map((text) =>
        copyIn(folder, { kind: 'bytes', name: 'image.png', bytes: Buffer.from(text) }, 'image.png'),
      ),
    );
    expect(new Set(names).size).toBe(texts.length);
    const kept = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    expect(kept).toEqual(texts);
    expect(await readdir(folder)).toHaveLength(texts.length);
  });

  it('leaves alone a link to what is no more, which has the name', async () => {
    await symlink(join(folder, 'gone.png'), join(folder, 'image.png'));
    const name = await copyIn(
      folder,
      { kind: 'bytes', name: 'image.png', bytes: Buffer.from('a') },
      'image.png',
    );
    expect(name).toBe('image (2).png');
    expect((await readdir(folder)).toSorted()).toEqual(['image (2).png', 'image.png']);
  });
});
