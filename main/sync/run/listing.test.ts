import { win32 } from 'node:path';
import { expect, test } from 'vitest';
import { joinName } from '../local/join-name.ts';
import { localPath, toSyncPath } from '../model/paths.ts';
import { SyncedTree } from '../model/synced-tree.ts';
import type { FileSystem } from '../ports/file-system.ts';
import { MemoryDisk } from '../testing/memory-disk.ts';
import { memoryFileSystem } from '../testing/memory-file-system.ts';
import { listFolder } from './listing.ts';

let time = 1n;
const disk = new MemoryDisk(() => (time += 1n));
for (const folder of ['/pair', '/pair/plans', '/private']) disk.makeFolder(folder);
for (const file of ['/pair/plans/a.txt', '/private/diary.txt']) disk.write(file, new Uint8Array(1));
const fileSystem = memoryFileSystem(disk);

const list = (folder: string, on: FileSystem) =>
  listFolder({
    fileSystem: on,
    root: localPath('/pair'),
    folder: toSyncPath(folder),
    synced: new SyncedTree(),
    ignoredBy: () => undefined,
    leftOut: new Set(),
    running: new Map(),
    problems: [],
  });

test('a listing is of folders of the pair only, whatever Windows would make of a name', async () => {
  /** Follows `..\`, as Windows does. */
  const windows: FileSystem = {
    ...fileSystem,
    look: (path) => fileSystem.look(localPath(win32.normalize(path).replaceAll('\\', '/'))),
    list: (path) => fileSystem.list(localPath(win32.normalize(path).replaceAll('\\', '/'))),
    join: (folder, name) => joinName(folder, name, win32),
  };
  expect((await list('plans', windows)).map(({ path }) => path)).toEqual(['plans/a.txt']);
  for (const folder of ['..\\private', 'plans\\..\\..\\private', 'plans/..\\..\\private'])
    await expect(list(folder, windows)).rejects.toMatchObject({ code: 'outside' });
});

test('what a link leads to is not listed, nor what lies below a file', async () => {
  const linked: FileSystem = {
    ...fileSystem,
    look: async (path) =>
      path === '/pair/plans' ? { kind: 'special', what: 'link' } : fileSystem.look(path),
  };
  expect(await list('plans', linked)).toEqual([]);
  expect(await list('plans/a.txt', fileSystem)).toEqual([]);
});
