import { afterEach, beforeEach, expect, test } from 'vitest';
import { Scene } from './testing/scene.ts';

const minute = 60_000;
let scene: Scene;
beforeEach(() => {
  scene = new Scene();
  scene.server.makeFolder('plans');
  scene.server.write('plans/a.txt', Buffer.from('theirs'), scene.server.time - 3600);
});
afterEach(() => scene.pair.stop());

const read = (path: string): string => String(Buffer.from(scene.disk.find(`/pair/${path}`)?.content ?? []));

test('a right that is lost without a sign is found out by the first edit: theirs comes back, ours stands beside it', async () => {
  scene.pair.start();
  await scene.clock.pass(minute);
  scene.server.share('plans', true, false);
  scene.write('plans/a.txt', 'mine, and longer');
  scene.tellHere('changed');
  await scene.clock.pass(10 * minute);
  expect(read('plans/a.txt')).toBe('theirs');
  const copy = scene.disk.names('/pair/plans').find((name) => name !== 'a.txt') ?? '';
  expect(read(`plans/${copy}`)).toBe('mine, and longer');
});

test('the right to what was moved back, because it may not be moved, is known from then on: nothing is tried in vain', async () => {
  scene.pair.start();
  await scene.clock.pass(minute);
  scene.server.share('plans', true, true);
  scene.disk.rename('/pair/plans/a.txt', '/pair/plans/A.txt');
  scene.tellHere('changed');
  await scene.clock.pass(minute);
  expect(scene.disk.names('/pair/plans')).toEqual(['a.txt']);
  const asked: string[] = [];
  scene.fails = (operation, path) => {
    asked.push(`${operation} ${path}`);
    return undefined;
  };
  scene.write('plans/a.txt', 'mine, and longer');
  scene.tellHere('changed');
  await scene.clock.pass(10 * minute);
  expect(read('plans/a.txt')).toBe('theirs');
  expect(asked).not.toContain('upload plans/a.txt');
});
