import { appendFileSync, chmodSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { nodeFileSystem } from '../../main/sync/local/node-file-system.ts';
import { systemClock } from '../../main/sync/local/system-ports.ts';
import { xdgTrash } from '../../main/sync/local/xdg-trash.ts';
import { LocalFailure } from '../../main/sync/model/failures.ts';
import type { FileSystem } from '../../main/sync/ports/file-system.ts';
import { expectAtRest } from './at-rest.ts';
import { Liar } from './liar.ts';
import { contentsOf } from './people.ts';
import { type Computer, Rig } from './rig.ts';
import { serverTrash } from './whereabouts.ts';

let rig: Rig;
let liar: Liar | undefined;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(async () => {
  await rig.close();
  await liar?.close();
  liar = undefined;
});

/** This disk, on which something happens once right before an operation on a path that ends so. */
function disturbed(
  operation: 'list' | 'read' | 'remove',
  ending: string,
  disturb: (path: string) => void,
): FileSystem {
  let isOver = false;
  const before = (path: string): void => {
    if (isOver || !path.endsWith(ending)) return;
    isOver = true;
    disturb(path);
  };
  return {
    ...nodeFileSystem,
    list: (path) => {
      if (operation === 'list') before(path);
      return nodeFileSystem.list(path);
    },
    read: (path, range) => {
      if (operation === 'read') before(path);
      return nodeFileSystem.read(path, range);
    },
    remove: (path) => {
      if (operation === 'remove') before(path);
      return nodeFileSystem.remove(path);
    },
  };
}

/** Nothing was ever sent to the server's trash. */
function removals(): readonly string[] {
  return rig.server
    .requests()
    .filter(({ method }) => method === 'DELETE')
    .map(({ path }) => path);
}

async function syncedBefore(names: readonly string[]): Promise<Computer> {
  const desk = rig.computer('desk');
  for (const name of names) desk.write(name, `content of ${name}`);
  await desk.sync();
  await desk.stop();
  rig.server.resetRequestLog();
  return desk;
}

describe('a look at the disk', () => {
  test('that met another folder in the place of the one it wanted concludes nothing', async () => {
    await syncedBefore(['work/a', 'work/b', 'other/c', 'd']);
    const fileSystem = disturbed('list', '/work', (path) => {
      renameSync(path, `${path}-for a moment`);
      mkdirSync(path);
    });
    const desk = rig.computer('desk', { ports: { fileSystem } });
    await desk.sync();
    expect(removals()).toEqual([]);
    rmSync(desk.path('work'), { recursive: true });
    renameSync(desk.path('work-for a moment'), desk.path('work'));
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', uploaded: 0, conflicts: 0 });
    await expectAtRest(rig, desk);
  });

  test('whose root went away in the middle of it deletes nothing', async () => {
    const before = await syncedBefore(['a', 'b']);
    const fileSystem = disturbed('list', '/desk', (path) => {
      renameSync(path, `${path}-elsewhere`);
      mkdirSync(path);
    });
    const desk = rig.computer('desk', { ports: { fileSystem } });
    expect((await desk.sync()).outcome).not.toBe('inSync');
    expect(removals()).toEqual([]);
    rmSync(before.folder, { recursive: true });
    renameSync(`${before.folder}-elsewhere`, before.folder);
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', uploaded: 0, downloaded: 0 });
  });

  test('that can’t read a file which was moved deletes nothing at its old place', async () => {
    await syncedBefore(['from/plan.txt', 'to/other.txt']);
    const fileSystem = disturbed('read', '/to/plan.txt', () => {
      throw new LocalFailure('inUse');
    });
    const desk = rig.computer('desk', { ports: { fileSystem } });
    renameSync(desk.path('from/plan.txt'), desk.path('to/plan.txt'));
    const report = await desk.sync();
    expect(report.problems).toMatchObject([{ path: 'to/plan.txt', code: 'fileInUse' }]);
    expect(removals()).toEqual([]);
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', moved: 1, uploaded: 0 });
    expect(removals()).toEqual([]);
  });

  test('at a folder put in the place of a full one, as when a disk is unmounted, asks first', async () => {
    const desk = rig.computer('desk');
    for (let file = 0; file < 30; file += 1) desk.write(`here/${file}`, `here ${file}`);
    for (const name of ['disk/a', 'disk/b', 'disk/c']) desk.write(name, name);
    await desk.sync();
    renameSync(desk.path('disk'), `${desk.folder}-disk`);
    mkdirSync(desk.path('disk'));
    expect(await desk.sync()).toMatchObject({ outcome: 'guarded' });
    rmSync(desk.path('disk'), { recursive: true });
    renameSync(`${desk.folder}-disk`, desk.path('disk'));
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', removed: 0 });
    expect(Object.keys(await rig.ana.tree())).toContain('disk/c');
  });
});

describe('what is saved in the instant in which', () => {
  /** A computer on which somebody does something, once, when all was looked at and the trash is about to take it. */
  function interrupted(act: (here: Computer) => void): Computer {
    let now = act;
    const desk = rig.computer('desk', {
      ports: {
        trash: xdgTrash({
          dataHome: `${rig.base}/trash`,
          uid: 0,
          now: () => {
            now(desk);
            now = () => undefined;
            return new Date();
          },
        }),
      },
    });
    return desk;
  }

  test('the version before it goes to the trash stays, and is sent', async () => {
    await syncedBefore(['plan.txt', 'other.txt']);
    const desk = interrupted((here) => here.write('plan.txt', 'saved in the last instant', 30));
    await rig.ana.remove('plan.txt');
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', removed: 0, uploaded: 1 });
    expect(desk.tree()['plan.txt']).toBe('saved in the last instant');
    await expectAtRest(rig, desk);
  });

  test.each(['folder/plan.txt', 'folder/deep/new.txt', 'folder/deep/newer/new.txt'])(
    'the folder of it goes to the trash stays, and is sent: %s',
    async (path) => {
      await syncedBefore(['folder/plan.txt', 'folder/deep/old.txt', 'other.txt']);
      const desk = interrupted((here) => here.write(path, 'saved in the last instant', 30));
      await rig.ana.remove('folder');
      expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
      const files = Object.entries(desk.tree()).filter(([, content]) => content !== '/');
      expect(files).toEqual([
        [path, 'saved in the last instant'],
        ['other.txt', expect.any(String)],
      ]);
      await expectAtRest(rig, desk);
    },
  );
});

test('a version that came within the second of the one before it is not overwritten by an edit from here', async () => {
  liar = await Liar.before(rig.server.url);
  const desk = rig.computer('desk', { url: liar.url });
  desk.write('other.txt', 'other');
  await desk.sync();
  const now = (): Record<string, string> => ({ 'x-oc-mtime': String(Math.floor(Date.now() / 1000)) });
  await vi.waitUntil(() => Date.now() % 1000 < 100, { interval: 5, timeout: 3000 });
  await rig.ana.put('plan.txt', 'first there', now());
  const stop = desk.pair.subscribe((event) => {
    if (event.type !== 'item' || event.phase !== 'done' || event.action !== 'download') return;
    stop();
    desk.write('plan.txt', 'edited here', 30);
  });
  let isSecondThere = false;
  liar.before = async (asked) => {
    if (asked.method !== 'PUT' || isSecondThere) return;
    isSecondThere = true;
    await rig.ana.put('plan.txt', 'second there, longer', now());
  };
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 1 });
  expect(desk.tree()['plan.txt']).toBe('second there, longer');
  expect(Object.values(desk.tree())).toContain('edited here');
  await expectAtRest(rig, desk);
});

