import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { defaultPorts } from '../../main/sync/default-ports.ts';
import { translate } from '../../main/sync/local/local-failures.ts';
import { nodeFileSystem } from '../../main/sync/local/node-file-system.ts';
import { LocalFailure } from '../../main/sync/model/failures.ts';
import type { Clock } from '../../main/sync/ports/clock.ts';
import type { FileSystem } from '../../main/sync/ports/file-system.ts';
import { expectAtRest } from './at-rest.ts';
import { Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

/** What the system says, as the disk's own functions would throw it. */
function refusal(errno: string, doing: 'read' | 'write'): unknown {
  return translate(Object.assign(new Error(errno), { code: errno }), doing);
}

/** A disk with room for `bytes` more: the write that goes beyond fails, as does every one after it. */
class SmallDisk {
  room: number;
  constructor(bytes: number) {
    this.room = bytes;
  }

  readonly fileSystem: FileSystem = {
    ...nodeFileSystem,
    write: async (path, keep) => {
      const writer = await nodeFileSystem.write(path, keep);
      return {
        get position() {
          return writer.position;
        },
        write: async (chunk) => {
          this.room -= chunk.length;
          if (this.room < 0) throw refusal('ENOSPC', 'write');
          await writer.write(chunk);
        },
        flush: () => writer.flush(),
        finish: (modified) => writer.finish(modified),
        close: () => writer.close(),
      };
    },
  };
}

/** Time in which every long wait is over at once. */
function hastyClock(): Clock {
  const { clock } = defaultPorts();
  let ahead = 0;
  return {
    now: () => clock.now() + ahead,
    sleep: async (ms, signal) => {
      await clock.sleep(Math.min(ms, 50), signal);
      ahead += Math.max(0, ms - 50);
    },
  };
}

const leftovers = (folder: string): string[] => readdirSync(folder).filter((name) => name.startsWith('.~'));

describe('a full disk', () => {
  const large = 'x'.repeat(400_000);

  test('stops a download at any byte, leaves the old version whole and no half one, and stops no other', async () => {
    for (const bytes of [0, 1, 70_000, 399_999]) {
      const disk = new SmallDisk(Number.POSITIVE_INFINITY);
      const desk = rig.computer(`desk-${bytes}`, { ports: { fileSystem: disk.fileSystem } });
      await rig.ana.put('plan.txt', 'the old version');
      await desk.sync();
      await rig.ana.put('plan.txt', large);
      disk.room = bytes;
      const report = await desk.sync();
      expect(report.problems).toMatchObject([
        { path: 'plan.txt', code: 'diskFull', action: 'download', kept: 'server', data: { errno: 'ENOSPC' } },
      ]);
      expect(desk.tree()['plan.txt']).toBe('the old version');
      expect(leftovers(desk.folder)).toEqual([]);
      desk.write('mine.txt', `mine ${bytes}`);
      await desk.sync();
      expect(await rig.ana.get('mine.txt')).toBe(`mine ${bytes}`);
    }
  });

  test('is told of, and what waits comes by itself when there is room again', async () => {
    const disk = new SmallDisk(1000);
    const desk = rig.computer('desk', { ports: { fileSystem: disk.fileSystem, clock: hastyClock() } });
    await rig.ana.put('plan.txt', large);
    desk.pair.start();
    await vi.waitFor(() => expect(desk.pair.problems()).toMatchObject([{ code: 'diskFull' }]), 10_000);
    disk.room = Number.POSITIVE_INFINITY;
    await vi.waitFor(() => expect(desk.tree()['plan.txt']).toBe(large), 10_000);
    await vi.waitFor(() => expect(desk.pair.problems()).toEqual([]), 10_000);
    expect(desk.events.map(({ type }) => type)).toContain('solved');
  });

  test('refuses a dropped file as a whole: its original and what is in the folder stay as they are', async () => {
    const disk = new SmallDisk(Number.POSITIVE_INFINITY);
    const desk = rig.computer('desk', { ports: { fileSystem: disk.fileSystem } });
    desk.write('plan.txt', 'of a colleague');
    await desk.sync();
    const source = join(rig.base, 'plan.txt');
    writeFileSync(source, large);
    disk.room = 100_000;
    await expect(desk.pair.importFile({ kind: 'path', path: source }, '')).rejects.toMatchObject({
      code: 'diskFull',
    });
    expect(existsSync(source)).toBe(true);
    expect(desk.tree()).toEqual({ 'plan.txt': 'of a colleague' });
    expect(leftovers(desk.folder)).toEqual([]);
    disk.room = Number.POSITIVE_INFINITY;
    expect(await desk.pair.importFile({ kind: 'path', path: source }, '')).toMatchObject({
      path: 'plan (2).txt',
    });
  });
});

describe('a folder that can only be read', () => {
  test('here, so that not even case can be tried: what was there is still sent', async () => {
    const fileSystem: FileSystem = {
      ...nodeFileSystem,
      ignoresCase: () => Promise.reject(refusal('EROFS', 'write')),
    };
    const desk = rig.computer('desk', { ports: { fileSystem } });
    desk.write('mine.txt', 'mine');
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', uploaded: 1 });
  });

  test('here: what comes is told of and waits, what was there is still sent', async () => {
    let readOnly = true;
    const refuse = async <T>(act: () => Promise<T>): Promise<T> => {
      if (readOnly) throw refusal('EROFS', 'write');
      return act();
    };
    const fileSystem: FileSystem = {
      ...nodeFileSystem,
      write: (path, keep) => refuse(() => nodeFileSystem.write(path, keep)),
      makeFolder: (path) => refuse(() => nodeFileSystem.makeFolder(path)),
      moveExclusive: (from, to) => refuse(() => nodeFileSystem.moveExclusive(from, to)),
      putAll: (files) =>
        readOnly
          ? Promise.resolve(files.map(() => ({ kind: 'failed', failure: new LocalFailure('readOnly') })))
          : nodeFileSystem.putAll(files),
      replace: (...paths) => refuse(() => nodeFileSystem.replace(...paths)),
    };
    const desk = rig.computer('desk', { ports: { fileSystem } });
    desk.write('mine.txt', 'mine');
    await rig.ana.put('theirs.txt', 'theirs');
    await rig.ana.makeFolder('folder');
    await rig.ana.put('folder/one.txt', 'one');
    expect((await desk.sync()).problems.map(({ path, code }) => [path, code])).toEqual([
      ['folder', 'localReadOnly'],
      ['theirs.txt', 'localReadOnly'],
    ]);
    expect(await rig.ana.get('mine.txt')).toBe('mine');
    expect(await rig.ana.get('theirs.txt')).toBe('theirs');
    readOnly = false;
    desk.pair.retry('');
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
    expect(desk.tree()).toEqual({
      'mine.txt': 'mine',
      'theirs.txt': 'theirs',
      folder: '/',
      'folder/one.txt': 'one',
    });
  });

  test('there: what is written here stays here, is told of, and the version there comes back', async () => {
    await rig.ana.makeFolder('Shared');
    await rig.ana.put('Shared/plan.txt', 'theirs');
    await rig.share('/Shared', 'ben', 1);
    const desk = rig.computer('desk', { user: 'ben', rootPath: '/Shared' });
    await desk.sync();
    desk.write('plan.txt', 'changed here', 30);
    desk.write('new.txt', 'made here');
    const report = await desk.sync();
    const [copy = ''] = desk.pair.conflicts().map((conflict) => conflict.copy);
    const restored = desk.events.filter((event) => event.type === 'notice');
    expect(restored).toMatchObject([{ code: 'restored', path: 'plan.txt' }]);
    expect(copy).toMatch(/^plan \(copie en conflit .*\)\.txt$/);
    expect(report.problems.map(({ path, code }) => [path, code])).toEqual([
      ['new.txt', 'forbidden'],
      [copy, 'forbidden'],
    ]);
    expect(desk.tree()).toEqual({ 'plan.txt': 'theirs', 'new.txt': 'made here', [copy]: 'changed here' });
    expect(await rig.ana.tree('Shared')).toEqual({ 'plan.txt': 'theirs' });
  });

  test('there, but removed: the version there is not taken for removed when it can’t come back at once', async () => {
    await rig.ana.makeFolder('Shared');
    await rig.ana.put('Shared/plan.txt', 'theirs');
    await rig.share('/Shared', 'ben', 1 + 8);
    let isLocked = false;
    const fileSystem: FileSystem = {
      ...nodeFileSystem,
      moveExclusive: (from, to) => {
        if (isLocked && to.endsWith('/plan.txt')) throw refusal('EBUSY', 'write');
        return nodeFileSystem.moveExclusive(from, to);
      },
    };
    const desk = rig.computer('desk', { user: 'ben', rootPath: '/Shared', ports: { fileSystem } });
    await desk.sync();
    desk.write('plan.txt', 'changed here', 30);
    isLocked = true;
    await desk.sync();
    await desk.sync();
    expect(await rig.ana.tree('Shared')).toEqual({ 'plan.txt': 'theirs' });
    isLocked = false;
    desk.pair.retry('');
    await desk.sync();
    expect(await rig.ana.tree('Shared')).toEqual({ 'plan.txt': 'theirs' });
    expect(Object.values(desk.tree()).toSorted()).toEqual(['changed here', 'theirs']);
  });

  test('there: what is removed or moved here comes back, with a word', async () => {
    await rig.ana.makeFolder('Shared');
    await rig.ana.makeFolder('Shared/folder');
    for (const name of ['plan.txt', 'other.txt', 'folder/a', 'folder/b']) {
      await rig.ana.put(`Shared/${name}`, name);
    }
    await rig.share('/Shared', 'ben', 1);
    const desk = rig.computer('desk', { user: 'ben', rootPath: '/Shared' });
    await desk.sync();
    rmSync(desk.path('folder'), { recursive: true });
    renameSync(desk.path('plan.txt'), desk.path('renamed.txt'));
    rig.server.resetRequestLog();
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
    expect(desk.tree()).toEqual({
      folder: '/',
      'folder/a': 'folder/a',
      'folder/b': 'folder/b',
      'other.txt': 'other.txt',
      'plan.txt': 'plan.txt',
    });
    expect(Object.keys(rig.counts()).toSorted()).toEqual(['GET', 'PROPFIND']);
    const restored = desk.events.flatMap((event) =>
      event.type === 'notice' && event.code === 'restored' ? [event.path] : [],
    );
    expect(restored.toSorted()).toEqual(['folder', 'folder/a', 'folder/b', 'plan.txt']);
  });
});

test('a file of which Windows only says that something is wrong is told of, and stops no other', async () => {
  const fileSystem: FileSystem = {
    ...nodeFileSystem,
    read: (path, range) => {
      // So says Node when the scanner of the system holds it back.
      if (path.endsWith('macro.docm')) throw refusal('UNKNOWN', 'read');
      return nodeFileSystem.read(path, range);
    },
  };
  const desk = rig.computer('desk', { ports: { fileSystem } });
  desk.write('macro.docm', 'held back');
  desk.write('plan.txt', 'plan');
  const { problems } = await desk.sync();
  expect(problems).toMatchObject([{ path: 'macro.docm', code: 'localError', kept: 'here' }]);
  expect(await rig.ana.tree()).toEqual({ 'plan.txt': 'plan' });
});

describe('a file that another program has open', () => {
  test('is sent and replaced later, and nothing of it is lost meanwhile', async () => {
    let open = '';
    const refuse = (path: string, doing: 'read' | 'write'): void => {
      if (open !== '' && path.endsWith(open)) throw refusal('EBUSY', doing);
    };
    const fileSystem: FileSystem = {
      ...nodeFileSystem,
      read: (path, range) => {
        refuse(path, 'read');
        return nodeFileSystem.read(path, range);
      },
      replace: async (temporary, target, displaced) => {
        refuse(target, 'write');
        return nodeFileSystem.replace(temporary, target, displaced);
      },
    };
    const desk = rig.computer('desk', { ports: { fileSystem } });
    desk.write('letter.odt', 'one');
    await desk.sync();

    open = 'letter.odt';
    await rig.ana.put('letter.odt', 'two, from there');
    expect((await desk.sync()).problems).toMatchObject([{ path: 'letter.odt', code: 'fileInUse' }]);
    expect(desk.tree()).toEqual({ 'letter.odt': 'one' });
    expect(leftovers(desk.folder).length).toBeLessThanOrEqual(1); // what is here already need not come again
    open = '';
    desk.pair.retry('');
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
    expect(desk.tree()).toEqual({ 'letter.odt': 'two, from there' });
    expect(leftovers(desk.folder)).toEqual([]);

    open = 'letter.odt';
    desk.write('letter.odt', 'three, from here', 30);
    expect((await desk.sync()).problems).toMatchObject([{ path: 'letter.odt', code: 'fileInUse' }]);
    expect(await rig.ana.get('letter.odt')).toBe('two, from there');
    open = '';
    desk.pair.retry('');
    await desk.sync();
    expect(await rig.ana.get('letter.odt')).toBe('three, from here');
  });

  test.each([
    ['ENOSPC', 'write', 'diskFull'],
    ['EDQUOT', 'write', 'diskFull'],
    ['EBUSY', 'read', 'inUse'],
    ['ETXTBSY', 'write', 'inUse'],
    ['EROFS', 'write', 'readOnly'],
    ['EACCES', 'read', 'unreadable'],
    ['ENAMETOOLONG', 'write', 'nameTooLong'],
    ['EIO', 'write', 'other'],
  ] as const)('%s at a %s is called %s', (errno, doing, code) => {
    expect(refusal(errno, doing)).toMatchObject({ code, data: { errno } });
  });
});

test('what a program saves as its file is moved, as the server moved it, goes up', async () => {
  let isSaved = false;
  const desk = rig.computer('desk', {
    options: { quietMs: 0 },
    ports: {
      fileSystem: {
        ...nodeFileSystem,
        moveExclusive: async (from, to) => {
          if (!isSaved) {
            isSaved = true;
            writeFileSync(from, 'a longer text, saved in that instant');
            // So that the folder is listed once more.
            await rig.ana.put('c.txt', 'c');
          }
          return nodeFileSystem.moveExclusive(from, to);
        },
      },
    },
  });
  await rig.ana.put('a.txt', 'text', { 'x-oc-mtime': '1400000000' });
  await desk.sync();
  // Another time, and so another version, of the same content.
  await rig.ana.put('a.txt', 'text', { 'x-oc-mtime': '1500000000' });
  await rig.ana.move('a.txt', 'b.txt');
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', problems: [], conflicts: 0 });
  expect(await rig.ana.get('b.txt')).toBe('a longer text, saved in that instant');
  await expectAtRest(rig, desk);
});
