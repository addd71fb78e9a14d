import { expect, test } from 'vitest';
import { Scene } from './testing/scene.ts';

const minute = 60_000;

test('what an undo copies is not taken away while it does so; what a crash left of one is', async () => {
  const scene = new Scene();
  scene.write('a.txt', 'a');
  scene.pair.start();
  await scene.clock.pass(minute);
  scene.write('.~traboule-undo-1', 'half of');
  scene.write('b.txt', 'b');
  scene.tellHere('changed');
  await scene.clock.pass(minute);
  expect(scene.server.find('b.txt')).toBeDefined();
  expect(scene.disk.names('/pair')).toContain('.~traboule-undo-1');
  await scene.clock.pass(20 * minute);
  scene.write('c.txt', 'c');
  scene.tellHere('changed');
  await scene.clock.pass(minute);
  expect(scene.disk.names('/pair').toSorted()).toEqual(['a.txt', 'b.txt', 'c.txt']);
  await scene.pair.stop();
});
