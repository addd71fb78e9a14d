import { mkdirSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeFileSystem } from '../../main/sync/local/node-file-system.ts';
import type { FileSystem } from '../../main/sync/ports/file-system.ts';
import { expectAtRest } from './at-rest.ts';
import { Rig, trashOf } from './rig.ts';
import { both, notes, twoFolders } from './two-folders.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

describe('a folder that is not wanted here any more', () => {
  test('goes from here, stays on the server, and costs nothing afterwards', async () => {
    const desk = await twoFolders(rig);
    desk.pair.choose(['Plans']);
    rig.server.resetRequestLog();
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', removed: 4 });
    expect(desk.tree()).toEqual(notes);
    expect(await rig.ana.tree()).toEqual(both);
    expect(rig.counts()).not.toHaveProperty('DELETE');
    expect(desk.pair.unwanted()).toEqual(['Plans']);
    await expectAtRest(rig, desk);
    await rig.ana.put('Plans/Old/more.txt', 'more');
    // The folder above is listed once, since something below it changed, and not again.
    expect(await rig.requestsOfAnother(desk)).toHaveLength(1);
    await expectAtRest(rig, desk);
    expect(desk.tree()).toEqual(notes);
  });

  test('is not removed on the server with a folder that a colleague moved it into and that is removed here', async () => {
    const desk = await twoFolders(rig);
    desk.pair.choose(['Plans']);
    await rig.ana.move('Plans', 'Notes/Plans');
    rmSync(desk.path('Notes'), { recursive: true });
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
    expect(await rig.ana.tree()).toMatchObject({ 'Notes/Plans/Old/two.txt': 'Plans/Old/two.txt' });
    expect(await rig.ana.tree()).not.toHaveProperty('Notes/three.txt');
    expect(desk.tree()).toEqual({ Notes: '/' });
    expect(desk.pair.unwanted()).toEqual(['Notes/Plans']);
    await expectAtRest(rig, desk);
  });

  test('does not come back when a list that left it out is gone', async () => {
    const desk = await twoFolders(rig);
    desk.pair.choose(['Plans']);
    await desk.sync();
    desk.write('.sync-exclude', 'Plans/', 30);
    await desk.sync();
    desk.write('.sync-exclude', '# none', 30);
    await desk.sync();
    expect(desk.tree()).toEqual({ ...notes, '.sync-exclude': '# none' });
    expect(desk.pair.unwanted()).toEqual(['Plans']);
    await expectAtRest(rig, desk);
  });

  test('takes what is new in it to the server first', async () => {
    const desk = await twoFolders(rig);
    desk.write('Plans/one.txt', 'edited here', 30);
    desk.write('Plans/Drafts/new.txt', 'new here', 30);
    mkdirSync(desk.path('Plans/Empty'));
    await rig.ana.put('Plans/there.txt', 'new there');
    desk.pair.choose(['Plans']);
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', downloaded: 0 });
    expect(desk.tree()).toEqual(notes);
    expect(await rig.ana.tree()).toEqual({
      ...both,
      'Plans/one.txt': 'edited here',
      'Plans/Drafts': '/',
      'Plans/Drafts/new.txt': 'new here',
      'Plans/Empty': '/',
      'Plans/there.txt': 'new there',
    });
    await expectAtRest(rig, desk);
  });

  test('keeps what the server does not take, and tells of it', async () => {
    const desk = await twoFolders(rig);
    desk.write('Plans/Old/large.txt', 'too large', 30);
    rig.server.control.addFault({
      method: 'PUT',
      path: '*/large.txt',
      times: 3,
      effect: { kind: 'status', status: 507 },
    });
    desk.pair.choose(['Plans']);
    const report = await desk.sync();
    expect(report.problems).toMatchObject([{ path: 'Plans/Old/large.txt', code: 'quotaFull', kept: 'here' }]);
    expect(desk.tree()).toEqual({
      ...notes,
      Plans: '/',
      'Plans/Old': '/',
      'Plans/Old/large.txt': 'too large',
    });
    rig.server.control.clearFaults();
    desk.pair.retry('');
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
    expect(desk.tree()).toEqual(notes);
    expect(await rig.ana.get('Plans/Old/large.txt')).toBe('too large');
    await expectAtRest(rig, desk);
  });

  test('is read once more before it goes: what was written in the last instant stays and goes up', async () => {
    let isWritten = false;
    const fileSystem: FileSystem = {
      ...nodeFileSystem,
      moveExclusive: (from, to) => {
        if (!isWritten && from.endsWith('one.txt')) {
          isWritten = true;
          desk.write('Plans/one.txt', 'PLANS/ONE.TXT', 60);
        }
        return nodeFileSystem.moveExclusive(from, to);
      },
    };
    const desk = await twoFolders(rig, { ports: { fileSystem } });
    desk.pair.choose(['Plans']);
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
    expect(isWritten).toBe(true);
    expect(desk.tree()).toEqual(notes);
    expect(await rig.ana.get('Plans/one.txt')).toBe('PLANS/ONE.TXT');
    await expectAtRest(rig, desk);
  });

  test('leaves to the trash what nobody shares', async () => {
    const desk = await twoFolders(rig);
    desk.write('Plans/Thumbs.db', 'pictures', 30);
    desk.pair.choose(['Plans']);
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
    expect(desk.tree()).toEqual(notes);
    expect(trashOf(desk)).toEqual({ Plans: '/', 'Plans/Thumbs.db': 'pictures' });
    await expectAtRest(rig, desk);
  });

  test('never is removed on the server, wherever the program died', async () => {
    const desk = await twoFolders(rig);
    await desk.stop();
    for (let step = 1; step <= 12; step += 1) {
      let left = step;
      const live = <Result>(work: () => Promise<Result>): Promise<Result> => {
        left -= 1;
        return left === 0 ? Promise.reject(new Error('died')) : work();
      };
      const fileSystem: FileSystem = {
        ...nodeFileSystem,
        moveExclusive: (from, to) => live(() => nodeFileSystem.moveExclusive(from, to)),
        remove: (path) => live(() => nodeFileSystem.remove(path)),
        removeEmptyFolder: (path) => live(() => nodeFileSystem.removeEmptyFolder(path)),
      };
      const dyingDesk = rig.computer('desk', { ports: { fileSystem }, options: { unwanted: ['Plans'] } });
      await dyingDesk.sync();
      await dyingDesk.stop();
      // Chosen again before what had happened was taken note of.
      const again = rig.computer('desk', { options: { unwanted: step % 2 === 0 ? [] : ['Plans'] } });
      expect(await again.sync()).toMatchObject({ outcome: 'inSync' });
      expect(again.tree()).toEqual(step % 2 === 0 ? both : notes);
      await again.stop();
      const restored = rig.computer('desk');
      expect(await restored.sync()).toMatchObject({ outcome: 'inSync' });
      expect(restored.tree()).toEqual(both);
      await expectAtRest(rig, restored);
      await restored.stop();
      expect(await rig.ana.tree()).toEqual(both);
    }
    expect(rig.counts()).not.toHaveProperty('DELETE');
  });

  test('of somebody else, that may only be read, goes as well', async () => {
    await rig.ana.makeFolder('Given');
    await rig.ana.put('Given/a.txt', 'a');
    await rig.share('Given', 'ben', 1);
    const desk = rig.computer('desk', { user: 'ben' });
    await desk.sync();
    expect(desk.tree()).toMatchObject({ 'Given/a.txt': 'a' });
    desk.pair.choose(['Given']);
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
    expect(desk.tree()).toEqual({});
    expect(await rig.ana.tree()).toMatchObject({ 'Given/a.txt': 'a' });
    await expectAtRest(rig, desk, { user: rig.user('ben') });
  });
});

