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
