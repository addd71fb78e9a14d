import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { translate } from '../../main/sync/local/local-failures.ts';
import { nodeFileSystem } from '../../main/sync/local/node-file-system.ts';
import { systemClock } from '../../main/sync/local/system-ports.ts';
import type { LocalEntry } from '../../main/sync/model/entries.ts';
import { DriveSilent } from '../../main/sync/model/failures.ts';
import type { LocalPath } from '../../main/sync/model/paths.ts';
import type { FileSystem, FileWriter, Trash } from '../../main/sync/ports/file-system.ts';
import type { SyncPorts } from '../../main/sync/ports/sync-ports.ts';
import { expectAtRest } from './at-rest.ts';
import { Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

/** What the system says of a drive that went away, as the disk's own functions would throw it. */
function refusal(errno: string): unknown {
  return translate(Object.assign(new Error(errno), { code: errno }), 'read');
}

/** This disk, as a drive of the network shows it: entries are shown otherwise than they are. */
function shownAs(show: (entry: LocalEntry, path: string) => LocalEntry): FileSystem {
  const showing =
    (path: LocalPath) =>
    (writer: FileWriter): FileWriter => ({
      get position() {
        return writer.position;
      },
      write: (chunk) => writer.write(chunk),
      flush: () => writer.flush(),
      finish: async (modifiedMs) => {
        const shown = show(await writer.finish(modifiedMs), path);
        if (shown.kind !== 'file') throw new Error('a file');
        return shown;
      },
      close: () => writer.close(),
    });
  return {
    ...nodeFileSystem,
    look: async (path) => {
      const entry = await nodeFileSystem.look(path);
      return entry === undefined ? undefined : show(entry, path);
    },
    list: async (path) => {
      const { entries, unreadableNames } = await nodeFileSystem.list(path);
      const shown = entries.map(({ name, entry }) => ({ name, entry: show(entry, `${path}/${name}`) }));
      return { entries: shown, unreadableNames };
    },
    write: async (path, keep) => showing(path)(await nodeFileSystem.write(path, keep)),
    makeFolder: async (path) => {
      const shown = show(await nodeFileSystem.makeFolder(path), path);
      if (shown.kind !== 'folder') throw new Error('a folder');
      return shown;
    },
    moveExclusive: async (from, to) => {
      const { before, after } = await nodeFileSystem.moveExclusive(from, to);
      return { before: show(before, from), after: show(after, to) };
    },
    replace: async (temporary, target, displaced) => {
      const { before, after } = await nodeFileSystem.replace(temporary, target, displaced);
      return { before: show(before, temporary), after: show(after, target) };
    },
    putAll: async (files) => {
      const put = await nodeFileSystem.putAll(files);
      return put.map((one, index) => {
        const file = files[index];
        if (one.kind === 'failed' || file === undefined) return one;
        const { before, after } = one.renamed;
        const written = show(one.written, file.temporary);
        if (written.kind !== 'file') throw new Error('a file');
        return {
          kind: 'put' as const,
          written,
          renamed: { before: show(before, file.temporary), after: show(after, file.at) },
        };
      });
    },
  };
}

const millisecond = 1_000_000n;
const coarse = (time: bigint): bigint => time - (time % (2000n * millisecond));

/** Every inode is 0, and no folder has a date of birth. */
const withoutInodes = shownAs((entry) => {
  if (entry.kind === 'special') return entry;
  return entry.kind === 'file' ? { ...entry, inode: '0' } : { ...entry, inode: '0', born: 0n };
});
/** Inodes that are made of the path, so that whatever is renamed is another. */
const byPath = shownAs((entry, path) => {
  if (entry.kind === 'special') return entry;
  return entry.kind === 'file' ? { ...entry, inode: path } : { ...entry, inode: path, born: 0n };
});
/** Times of two seconds, as on sticks and cards; the time of change is that of modification. */
const twoSeconds = shownAs((entry) => {
  if (entry.kind !== 'file') return entry;
  return { ...entry, modified: coarse(entry.modified), changed: coarse(entry.modified) };
});

const drives = {
  'without inodes': withoutInodes,
  'whose inodes change': byPath,
  'with times of two seconds': twoSeconds,
};

describe.each(Object.entries(drives))('a drive %s', (_, fileSystem) => {
  test('is synced like any other: edits, moves and removals both ways, and no conflict that nobody made', async () => {
    // It looks by itself, at what the drive really is.
    const trash: Trash = {
      put: (path) => {
        renameSync(path, join(rig.base, `thrown away ${path.slice(path.lastIndexOf('/') + 1)}`));
        return Promise.resolve(true);
      },
    };
    const desk = rig.computer('desk', { ports: { fileSystem, trash } });
    const laptop = rig.computer('laptop');
    for (const name of ['a', 'b', 'c', 'folder/d', 'folder/deep/e', 'other/f'])
      desk.write(name, `first ${name}`);
    await desk.sync();
    await laptop.sync();
    desk.write('a', 'a, edited here', 30);
    renameSync(desk.path('folder/deep'), desk.path('deep'));
    renameSync(desk.path('b'), desk.path('folder/b'));
    rmSync(desk.path('other/f'));
    await desk.sync();
    await laptop.sync();
    laptop.write('folder/d', 'folder/d, edited there', 20);
    laptop.write('c', 'C of the same length'.slice(0, 'first c'.length), 20);
    renameSync(laptop.path('deep'), laptop.path('folder/again'));
    rmSync(laptop.path('folder/b'));
    laptop.write('new/g', 'new');
    await laptop.sync();
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0, problems: [] });
    for (const computer of [desk, laptop]) await expectAtRest(rig, computer);
    expect(desk.tree()).toEqual({
      a: 'a, edited here',
      c: 'C of th',
      folder: '/',
      'folder/again': '/',
      'folder/again/e': 'first folder/deep/e',
      'folder/d': 'folder/d, edited there',
      new: '/',
      'new/g': 'new',
      other: '/',
    });
    desk.write('a', 'again', 10);
    await rig.ana.put('a', 'and there');
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 1 });
    expect(Object.values(desk.tree())).toEqual(expect.arrayContaining(['again', 'and there']));
  });
});

