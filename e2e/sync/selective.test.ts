import { mkdirSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeFileSystem } from '../../main/sync/local/node-file-system.ts';
import type { FileSystem } from '../../main/sync/ports/file-system.ts';
import { expectAtRest } from './at-rest.ts';
import { type Computer, Rig, trashOf } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

/** A computer with two folders in sync. */
async function twoFolders(options: Parameters<Rig['computer']>[1] = {}): Promise<Computer> {
  const desk = rig.computer('desk', options);
  for (const path of ['Plans/one.txt', 'Plans/Old/two.txt', 'Notes/three.txt']) desk.write(path, path);
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
  return desk;
}

const both = {
  Notes: '/',
  'Notes/three.txt': 'Notes/three.txt',
  Plans: '/',
  'Plans/Old': '/',
  'Plans/Old/two.txt': 'Plans/Old/two.txt',
  'Plans/one.txt': 'Plans/one.txt',
};
const notes = { Notes: '/', 'Notes/three.txt': 'Notes/three.txt' };

describe('a folder that is not wanted here any more', () => {
  test('goes from here, stays on the server, and costs nothing afterwards', async () => {
    const desk = await twoFolders();
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
    const desk = await twoFolders();
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
    const desk = await twoFolders();
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
    const desk = await twoFolders();
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
    const desk = await twoFolders();
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
    const desk = await twoFolders({ ports: { fileSystem } });
    desk.pair.choose(['Plans']);
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
    expect(isWritten).toBe(true);
    expect(desk.tree()).toEqual(notes);
    expect(await rig.ana.get('Plans/one.txt')).toBe('PLANS/ONE.TXT');
    await expectAtRest(rig, desk);
  });

  test('leaves to the trash what nobody shares', async () => {
    const desk = await twoFolders();
    desk.write('Plans/Thumbs.db', 'pictures', 30);
    desk.pair.choose(['Plans']);
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
    expect(desk.tree()).toEqual(notes);
    expect(trashOf(desk)).toEqual({ Plans: '/', 'Plans/Thumbs.db': 'pictures' });
    await expectAtRest(rig, desk);
  });

  test('never is removed on the server, wherever the program died', async () => {
    const desk = await twoFolders();
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
  });
});

