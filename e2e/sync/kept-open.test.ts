import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeFileSystem } from '../../main/sync/local/node-file-system.ts';
import { LocalFailure } from '../../main/sync/model/failures.ts';
import type { LocalPath } from '../../main/sync/model/paths.ts';
import { expectAtRest } from './at-rest.ts';
import { type Computer, Rig } from './rig.ts';

let rig: Rig;
let desk: Computer;
let open: number | undefined;
beforeEach(async () => {
  rig = await Rig.open();
  desk = rig.computer('desk');
});
afterEach(async () => {
  if (open !== undefined) closeSync(open);
  open = undefined;
  await rig.close();
});

/** A file in sync that a program has open, of which the server has a newer version. */
async function openedAndReplaced(size: number, how: 'r' | 'r+' = 'r+'): Promise<number> {
  desk.write('plan.txt', 'a'.repeat(size));
  await desk.sync();
  open = openSync(desk.path('plan.txt'), how);
  await rig.ana.put('plan.txt', 'the newer version');
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', downloaded: 1, conflicts: 0 });
  expect(desk.tree()).toEqual({ 'plan.txt': 'the newer version' });
  return open;
}

function close(descriptor: number): void {
  closeSync(descriptor);
  open = undefined;
}

describe.runIf(process.platform === 'linux')('a program that has a file open when it is replaced', () => {
  test.each([100, 300_000])('and writes to it later loses nothing (a file of %i bytes)', async (size) => {
    const descriptor = await openedAndReplaced(size);
    ftruncateSync(descriptor, 0);
    writeSync(descriptor, 'written afterwards', 0);
    await desk.sync();
    expect(Object.keys(desk.tree())).toEqual(['plan.txt']);
    writeSync(descriptor, ' and later', 'written afterwards'.length);
    close(descriptor);
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
    const { 'plan.txt': plan, ...copies } = desk.tree();
    expect([plan, Object.values(copies)]).toEqual(['the newer version', ['written afterwards and later']]);
    await expectAtRest(rig, desk);
    expect(desk.pair.conflicts()).toMatchObject([{ path: 'plan.txt' }]);
  });

  test('and writes nothing leaves nothing behind', async () => {
    close(await openedAndReplaced(100));
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
    expect(readdirSync(desk.folder)).toEqual(['plan.txt']);
  });

  test('keeps it as a copy when the server is restored from a backup before it is closed', async () => {
    const descriptor = await openedAndReplaced(100);
    rig.server.control.set({ dataFingerprint: 'restored' });
    expect(await desk.sync()).toMatchObject({ outcome: 'guarded' });
    const state = desk.pair.state();
    if (state.kind === 'guarded') desk.pair.confirmGuard(state.guard.id);
    close(descriptor);
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
    const { 'plan.txt': plan, ...copies } = desk.tree();
    expect([plan, Object.values(copies)]).toEqual(['the newer version', ['a'.repeat(100)]]);
    expect(await rig.ana.tree()).toEqual(desk.tree());
  });

  test('for reading keeps nothing from being cleared away', async () => {
    await openedAndReplaced(100, 'r');
    expect(readdirSync(desk.folder)).toEqual(['plan.txt']);
  });

  test('does not bring back what a person removes meanwhile', async () => {
    const descriptor = await openedAndReplaced(100);
    rmSync(desk.path('plan.txt'));
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', removed: 1 });
    close(descriptor);
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
    expect(readdirSync(desk.folder)).toEqual([]);
  });

  test.each(['', 'written afterwards'])(
    'in a folder that is renamed meanwhile makes no copy but of what it writes: %j',
    async (content) => {
      desk.write('folder/plan.txt', 'a');
      await desk.sync();
      open = openSync(desk.path('folder/plan.txt'), 'r+');
      await rig.ana.put('folder/plan.txt', 'the newer version');
      await desk.sync();
      renameSync(desk.path('folder'), desk.path('renamed'));
      expect(await desk.sync()).toMatchObject({ outcome: 'inSync', moved: 1, uploaded: 0, conflicts: 0 });
      expect(desk.tree()).toEqual({ renamed: '/', 'renamed/plan.txt': 'the newer version' });
      const copies = content === '' ? [] : [content];
      for (const copy of copies) writeSync(open, copy, 0);
      close(open);
      expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
      const { renamed, 'renamed/plan.txt': plan, ...others } = desk.tree();
      expect([renamed, plan, Object.values(others)]).toEqual(['/', 'the newer version', copies]);
      expect(Object.keys(others).every((path) => path.startsWith('renamed/plan ('))).toBe(true);
      expect(readdirSync(desk.path('renamed'))).toHaveLength(1 + copies.length);
    },
  );

  test.each(['build', 'build/folder'])(
    'in a folder that is moved to %s, which is left out, gives what it writes a visible name there',
    async (to) => {
      desk.write('.sync-exclude', 'build/');
      desk.write('folder/plan.txt', 'a');
      await desk.sync();
      open = openSync(desk.path('folder/plan.txt'), 'r+');
      await rig.ana.put('folder/plan.txt', 'the newer version');
      await desk.sync();
      if (to !== 'build') mkdirSync(desk.path('build'));
      renameSync(desk.path('folder'), desk.path(to));
      await desk.sync();
      writeSync(open, 'written afterwards', 0);
      close(open);
      expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
      const names = readdirSync(desk.path(to)).toSorted();
      expect(names).toEqual([expect.stringMatching(/^plan \(.*\)\.txt$/), 'plan.txt']);
      expect(desk.tree()).toMatchObject({ [`${to}/${names[0]}`]: 'written afterwards' });
    },
  );

  test('in a folder that is a file by now stops nothing', async () => {
    desk.write('folder/plan.txt', 'a');
    await desk.sync();
    open = openSync(desk.path('folder/plan.txt'), 'r+');
    await rig.ana.put('folder/plan.txt', 'the newer version');
    await desk.sync();
    rmSync(desk.path('folder'), { recursive: true });
    desk.write('folder', 'a file');
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
    expect(await rig.ana.tree()).toEqual({ folder: 'a file' });
  });

  test('is waited for by the next engine as well', async () => {
    const descriptor = await openedAndReplaced(100);
    await desk.stop();
    const again = rig.computer('desk');
    await again.sync();
    writeSync(descriptor, 'written under the next engine', 0);
    close(descriptor);
    expect(await again.sync()).toMatchObject({ outcome: 'inSync' });
    expect(Object.values(again.tree()).join()).toContain('written under the next engine');
    await expectAtRest(rig, again);
  });

  test('in a folder that can’t be looked into any more keeps nothing else from being synced', async () => {
    desk.write('folder/plan.txt', 'a');
    await desk.sync();
    open = openSync(desk.path('folder/plan.txt'), 'r+');
    await rig.ana.put('folder/plan.txt', 'the newer version');
    await desk.sync();
    await desk.stop();
    const refusing =
      <Result>(act: (path: LocalPath) => Promise<Result>) =>
      (path: LocalPath): Promise<Result> =>
        `${path}/`.startsWith(`${desk.path('folder')}/`)
          ? Promise.reject(new LocalFailure('unreadable'))
          : act(path);
    const fileSystem = {
      ...nodeFileSystem,
      look: refusing((path) => nodeFileSystem.look(path)),
      list: refusing((path) => nodeFileSystem.list(path)),
    };
    const again = rig.computer('desk', { ports: { fileSystem } });
    again.write('other.txt', 'other');
    expect(await again.sync()).toMatchObject({ outcome: 'problems', uploaded: 1 });
    expect(await rig.ana.tree()).toMatchObject({ 'other.txt': 'other' });
  });
});