test('a new etag over the old content is no conflict with an edit made here', async () => {
  const desk = rig.computer('desk');
  await rig.ana.put('plan.txt', 'the same');
  await desk.sync();
  await rig.ana.put('plan.txt', 'the same', { 'x-oc-mtime': '1400000000' });
  desk.write('plan.txt', 'edited here', 30);
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0, uploaded: 1 });
  expect(await rig.ana.tree()).toEqual({ 'plan.txt': 'edited here' });
  expect(desk.tree()).toEqual({ 'plan.txt': 'edited here' });
  await expectAtRest(rig, desk);
});

test('a file that grows while it is sent concerns itself alone', async () => {
  await syncedBefore(['z.txt']);
  const large = 'x'.repeat(900_000);
  let read = 0;
  const fileSystem: FileSystem = {
    ...nodeFileSystem,
    async *read(path, range) {
      for await (const chunk of nodeFileSystem.read(path, range)) {
        yield chunk;
        if (!path.endsWith('/log.txt')) continue;
        read += chunk.length;
        if (read >= large.length && read < large.length + chunk.length) appendFileSync(path, large);
      }
    },
  };
  const desk = rig.computer('desk', { ports: { fileSystem }, options: { parallel: 1, quietMs: 50 } });
  desk.write('log.txt', large);
  desk.write('m.txt', 'another');
  const report = await desk.sync();
  expect(report).toMatchObject({ outcome: 'inSync', uploaded: 2 });
  expect(await rig.ana.get('m.txt')).toBe('another');
  expect((await rig.ana.get('log.txt')).length).toBe(1_800_000);
  await expectAtRest(rig, desk);
});

