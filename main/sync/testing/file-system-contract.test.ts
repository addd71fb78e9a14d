import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeFileSystem } from '../local/node-file-system.ts';
import { type LocalPath, localPath } from '../model/paths.ts';
import type { FileSystem } from '../ports/file-system.ts';
import { MemoryDisk } from './memory-disk.ts';
import { memoryFileSystem } from './memory-file-system.ts';

let base = '';
let fileSystem: FileSystem;
const at = (name: string): LocalPath => localPath(`${base}/${name}`);

const kinds: Record<string, () => { readonly fileSystem: FileSystem; readonly base: string }> = {
  'in memory': () => {
    let time = 1_800_000_000_000_000_000n;
    const disk = new MemoryDisk(() => (time += 1000n));
    disk.makeFolder('/pair');
    return { fileSystem: memoryFileSystem(disk), base: '/pair' };
  },
  'of this computer': () => ({
    fileSystem: nodeFileSystem,
    base: realpathSync(mkdtempSync(join(tmpdir(), 'traboule-disk-'))),
  }),
};

async function write(name: string, text: string): Promise<void> {
  const writer = await fileSystem.write(at(name), 0);
  await writer.write(new TextEncoder().encode(text));
  await writer.finish(1_500_000_000_000);
}

async function read(name: string, start = 0): Promise<string> {
  let text = '';
  for await (const chunk of fileSystem.read(at(name), { start })) text += Buffer.from(chunk).toString();
  return text;
}

describe.each(Object.keys(kinds))('the disk %s', (kind) => {
  beforeEach(() => {
    const opened = kinds[kind]?.();
    if (opened !== undefined) ({ fileSystem, base } = opened);
  });
  afterEach(() => {
    if (base !== '/pair') rmSync(base, { recursive: true, force: true });
  });

  test('keeps content and time, and goes on after what is there', async () => {
    await write('a', 'content');
    expect(await fileSystem.look(at('a'))).toMatchObject({
      kind: 'file',
      size: 7,
      modified: 1_500_000_000_000_000_000n,
    });
    const writer = await fileSystem.write(at('a'), 3);
    await writer.write(new TextEncoder().encode('-more'));
    await writer.close();
    expect(await read('a')).toBe('con-more');
    expect(await read('a', 4)).toBe('more');
    expect(await fileSystem.look(at('no'))).toBeUndefined();
  });

  test.each([0, 1, 64 * 1024, 64 * 1024 + 1, 2_500_000])(
    'reads any part of a file of %d bytes, in pieces that last or that do not',
    async (size) => {
      const content = Buffer.alloc(size, 'what a person wrote, ');
      await write('a', content.toString());
      for (const fleeting of [false, true]) {
        for (const [start, end] of [
          [0, size],
          [0, size + 100],
          [Math.floor(size / 3), size],
          [Math.floor(size / 3), Math.floor(size / 2)],
          [size, size + 1],
        ] as const) {
          const pieces: Buffer[] = [];
          for await (const piece of fileSystem.read(at('a'), { start, end, fleeting }))
            pieces.push(
              fleeting ? Buffer.from(piece) : Buffer.from(piece.buffer, piece.byteOffset, piece.length),
            );
          expect(Buffer.concat(pieces).equals(content.subarray(start, end))).toBe(true);
        }
      }
      for (const end of [10, 1_000_000]) {
        const missing = fileSystem.read(at('no'), { start: 0, end })[Symbol.asyncIterator]();
        await expect(missing.next()).rejects.toMatchObject({ code: 'missing' });
      }
    },
  );

  test('never replaces by a move, and keeps the inode', async () => {
    await write('a', 'one');
    await write('b', 'two');
    await expect(fileSystem.moveExclusive(at('a'), at('b'))).rejects.toMatchObject({ code: 'exists' });
    const { before, after } = await fileSystem.moveExclusive(at('a'), at('c'));
    expect(after).toMatchObject({ inode: before.kind === 'file' ? before.inode : '' });
    await fileSystem.makeFolder(at('folder'));
    await fileSystem.moveExclusive(at('folder'), at('moved'));
    await expect(fileSystem.moveExclusive(at('moved'), at('c'))).rejects.toMatchObject({ code: 'exists' });
    expect((await fileSystem.list(localPath(base))).entries.map(({ name }) => name).toSorted()).toEqual([
      'b',
      'c',
      'moved',
    ]);
  });

  test('replaces and hands over what stood there', async () => {
    await write('target', 'old');
    await write('temporary', 'new');
    await fileSystem.replace(at('temporary'), at('target'), at('displaced'));
    expect([await read('target'), await read('displaced')]).toEqual(['new', 'old']);
    expect(await fileSystem.look(at('temporary'))).toBeUndefined();
  });

  test('puts small files together, each whole and dated, and none in the place of another', async () => {
    await fileSystem.makeFolder(at('folder'));
    await write('taken', 'mine');
    const names = ['a', 'folder/b', 'taken', 'no/c', 'empty'];
    const put = await fileSystem.putAll(
      names.map((name) => ({
        at: at(name),
        temporary: at(`${name}.part`),
        content: new TextEncoder().encode(name === 'empty' ? '' : `new ${name}`),
        modifiedMs: 1_500_000_000_000,
      })),
    );
    expect(put.map((result) => (result.kind === 'put' ? 'put' : result.failure.code))).toEqual([
      'put',
      'put',
      'exists',
      'missing',
      'put',
    ]);
    expect([await read('a'), await read('folder/b'), await read('taken'), await read('empty')]).toEqual([
      'new a',
      'new folder/b',
      'mine',
      '',
    ]);
    const [first] = put;
    const look = await fileSystem.look(at('a'));
    expect(look).toMatchObject({ size: 5, modified: 1_500_000_000_000_000_000n });
    expect(first?.kind === 'put' ? first.renamed.after : undefined).toEqual(look);
    const left = (await fileSystem.list(localPath(base))).entries.map(({ name }) => name);
    expect(left.toSorted()).toEqual(['a', 'empty', 'folder', 'taken']);
  });

  test('removes an empty folder as such, and nothing else', async () => {
    await fileSystem.makeFolder(at('folder'));
    await write('folder/a', 'a');
    await expect(fileSystem.removeEmptyFolder(at('folder'))).rejects.toMatchObject({ code: 'notEmpty' });
    await expect(fileSystem.removeEmptyFolder(at('folder/a'))).rejects.toMatchObject({ code: 'missing' });
    await fileSystem.remove(at('folder/a'));
    await fileSystem.removeEmptyFolder(at('folder'));
    await expect(fileSystem.removeEmptyFolder(at('folder'))).rejects.toMatchObject({ code: 'missing' });
    const below = fileSystem.removeEmptyFolder(at('folder/below'));
    await expect(below).rejects.toMatchObject({ name: 'LocalFailure', code: 'missing' });
    expect(await fileSystem.look(at('folder'))).toBeUndefined();
  });

  test('says what is missing, there already, or not empty', async () => {
    await fileSystem.makeFolder(at('folder'));
    await write('folder/a', 'a');
    await expect(fileSystem.makeFolder(at('folder'))).rejects.toMatchObject({ code: 'exists' });
    await expect(fileSystem.remove(at('folder'))).rejects.toMatchObject({ code: 'notEmpty' });
    await expect(read('no')).rejects.toMatchObject({ code: 'missing' });
    await expect(fileSystem.list(at('no'))).rejects.toMatchObject({ code: 'missing' });
    await expect(fileSystem.moveExclusive(at('no'), at('b'))).rejects.toMatchObject({ code: 'missing' });
  });
});
