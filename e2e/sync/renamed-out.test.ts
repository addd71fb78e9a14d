import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Computer, Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

const list = '*.bak\nbuild/\n/Plans/*.tmp\n';

/** A computer that has a folder with a list of what is left out, and these files, as the server has. */
async function deskWith(...paths: readonly string[]): Promise<Computer> {
  const desk = rig.computer('desk');
  desk.write('.sync-exclude', list);
  for (const path of paths) desk.write(path, path);
  await desk.sync();
  return desk;
}

/** Nothing is carried, or removed, by another run, which has nothing to ask either. */
async function expectNothingMore(computer: Computer): Promise<void> {
  expect(await computer.sync()).toMatchObject({
    outcome: 'inSync',
    uploaded: 0,
    downloaded: 0,
    moved: 0,
    removed: 0,
    conflicts: 0,
    problems: [],
  });
  expect(await rig.requestsOfAnother(computer)).toEqual([]);
}

const cases = [
  ['a file is given a name that is left out', 'a.txt', 'a.bak', 'a.bak'],
  ['a folder is', 'src/a.txt', 'build', 'build/a.txt'],
  ['a folder with a file comes under a pattern with a path', 'Old/x.tmp', 'Plans', 'Plans/x.tmp'],
] as const;

test.each(cases)('%s here: it is there too, and is left alone from then on', async (_, path, name, after) => {
  const desk = await deskWith(path, 'other.txt');
  renameSync(desk.path(path.split('/')[0] ?? ''), desk.path(name));
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', moved: 1, removed: 0, downloaded: 0 });
  expect(await rig.ana.tree()).toMatchObject({ [after]: path });
  expect(desk.tree()).toEqual(await rig.ana.tree());
  await expectNothingMore(desk);
  rmSync(desk.path(after));
  await expectNothingMore(desk);
  expect((await rig.ana.tree())[after]).toBe(path);
  expect(rig.server.requests().filter(({ method }) => method === 'DELETE')).toEqual([]);
});

test.each(cases)('%s there: it is here too, and is left alone from then on', async (_, path, name, after) => {
  const desk = await deskWith(path, 'other.txt');
  await rig.ana.move(path.split('/')[0] ?? '', name);
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', moved: 1, removed: 0, uploaded: 0 });
  expect(desk.tree()).toMatchObject({ [after]: path });
  expect(desk.tree()).toEqual(await rig.ana.tree());
  await expectNothingMore(desk);
  await rig.ana.remove(after);
  await expectNothingMore(desk);
  expect(desk.tree()[after]).toBe(path);
  expect(existsSync(join(desk.trash, 'Trash'))).toBe(false);
});

test('it has the name that is left out on one side and is gone on the other: it stays where it is', async () => {
  const desk = await deskWith('a.txt', 'b.txt', 'src/c.txt');
  renameSync(desk.path('a.txt'), desk.path('a.bak'));
  await rig.ana.remove('a.txt');
  rmSync(desk.path('b.txt'));
  await rig.ana.move('b.txt', 'b.bak');
  renameSync(desk.path('src'), desk.path('build'));
  await rig.ana.remove('src');
  expect(await desk.sync()).toMatchObject({ uploaded: 0, downloaded: 0, removed: 0 });
  expect(desk.tree()).toEqual({
    '.sync-exclude': list,
    'a.bak': 'a.txt',
    build: '/',
    'build/c.txt': 'src/c.txt',
  });
  expect(await rig.ana.tree()).toEqual({ '.sync-exclude': list, 'b.bak': 'b.txt' });
  await expectNothingMore(desk);
});

test('what was written on the other side meanwhile is kept there', async () => {
  const desk = await deskWith('a.txt', 'b.txt');
  renameSync(desk.path('a.txt'), desk.path('a.bak'));
  await rig.ana.put('a.txt', 'written there');
  await rig.ana.move('b.txt', 'b.bak');
  desk.write('b.txt', 'written here');
  await desk.sync();
  expect(desk.tree()).toMatchObject({ 'a.bak': 'a.txt', 'b.bak': 'written here' });
  expect(await rig.ana.tree()).toMatchObject({ 'a.bak': 'written there', 'b.bak': 'b.txt' });
  await expectNothingMore(desk);
});

test('the other side has something of that name: both stay, with a word, and nothing is tried', async () => {
  const desk = await deskWith('a.txt');
  await rig.ana.put('a.bak', 'theirs');
  renameSync(desk.path('a.txt'), desk.path('a.bak'));
  expect(await desk.sync()).toMatchObject({ problems: [{ path: 'a.bak', code: 'nameTaken' }] });
  expect(desk.tree()).toMatchObject({ 'a.bak': 'a.txt' });
  expect(await rig.ana.tree()).toMatchObject({ 'a.txt': 'a.txt', 'a.bak': 'theirs' });
  renameSync(desk.path('a.bak'), desk.path('a.txt'));
  expect(await desk.sync()).toMatchObject({ problems: [], removed: 0 });
  await expectNothingMore(desk);
});

test('in a share that may only be read, what is renamed so here is moved back, once', async () => {
  await rig.ana.makeFolder('Common');
  await rig.ana.makeFolder('Common/Old');
  for (const path of ['.sync-exclude', 'a.txt', 'Old/x.tmp'])
    await rig.ana.put(`Common/${path}`, path === '.sync-exclude' ? list : path);
  await rig.share('/Common', 'ben', 1);
  const desk = rig.computer('desk', { user: 'ben', rootPath: '/Common' });
  await desk.sync();
  const before = desk.tree();
  renameSync(desk.path('a.txt'), desk.path('a.bak'));
  renameSync(desk.path('Old'), desk.path('Plans'));
  expect(await desk.sync()).toMatchObject({ downloaded: 0 });
  expect(desk.tree()).toEqual(before);
  await expectNothingMore(desk);
  await rig.ana.move('Common/Old', 'Common/Plans');
  await desk.sync();
  expect(desk.tree()).toMatchObject({ 'Plans/x.tmp': 'Old/x.tmp' });
  await expectNothingMore(desk);
});

test('where one may rename and not remove, nothing comes down again and again', async () => {
  await rig.ana.makeFolder('Common');
  await rig.ana.makeFolder('Common/Old');
  await rig.ana.put('Common/.sync-exclude', list);
  await rig.ana.put('Common/Old/x.tmp', 'x');
  await rig.share('/Common', 'ben', 1 + 2 + 4);
  const desk = rig.computer('desk', { user: 'ben', rootPath: '/Common' });
  await desk.sync();
  renameSync(desk.path('Old'), desk.path('Plans'));
  const attempts = [await desk.sync(), await desk.sync()];
  const refused = { problems: [{ path: 'Plans', code: 'forbidden' }], downloaded: 0, removed: 0 };
  expect(attempts).toMatchObject([refused, refused]);
  expect(desk.tree()).toMatchObject({ 'Plans/x.tmp': 'x' });
  expect(await rig.ana.tree('Common')).toMatchObject({ 'Old/x.tmp': 'x' });
});

test('what is moved into a folder that is left out has left the synced folder: it goes to the bin there', async () => {
  const desk = await deskWith('a.txt');
  mkdirSync(desk.path('build'));
  renameSync(desk.path('a.txt'), desk.path('build/a.txt'));
  expect(await desk.sync()).toMatchObject({ removed: 1 });
  expect(desk.tree()).toMatchObject({ 'build/a.txt': 'a.txt' });
  expect(await rig.ana.tree()).toEqual({
    '.sync-exclude': list,
  });
});
