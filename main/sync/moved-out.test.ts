import { afterEach, beforeEach, expect, test } from 'vitest';
import { Scene } from './testing/scene.ts';

const minute = 60_000;
let scene: Scene;
beforeEach(async () => {
  scene = new Scene();
  for (const folder of ['from', 'to']) scene.server.makeFolder(folder);
  scene.server.write('from/a.txt', Buffer.from('theirs'), scene.server.time - 3600);
  scene.pair.start();
  await scene.clock.pass(minute);
});
afterEach(() => scene.pair.stop());

test('a folder removed here goes there, though what was moved out of it there can not be had', async () => {
  scene.server.move('from/a.txt', 'to/a.txt');
  scene.server.write('to/a.txt', Buffer.from('newer'), scene.server.time - 1800, `SHA1:${'0'.repeat(40)}`);
  scene.disk.remove('/pair/from/a.txt');
  scene.disk.remove('/pair/from');
  scene.tellHere('changed');
  await scene.clock.pass(10 * minute);
  expect(scene.server.find('from')).toBeUndefined();
  expect(scene.server.find('to/a.txt')).toBeDefined();
  expect(scene.disk.names('/pair/to')).toEqual([]);
});

test('a folder removed there goes here, though what was moved out of it here may not be put there', async () => {
  scene.server.share('to', 'read', true);
  scene.disk.rename('/pair/from/a.txt', '/pair/to/a.txt');
  scene.server.remove('from');
  scene.tellHere('changed');
  await scene.clock.pass(10 * minute);
  expect(scene.disk.names('/pair')).toEqual(['to']);
  expect(scene.disk.names('/pair/to')).toEqual(['a.txt']);
});

test('a file written here goes up, though it was moved there into a folder that was removed here and is not wanted', async () => {
  scene.server.makeFolder('to/old');
  scene.tellThere('changed');
  await scene.clock.pass(minute);
  scene.pair.pause();
  scene.server.move('from/a.txt', 'to/old/a.txt');
  for (const gone of ['to/old', 'to']) scene.disk.remove(`/pair/${gone}`);
  scene.write('from/a.txt', 'mine, and longer');
  // Old enough to be judged at once.
  await scene.clock.pass(3000);
  scene.pair.choose(['to']);
  scene.pair.resume();
  await scene.clock.pass(30 * minute);
  expect(scene.pair.problems()).toEqual([]);
  expect(String(scene.server.find('from/a.txt')?.content)).toBe('mine, and longer');
  expect(String(scene.server.find('to/old/a.txt')?.content)).toBe('theirs');
});