test('the whole of a pair may leave, what is in no folder as well, and come back', async () => {
  const desk = await twoFolders(rig);
  desk.write('loose.txt', 'loose', 30);
  desk.pair.choose(['']);
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
  expect(desk.tree()).toEqual({});
  expect(await rig.ana.tree()).toEqual({ ...both, 'loose.txt': 'loose' });
  await expectAtRest(rig, desk);
  desk.pair.choose([]);
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
  expect(desk.tree()).toEqual({ ...both, 'loose.txt': 'loose' });
  await expectAtRest(rig, desk);
});

test('one that was given, here, the name of one that leaves with all the rest, keeps a name of its own', async () => {
  const desk = await twoFolders(rig);
  await rig.ana.move('Notes', 'Plans/Notes');
  rmSync(desk.path('Plans'), { recursive: true });
  renameSync(desk.path('Notes'), desk.path('Plans'));
  desk.pair.choose(['']);
  await desk.sync();
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', problems: [] });
  expect(desk.tree()).toEqual({});
  const contents = Object.values(await rig.ana.tree()).filter((content) => content !== '/');
  expect(contents.toSorted()).toEqual(['Notes/three.txt', 'Plans/Old/two.txt', 'Plans/one.txt']);
  await expectAtRest(rig, desk);
});

test('a folder that was here before the first run leaves when all of it is found on the server', async () => {
  await rig.ana.makeFolder('Plans');
  await rig.ana.put('Plans/one.txt', 'one');
  const desk = rig.computer('desk', { options: { unwanted: ['Plans'] } });
  desk.write('Plans/one.txt', 'one');
  desk.write('Plans/two.txt', 'two');
  utimesSync(desk.folder, new Date(), new Date());
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
  expect(desk.tree()).toEqual({});
  expect(await rig.ana.tree()).toEqual({ Plans: '/', 'Plans/one.txt': 'one', 'Plans/two.txt': 'two' });
  await expectAtRest(rig, desk);
});

test('what each folder weighs here is told, with how much of it the server does not have yet', async () => {
  const desk = await twoFolders(rig);
  desk.write('loose.txt', 'loose', 30);
  desk.write('Plans/Old/two.txt', 'edited here', 30);
  desk.write('Plans/Old/.~lock.two.txt#', 'nobody shares this', 30);
  const of = (path: string, files: number, bytes: number, unsent: number) => ({ path, files, bytes, unsent });
  expect(await desk.pair.weigh()).toEqual([
    of('', 1, 5, 1),
    of('Notes', 1, 'Notes/three.txt'.length, 0),
    of('Plans', 2, 'Plans/one.txt'.length + 'edited here'.length, 1),
  ]);
  await desk.sync();
  expect((await desk.pair.weigh()).map(({ unsent }) => unsent)).toEqual([0, 0, 0]);
  desk.pair.choose(['']);
  await desk.sync();
  expect(await desk.pair.weigh()).toEqual([of('', 0, 0, 0)]);
  await expectAtRest(rig, desk);
});
