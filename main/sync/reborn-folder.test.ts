import { afterEach, beforeEach, expect, test } from 'vitest';
import { Scene } from './testing/scene.ts';

let scene: Scene;
let asked: string[];
beforeEach(() => {
  scene = new Scene();
  asked = [];
  scene.fails = (operation) => {
    asked.push(operation);
    return undefined;
  };
});
afterEach(() => scene.pair.stop());

const minute = 60_000;

test('a folder removed and made anew under the same inode is known when it moves', async () => {
  scene.disk.makeFolder('/pair/plans');
  const before = scene.disk.find('/pair/plans')?.number;
  scene.pair.start();
  await scene.clock.pass(minute);
  scene.disk.remove('/pair/plans');
  scene.disk.makeFolder('/pair/plans');
  expect(scene.disk.find('/pair/plans')?.number).toBe(before);
  scene.tellHere('changed');
  await scene.clock.pass(minute);
  asked.length = 0;
  scene.disk.rename('/pair/plans', '/pair/drafts');
  scene.tellHere('changed');
  await scene.clock.pass(minute);
  expect(asked).toContain('move');
  expect(asked).not.toContain('createFolder');
});

test('a folder whose inode number a file has that is left out is removed on the server all the same', async () => {
  await scene.pair.stop();
  scene = new Scene({ options: { maxFileSize: 100 } });
  scene.disk.makeFolder('/pair/plans');
  const before = scene.disk.find('/pair/plans')?.number;
  scene.pair.start();
  await scene.clock.pass(minute);
  expect(scene.server.find('plans')).toBeDefined();
  scene.disk.remove('/pair/plans');
  scene.write('large.bin', 'x'.repeat(200));
  expect(scene.disk.find('/pair/large.bin')?.number).toBe(before);
  // Old enough to be judged at once: a look before would find the folder gone and nothing else.
  await scene.clock.pass(3000);
  scene.tellHere('changed');
  await scene.clock.pass(10 * minute);
  expect(scene.server.find('plans')).toBeUndefined();
});