test('a temporary file that can’t be cleared away stops nothing, and is told of', async () => {
  await syncedBefore(['a']);
  const fileSystem: FileSystem = {
    ...nodeFileSystem,
    remove: (path) =>
      path.includes('.~traboule-in-')
        ? Promise.reject(new LocalFailure('inUse'))
        : nodeFileSystem.remove(path),
  };
  const desk = rig.computer('desk', { ports: { fileSystem } });
  writeFileSync(desk.path('.~traboule-in-0123'), 'half of something');
  desk.write('b', 'new');
  const report = await desk.sync();
  expect(report).toMatchObject({ uploaded: 1 });
  expect(report.problems).toMatchObject([{ code: 'fileInUse' }]);
});

test('a clock that is put back does not make what waits wait for that long', async () => {
  const desk = rig.computer('desk');
  let ahead = 365 * 24 * 3600_000;
  await desk.stop();
  const late = rig.computer('desk', {
    ports: { clock: { ...systemClock, now: () => Date.now() + ahead } },
  });
  late.write('a.txt', 'a');
  rig.server.control.addFault({
    method: 'PUT',
    effect: { kind: 'status', status: 423 },
  });
  expect(await late.sync()).toMatchObject({ outcome: 'problems' });
  ahead = 0;
  expect(await late.sync()).toMatchObject({ outcome: 'inSync', uploaded: 1 });
  await expectAtRest(rig, late);
});

test('an upload whose answer was lost is not taken for somebody else’s edit', async () => {
  const desk = rig.computer('desk', { options: { parallel: 1 } });
  desk.write('a.txt', 'first');
  desk.write('b.txt', 'second');
  await desk.sync();
  renameSync(desk.path('a.txt'), desk.path('between'));
  renameSync(desk.path('b.txt'), desk.path('a.txt'));
  renameSync(desk.path('between'), desk.path('b.txt'));
  rig.server.control.addFault({ method: 'PUT', path: '*/a.txt', effect: { kind: 'drop-answer' } });
  rig.server.control.addFault({ method: 'PUT', path: '*/b.txt', effect: { kind: 'maintenance' } });
  await desk.sync();
  expect(await rig.ana.tree()).toEqual({ 'a.txt': 'second', 'b.txt': 'second' });
  renameSync(desk.path('a.txt'), desk.path('kept.txt'));
  renameSync(desk.path('b.txt'), desk.path('moved.txt'));
  desk.pair.retry('');
  await desk.sync();
  expect(desk.tree()).toEqual({ 'kept.txt': 'second', 'moved.txt': 'first' });
  await expectAtRest(rig, desk);
});

test('what was removed here is removed there, although its folder was renamed in the same moment', async () => {
  liar = await Liar.before(rig.server.url);
  const desk = rig.computer('desk', { url: liar.url, options: { parallel: 1 } });
  for (const name of ['folder/a', 'folder/deep/b', 'folder/c', 'd']) desk.write(name, name);
  await desk.sync();
  rmSync(desk.path('folder/a'));
  rmSync(desk.path('folder/deep'), { recursive: true });
  desk.write('e', 'sent first');
  let isRenamed = false;
  liar.before = async (asked) => {
    if (asked.method !== 'PUT' || isRenamed) return;
    isRenamed = true;
    await rig.ana.move('folder', 'renamed');
  };
  await desk.sync();
  expect(desk.tree()).toEqual({ d: 'd', e: 'sent first', renamed: '/', 'renamed/c': 'folder/c' });
  await expectAtRest(rig, desk);
});

