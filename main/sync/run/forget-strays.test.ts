import { expect, test } from 'vitest';
import { Scene } from '../testing/scene.ts';

const minute = 60_000;

test('what both sides renamed to a name that is left alone is forgotten, also when another has its old name', async () => {
  const scene = new Scene({ options: { ignore: ['*.bak'] } });
  scene.server.write('plan.txt', Buffer.from('plan'), scene.server.time - 3600);
  scene.pair.start();
  await scene.clock.pass(minute);
  scene.server.move('plan.txt', 'plan.bak');
  scene.disk.rename('/pair/plan.txt', '/pair/plan.bak');
  scene.server.makeFolder('plan.txt');
  await scene.clock.pass(10 * minute);
  expect(scene.disk.find('/pair/plan.txt')?.kind).toBe('folder');
  let asked = 0;
  scene.fails = (operation) => {
    if (operation === 'move') asked += 1;
    return undefined;
  };
  await scene.clock.pass(120 * minute);
  expect(asked).toBe(0);
  expect(scene.disk.names('/pair')).toEqual(['plan.bak', 'plan.txt']);
  expect(String(scene.server.find('plan.bak')?.content)).toBe('plan');
  await scene.pair.stop();
});

test('what is new in a folder that the server renames so that a pattern leaves it alone does not go up first', async () => {
  const scene = new Scene({ options: { ignore: ['a/b'] } });
  scene.server.makeFolder('l');
  scene.pair.start();
  await scene.clock.pass(minute);
  scene.server.move('l', 'a');
  scene.write('l/b', 'mine');
  scene.write('l/c', 'mine too');
  await scene.clock.pass(30 * minute);
  expect(scene.disk.names('/pair/a')).toEqual(['b', 'c']);
  expect([...(scene.server.find('a')?.children.keys() ?? [])]).toEqual(['c']);
  expect(scene.pair.problems()).toEqual([]);
  await scene.pair.stop();
});

test('what is new in a folder that leaves goes up first, also when the server gave that a name that is left alone', async () => {
  const scene = new Scene({ options: { ignore: ['*.bak'] } });
  scene.server.makeFolder('l');
  scene.server.write('l/a', Buffer.from('theirs'), scene.server.time - 3600);
  scene.pair.start();
  await scene.clock.pass(minute);
  scene.server.move('l', 'l.bak');
  scene.write('l/b', 'mine');
  scene.pair.choose(['l']);
  await scene.clock.pass(30 * minute);
  expect(scene.disk.find('/pair/l')).toBeUndefined();
  expect(String(scene.server.find('l.bak/b')?.content)).toBe('mine');
  expect(scene.pair.problems()).toEqual([]);
  await scene.pair.stop();
});
