import { renameSync, rmSync } from 'node:fs';
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
    const desk = await twoFolders(rig, { ports });
    desk.pair.choose(['Plans']);
    await desk.sync();
    isBroken = true;
    expect(await desk.sync()).toMatchObject({ outcome: 'failed' });
    expect(desk.events.filter(({ type }) => type === 'unwanted')).toMatchObject([{ paths: ['Plans'] }]);
  });

  test('stays away when it is renamed there, and is told under its new name', async () => {
    const desk = await twoFolders(rig);
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
    const desk = await twoFolders(rig);
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
    const desk = await twoFolders(rig);
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
    const desk = await twoFolders(rig);
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
    const desk = await twoFolders(rig);
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
    const desk = await twoFolders(rig);
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
    const desk = await twoFolders(rig);
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
    const desk = await twoFolders(rig);
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
    const desk = await twoFolders(rig);
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
    const desk = await twoFolders(rig);
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