test('a name that is to be left alone from now on is left alone on both sides, not removed on one', async () => {
  const before = await syncedBefore(['folder/a.bak', 'folder/b', 'cache/c', 'cache/deep/d', 'e']);
  const desk = rig.computer('desk', { options: { ignore: ['*.bak', 'cache'] } });
  desk.write('folder/f', 'new');
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', removed: 0 });
  expect(removals()).toEqual([]);
  rmSync(desk.path('folder/a.bak'));
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', removed: 0, uploaded: 0 });
  expect(await rig.ana.get('folder/a.bak')).toBe('content of folder/a.bak');
  expect(await rig.requestsOfAnother(desk)).toEqual([]);
  await desk.stop();
  const again = rig.computer('desk');
  expect(await again.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
  expect(again.tree()['folder/a.bak']).toBe('content of folder/a.bak');
  await expectAtRest(rig, again);
  expect(before.folder).toBe(again.folder);
});

test('a new version keeps who may read and run the file here', async () => {
  const desk = rig.computer('desk');
  desk.write('script.sh', 'one');
  chmodSync(desk.path('script.sh'), 0o700);
  await desk.sync();
  await rig.ana.put('script.sh', 'two');
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', downloaded: 1 });
  expect(statSync(desk.path('script.sh')).mode & 0o777).toBe(0o700);
  rig.server.resetRequestLog();
  expect(await desk.sync()).toMatchObject({ downloaded: 0, uploaded: 0 });
  await expectAtRest(rig, desk);
});

test('a remote folder that was renamed is the same one: edits made meanwhile are no conflicts', async () => {
  await rig.ana.makeFolder('Plan');
  const desk = rig.computer('desk', { rootPath: '/Plan' });
  desk.write('a.txt', 'one');
  await desk.sync();
  await desk.stop();
  await rig.ana.move('Plan', 'Plan local');
  const again = rig.computer('desk', { rootPath: '/Plan local' });
  again.write('a.txt', 'edited here', 30);
  expect(await again.sync()).toMatchObject({ outcome: 'inSync', uploaded: 1, conflicts: 0 });
  expect(await rig.ana.tree()).toEqual({
    'Plan local': '/',
    'Plan local/a.txt': 'edited here',
  });
  await expectAtRest(rig, again, { root: 'Plan local' });
});

describe('what a colleague saves between the last look and the removal of', () => {
  /** Saves something on the server right before a DELETE is passed on. */
  async function savedBeforeDelete(path: string, act: () => Promise<unknown>): Promise<Computer> {
    liar = await Liar.before(rig.server.url);
    const desk = rig.computer('desk', { url: liar.url });
    for (const name of ['plan.txt', 'folder/a', 'folder/deep/b', 'c', 'd', 'e'])
      desk.write(name, `first ${name}`);
    await desk.sync();
    rmSync(desk.path(path), { recursive: true });
    let isSaved = false;
    liar.before = async ({ method }) => {
      if (method !== 'DELETE' || isSaved) return;
      isSaved = true;
      await act();
    };
    await desk.sync();
    expect(isSaved).toBe(true);
    return desk;
  }

  test('a file keeps it: it is removed only in the version that was known', async () => {
    const desk = await savedBeforeDelete('plan.txt', () => rig.ana.put('plan.txt', 'saved there'));
    expect(desk.tree()['plan.txt']).toBe('saved there');
    await expectAtRest(rig, desk);
  });

  test.each(['folder/a', 'folder/new', 'folder/deep/b'])(
    'its folder is in the trash of the server, which is asked for no condition on folders: %s',
    async (path) => {
      const desk = await savedBeforeDelete('folder', () => rig.ana.put(path, 'saved there'));
      const trashed = contentsOf(serverTrash(rig.base, 'ana')).map((content) => content.toString());
      expect([...Object.values(await rig.ana.tree()), ...trashed]).toContain('saved there');
      await expectAtRest(rig, desk);
    },
  );
});