describe.each(['EIO', 'ENOTCONN', 'ESTALE', 'EHOSTDOWN'])('a drive that answers %s', (errno) => {
  test('at its root ends the run, deletes nothing, and is waited for', async () => {
    let isAway = false;
    const refuse = <Result>(act: () => Promise<Result>): Promise<Result> =>
      isAway ? Promise.reject(refusal(errno)) : act();
    const fileSystem: FileSystem = {
      ...nodeFileSystem,
      look: (path) => refuse(() => nodeFileSystem.look(path)),
      list: (path) => refuse(() => nodeFileSystem.list(path)),
      resolve: (path) => refuse(() => nodeFileSystem.resolve(path)),
    };
    const desk = rig.computer('desk', { ports: { fileSystem } });
    for (const name of ['a', 'folder/b']) desk.write(name, name);
    await desk.sync();
    await rig.ana.put('there', 'there');
    const before = await rig.ana.tree();
    isAway = true;
    expect(await desk.sync()).toMatchObject({ outcome: 'failed', removed: 0 });
    expect(desk.pair.state()).toMatchObject({ kind: 'error', code: 'localFolderUnusable' });
    expect(await rig.ana.tree()).toEqual(before);
    isAway = false;
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', downloaded: 1, conflicts: 0 });
    await expectAtRest(rig, desk);
  });

  test('for one folder, or while a file is read, concerns these alone', async () => {
    let isAway = false;
    const fails = (path: string): boolean => isAway && (path.endsWith('/folder') || path.endsWith('/file'));
    const fileSystem: FileSystem = {
      ...nodeFileSystem,
      list: (path) => (fails(path) ? Promise.reject(refusal(errno)) : nodeFileSystem.list(path)),
      async *read(path, range) {
        if (fails(path)) throw refusal(errno);
        yield* nodeFileSystem.read(path, range);
      },
    };
    const desk = rig.computer('desk', { ports: { fileSystem } });
    for (const name of ['folder/a', 'folder/b', 'file', 'other']) desk.write(name, name);
    await desk.sync();
    isAway = true;
    desk.write('file', 'edited, and longer', 30);
    desk.write('new', 'new');
    const report = await desk.sync();
    expect(report).toMatchObject({ outcome: 'problems', removed: 0 });
    expect(report.problems.map(({ path }) => path)).toEqual(['file', 'folder']);
    expect(await rig.ana.tree()).toMatchObject({ 'folder/a': 'folder/a', file: 'file', new: 'new' });
    isAway = false;
    desk.pair.retry('');
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
    await expectAtRest(rig, desk);
  });
});