describe('a folder that is not here', () => {
  test('from the start is not even listed', async () => {
    await rig.ana.makeFolder('Plans');
    await rig.ana.put('Plans/one.txt', 'one');
    await rig.ana.put('two.txt', 'two');
    const desk = rig.computer('desk', { options: { unwanted: ['Plans'] } });
    rig.server.resetRequestLog();
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', downloaded: 1 });
    expect(desk.tree()).toEqual({ 'two.txt': 'two' });
    await expectAtRest(rig, desk);
  });

  test('is still not wanted when the server did not answer at first', async () => {
    const unreachable = { url: 'http://127.0.0.1:1', options: { unwanted: ['Plans'] } };
    const desk = rig.computer('desk', unreachable);
    expect(await desk.sync()).toMatchObject({ outcome: 'offline' });
    expect(desk.events.filter(({ type }) => type === 'unwanted')).toEqual([]);
  });

  test('is still not wanted when a run failed for a reason that nobody thought of', async () => {
    let isBroken = false;
    const list: FileSystem['list'] = (path) =>
      isBroken ? Promise.reject(new Error('broken')) : nodeFileSystem.list(path);
    const ports = { fileSystem: { ...nodeFileSystem, list } };
    const desk = await twoFolders({ ports });
    desk.pair.choose(['Plans']);
    await desk.sync();
    isBroken = true;
    expect(await desk.sync()).toMatchObject({ outcome: 'failed' });
    expect(desk.events.filter(({ type }) => type === 'unwanted')).toMatchObject([{ paths: ['Plans'] }]);
  });

  test('stays away when it is renamed there, and is told under its new name', async () => {
    const desk = await twoFolders();
    desk.pair.choose(['Plans']);
    await desk.sync();
    await rig.ana.move('Plans', 'Notes/Projects');
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', downloaded: 0, removed: 0 });
    expect(desk.tree()).toEqual(notes);
    expect(desk.pair.unwanted()).toEqual(['Notes/Projects']);
    expect(desk.events.findLast(({ type }) => type === 'unwanted')).toMatchObject({
      paths: ['Notes/Projects'],
    });
    await expectAtRest(rig, desk);
    // The folder that it is in is renamed here: one move, and nothing of it is lost.
    renameSync(desk.path('Notes'), desk.path('Texts'));
    await desk.sync();
    expect(await rig.ana.tree()).toMatchObject({ 'Texts/Projects/Old/two.txt': 'Plans/Old/two.txt' });
    expect(desk.pair.unwanted()).toEqual(['Texts/Projects']);
    await expectAtRest(rig, desk);
  });

  test('takes away with it what is moved into it there, and gives it back when it is moved out', async () => {
    const desk = await twoFolders();
    desk.pair.choose(['Plans']);
    await desk.sync();
    await rig.ana.move('Notes', 'Plans/Notes');
    await desk.sync();
    expect(desk.tree()).toEqual({});
    expect(trashOf(desk)).toEqual(notes);
    await rig.ana.move('Plans/Notes', 'Notes');
    await rig.ana.move('Plans/Old', 'Old');
    await desk.sync();
    expect(desk.tree()).toEqual({ ...notes, Old: '/', 'Old/two.txt': 'Plans/Old/two.txt' });
    await expectAtRest(rig, desk);
  });

  test('comes back when it is chosen again, with all that happened to it', async () => {
    const desk = await twoFolders();
    desk.pair.choose(['Plans']);
    await desk.sync();
    await rig.ana.put('Plans/one.txt', 'edited there');
    await rig.ana.remove('Plans/Old');
    desk.pair.choose([]);
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
    expect(desk.tree()).toEqual({ ...notes, Plans: '/', 'Plans/one.txt': 'edited there' });
    await expectAtRest(rig, desk);
  });

  test('is forgotten when it is removed there, and stays away when it is put back', async () => {
    const desk = await twoFolders();
    desk.pair.choose(['Plans']);
    await desk.sync();
    await rig.ana.remove('Plans');
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', removed: 0 });
    await rig.ana.makeFolder('Plans');
    await rig.ana.put('Plans/again.txt', 'again');
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', downloaded: 0 });
    expect(desk.tree()).toEqual(notes);
    await expectAtRest(rig, desk);
  });

  test('survives the removal here of the folder that it would be in', async () => {
    const desk = await twoFolders();
    desk.pair.choose(['Plans/Old']);
    await desk.sync();
    rmSync(desk.path('Plans'), { recursive: true });
    await desk.sync();
    expect(await rig.ana.tree()).toEqual({
      ...notes,
      Plans: '/',
      'Plans/Old': '/',
      'Plans/Old/two.txt': 'Plans/Old/two.txt',
    });
    expect(desk.tree()).toEqual({ ...notes, Plans: '/' });
    await expectAtRest(rig, desk);
  });

  test('keeps its name: what is made here under it is kept under another', async () => {
    const desk = await twoFolders();
    desk.pair.choose(['Plans']);
    await desk.sync();
    desk.write('Plans/mine.txt', 'mine', 30);
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 1 });
    const copy = Object.keys(desk.tree()).find((name) => name.startsWith('Plans (copie en conflit'));
    expect(desk.tree()).toEqual({ ...notes, [copy ?? '']: '/', [`${copy}/mine.txt`]: 'mine' });
    expect(await rig.ana.tree()).toEqual({ ...both, ...desk.tree() });
    await expectAtRest(rig, desk);
  });

  test('is not told as missing in its old place when it goes with the folder that it was moved into', async () => {
    const desk = await twoFolders();
    desk.pair.choose(['Plans']);
    await desk.sync();
    await rig.ana.move('Plans', 'Notes/Plans');
    desk.pair.choose(['Plans', 'Notes']);
    await desk.sync();
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', problems: [] });
    expect(desk.pair.unwanted()).toEqual(['Notes']);
    await expectAtRest(rig, desk);
  });

  test('takes away what was moved into it there while it was removed here', async () => {
    const desk = await twoFolders();
    desk.pair.choose(['Plans']);
    await rig.ana.move('Notes', 'Plans/Old/Notes');
    rmSync(desk.path('Plans'), { recursive: true });
    await desk.sync();
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', problems: [] });
    expect(desk.tree()).toEqual({});
    expect(await rig.ana.tree()).toMatchObject({
      'Plans/one.txt': 'Plans/one.txt',
      'Plans/Old/Notes/three.txt': 'Notes/three.txt',
    });
    await expectAtRest(rig, desk);
  });

  test('keeps its name also in a folder that leaves, so that this one can', async () => {
    const desk = await twoFolders();
    desk.pair.choose(['Plans']);
    await desk.sync();
    await rig.ana.move('Plans', 'Notes/Plans');
    desk.write('Notes/Plans/mine.txt', 'mine', 30);
    desk.pair.choose(['Plans', 'Notes']);
    await desk.sync();
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', problems: [] });
    expect(desk.tree()).toEqual({});
    const contents = Object.values(await rig.ana.tree()).filter((content) => content !== '/');
    expect(contents.toSorted()).toEqual(['Notes/three.txt', 'Plans/Old/two.txt', 'Plans/one.txt', 'mine']);
    await expectAtRest(rig, desk);
  });

  test('goes and comes with the one above it, whichever was chosen first', async () => {
    const desk = await twoFolders();
    desk.pair.choose(['Plans/Old']);
    await desk.sync();
    desk.pair.choose(['Plans/Old', 'Plans']);
    await desk.sync();
    expect(desk.tree()).toEqual(notes);
    expect(desk.pair.unwanted()).toEqual(['Plans']);
    desk.pair.choose(['Plans/Old']);
    await desk.sync();
    expect(desk.tree()).toEqual({ ...notes, Plans: '/', 'Plans/one.txt': 'Plans/one.txt' });
    desk.pair.choose([]);
    await desk.sync();
    expect(desk.tree()).toEqual(both);
    await expectAtRest(rig, desk);
  });
});

test('the whole of a pair may leave, what is in no folder as well, and come back', async () => {
  const desk = await twoFolders();
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
  const desk = await twoFolders();
  await rig.ana.move('Notes', 'Plans/Notes');
  rmSync(desk.path('Plans'), { recursive: true });
  renameSync(desk.path('Notes'), desk.path('Plans'));
  desk.pair.choose(['']);
  await desk.sync();
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', problems: [] });
  expect(desk.tree()).toEqual({});
  const contents = Object.values(await rig.ana.tree()).filter((content) => content !== '/');
  expect(contents.toSorted()).toEqual(['Notes/three.txt', 'Plans/Old/two.txt', 'Plans/one.txt']);
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
  const desk = await twoFolders();
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
});
