import { afterEach, beforeEach, expect, test } from 'vitest';
import { Scene } from './testing/scene.ts';

const minute = 60_000;
let scene: Scene;
beforeEach(async () => {
  scene = new Scene();
  scene.server.makeFolder('plans');
  scene.server.makeFolder('plans/old');
  for (const path of ['plans/a.txt', 'plans/b.txt', 'plans/old/c.txt'])
    scene.server.write(path, Buffer.from('theirs'), scene.server.time - 3600);
  scene.pair.start();
  await scene.clock.pass(minute);
});
afterEach(() => scene.pair.stop());

const there = (path: string): string => String(scene.server.find(path)?.content);
const told = (): unknown => scene.pair.problems().map(({ path, code }) => `${path} ${code}`);

test('one file that can’t be looked at is told of and stays as it was; the rest of its folder goes on', async () => {
  scene.hidden = scene.disk.find('/pair/plans/a.txt');
  scene.write('plans/b.txt', 'mine, and longer');
  scene.write('plans/new.txt', 'new');
  scene.server.write('plans/theirs.txt', Buffer.from('new'), scene.server.time - 60);
  scene.tellHere('changed');
  await scene.clock.pass(10 * minute);
  expect(told()).toEqual(['plans/a.txt localUnreadable']);
  expect(['plans/a.txt', 'plans/b.txt', 'plans/new.txt'].map(there)).toEqual([
    'theirs',
    'mine, and longer',
    'new',
  ]);
  expect(scene.disk.names('/pair/plans')).toContain('theirs.txt');
  scene.hidden = undefined;
  scene.tellHere('changed');
  await scene.clock.pass(10 * minute);
  expect(told()).toEqual([]);
});

test('one that was renamed and can’t be looked at since is not taken for deleted', async () => {
  scene.hidden = scene.disk.find('/pair/plans/old');
  scene.disk.rename('/pair/plans/old', '/pair/plans/archive');
  scene.tellHere('changed');
  await scene.clock.pass(10 * minute);
  expect(there('plans/old/c.txt')).toBe('theirs');
  scene.hidden = undefined;
  scene.tellHere('changed');
  await scene.clock.pass(10 * minute);
  expect(there('plans/archive/c.txt')).toBe('theirs');
  expect(scene.server.find('plans/old')).toBeUndefined();
});

test('what the server changes or deletes meanwhile waits, with all that holds it', async () => {
  scene.hidden = scene.disk.find('/pair/plans/a.txt');
  scene.server.write('plans/a.txt', Buffer.from('newer'), scene.server.time - 60);
  scene.tellThere('changed');
  await scene.clock.pass(10 * minute);
  expect(String(scene.hidden?.content)).toBe('theirs');
  scene.server.remove('plans');
  scene.tellThere('changed');
  await scene.clock.pass(10 * minute);
  expect(scene.disk.names('/pair/plans')).toContain('a.txt');
  scene.hidden = undefined;
  scene.tellHere('changed');
  await scene.clock.pass(30 * minute);
  expect(scene.disk.names('/pair')).toEqual([]);
});