describe('a network drive that hangs', () => {
  /** A drive that answers nothing until it is woken, and a clock on which nobody waits long. */
  function hanging(): {
    readonly ports: Partial<SyncPorts>;
    readonly hang: () => void;
    readonly wake: () => void;
    readonly asked: () => number;
  } {
    let woken = Promise.resolve();
    let wake = (): void => undefined;
    let asked = 0;
    const fileSystem: FileSystem = {
      ...nodeFileSystem,
      resolve: async (path) => {
        asked += 1;
        await woken;
        return nodeFileSystem.resolve(path);
      },
    };
    const clock = {
      ...systemClock,
      sleep: (ms: number, signal: AbortSignal) => systemClock.sleep(ms / 100, signal),
    };
    return {
      ports: { fileSystem, clock },
      hang: () => {
        const { promise, resolve } = Promise.withResolvers<void>();
        woken = promise;
        wake = resolve;
      },
      wake: () => wake(),
      asked: () => asked,
    };
  }

  test('is told of, deletes nothing, is asked once, and is gone on with when it answers', async () => {
    const drive = hanging();
    const desk = rig.computer('desk', { ports: drive.ports });
    for (const name of ['a', 'folder/b']) desk.write(name, name);
    await desk.sync();
    await rig.ana.put('there', 'there');
    drive.hang();
    const before = drive.asked();
    for (let run = 0; run < 3; run += 1) {
      expect(await desk.sync()).toMatchObject({ outcome: 'failed', removed: 0 });
      expect(desk.pair.state()).toMatchObject({ kind: 'error', code: 'driveSilent' });
    }
    await expect(desk.pair.list('')).rejects.toThrow(DriveSilent);
    expect(drive.asked()).toBe(before + 1);
    expect(Object.keys(await rig.ana.tree())).toEqual(['a', 'folder', 'folder/b', 'there']);
    drive.wake();
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', downloaded: 1, conflicts: 0 });
    await expectAtRest(rig, desk);
  });

  test('holds up neither another pair nor who stops it', async () => {
    const drive = hanging();
    drive.hang();
    const stuck = rig.computer('stuck', { ports: { ...drive.ports, clock: systemClock } });
    const desk = rig.computer('desk');
    desk.write('a', 'a');
    const end = new AbortController();
    const run = stuck.pair.syncOnce(end.signal);
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', uploaded: 1 });
    end.abort();
    expect(await run).toMatchObject({ outcome: 'stopped' });
    stuck.pair.start();
    await vi.waitFor(() => expect(drive.asked()).toBe(1));
    await stuck.stop();
    expect(stuck.pair.state()).toEqual({ kind: 'stopped' });
  });
});

test('a clock one year back deletes nothing, makes no conflict, and lets nothing wait for a year', async () => {
  let ahead = 0;
  const clock = { ...systemClock, now: (): number => Date.now() + ahead };
  const desk = rig.computer('desk', { ports: { clock } });
  for (const name of ['a', 'b', 'c', 'd']) desk.write(name, name);
  await desk.sync();
  ahead = -365 * 24 * 3600_000;
  desk.write('a', 'edited here', 30);
  desk.write('new', 'new', 365 * 24 * 3600);
  rmSync(desk.path('b'));
  await rig.ana.put('c', 'edited there');
  await rig.ana.remove('d');
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
  expect(desk.tree()).toEqual({ a: 'edited here', c: 'edited there', new: 'new' });
  await expectAtRest(rig, desk);
  desk.write('a', 'here', 20);
  await rig.ana.put('a', 'there, too');
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 1 });
  expect(Object.values(desk.tree())).toEqual(expect.arrayContaining(['here', 'there, too']));
});

test('a journal that a newer program wrote is left alone, and so is everything else', async () => {
  const before = rig.computer('desk');
  for (const name of ['a', 'b']) before.write(name, name);
  await before.sync();
  await before.stop();
  const journal = new DatabaseSync(before.journalPath);
  journal.exec('PRAGMA user_version = 999');
  journal.close();
  rmSync(before.path('a'));
  await rig.ana.put('there', 'there');
  rig.server.resetRequestLog();
  const desk = rig.computer('desk');
  expect(await desk.sync()).toMatchObject({ outcome: 'failed', removed: 0, downloaded: 0 });
  expect(desk.pair.state()).toMatchObject({ kind: 'error', code: 'journalTooNew' });
  expect(rig.server.requests()).toEqual([]);
  expect(Object.keys(await rig.ana.tree())).toEqual(['a', 'b', 'there']);
  const after = new DatabaseSync(before.journalPath);
  expect(after.prepare('PRAGMA user_version').get()).toEqual({ user_version: 999 });
  after.close();
});

test('a path of nearly 4,000 characters goes there and comes back as deep', async () => {
  const desk = rig.computer('d');
  const names = Array.from({ length: 18 }, (_, index) => `${index} ${'é'.repeat(100)}`);
  while (desk.path([...names, 'file.txt'].join('/')).length > 3900) names.pop();
  let folder = desk.folder;
  for (const name of names) {
    folder = `${folder}/${name}`;
    mkdirSync(folder, { recursive: true });
  }
  desk.write([...names, 'file.txt'].join('/'), 'deep');
  desk.write('fine', 'fine');
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
  const laptop = rig.computer('l');
  expect(await laptop.sync()).toMatchObject({ outcome: 'inSync' });
  expect(laptop.tree()).toEqual(desk.tree());
  expect(Object.values(laptop.tree())).toContain('deep');
});