describe.runIf(process.platform === 'linux')(
  'a program that has a file open when it is removed on the server',
  () => {
    test.each(['plan.txt', 'folder/below/plan.txt'])(
      'and writes to it later loses nothing (%s)',
      async (path) => {
        desk.write(path, 'a');
        desk.write('folder/b.txt', 'b');
        for (const name of ['c.txt', 'd.txt', 'e.txt', 'f.txt', 'g.txt']) desk.write(name, name);
        await desk.sync();
        open = openSync(desk.path(path), 'r+');
        await rig.ana.remove(path.split('/')[0] ?? '');
        await rig.ana.remove('c.txt');
        expect(await desk.sync()).toMatchObject({
          outcome: 'problems',
          removed: 1,
          problems: [{ path: path.split('/')[0], code: 'fileInUse', action: 'removeLocal', kept: 'here' }],
        });
        expect(desk.tree()).toHaveProperty([path], 'a');
        writeSync(open, 'written afterwards', 0);
        close(open);
        expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
        expect(desk.tree()).toHaveProperty([path], 'written afterwards');
        await expectAtRest(rig, desk);
      },
    );

    test('and writes nothing keeps it until it is closed', async () => {
      desk.write('plan.txt', 'a');
      await desk.sync();
      open = openSync(desk.path('plan.txt'), 'r+');
      await rig.ana.remove('plan.txt');
      await desk.sync();
      expect(desk.tree()).toEqual({ 'plan.txt': 'a' });
      close(open);
      desk.pair.retry('');
      expect(await desk.sync()).toMatchObject({ outcome: 'inSync', removed: 1 });
      expect(readdirSync(desk.folder)).toEqual([]);
    });
  },
);
