import { afterEach, expect, test } from 'vitest';
import { Scene } from './testing/scene.ts';

const minute = 60_000;
const large = 'x'.repeat(200);
let scene: Scene;
afterEach(() => scene.pair.stop());

/** A pair at rest with what was made by then, on the server and here. */
async function begin(make: () => void): Promise<void> {
  scene = new Scene({ options: { maxFileSize: 100 } });
  make();
  scene.pair.start();
  await scene.clock.pass(minute);
}

const problems = (): readonly string[] => scene.pair.problems().map(({ code, path }) => `${code} ${path}`);
const old = (): number => scene.server.time - 3600;

test('a folder is not moved into one that stays in it because a name is taken', async () => {
  await begin(() => {
    scene.server.makeFolder('c');
    scene.server.makeFolder('l');
  });
  scene.server.move('c', 'l/c');
  scene.disk.rename('/pair/l', '/pair/c/l');
  scene.write('l', large);
  await scene.clock.pass(30 * minute);
  expect(problems()).toEqual(['nameTaken c/l']);
  scene.disk.rename('/pair/l', '/pair/large');
  await scene.clock.pass(30 * minute);
  expect(problems()).toEqual([]);
  expect(scene.disk.find('/pair/l/c')?.kind).toBe('folder');
});

test('a folder that is not wanted any more stays for what waits in it, without being tried for ever', async () => {
  await begin(() => {
    scene.server.makeFolder('d');
    scene.server.write('d/f', Buffer.from('theirs'), old());
  });
  scene.server.makeFolder('c');
  scene.server.move('d/f', 'c/f');
  scene.write('c', large);
  scene.pair.choose(['d']);
  await scene.clock.pass(30 * minute);
  expect(problems()).toEqual(['nameTaken c']);
  expect(scene.disk.find('/pair/d/f')?.kind).toBe('file');
  scene.disk.rename('/pair/c', '/pair/large');
  await scene.clock.pass(30 * minute);
  expect(problems()).toEqual([]);
  expect(scene.disk.find('/pair/d')).toBeUndefined();
  expect(scene.disk.find('/pair/c/f')?.kind).toBe('file');
});

test('what failed in a folder whose name is taken by now is over', async () => {
  await begin(() => {
    scene.server.makeFolder('f');
    scene.server.makeFolder('f/c');
    scene.server.write('f/c/a', Buffer.from('theirs'), old());
  });
  const file = scene.disk.find('/pair/f/c/a');
  if (file === undefined) throw new Error('it has come');
  file.isOpen = true;
  scene.server.remove('f/c');
  await scene.clock.pass(minute);
  expect(problems()).toEqual(['fileInUse f/c']);
  file.isOpen = false;
  scene.server.remove('f');
  scene.server.write('f', Buffer.from(large), old());
  scene.write('f/c/a', 'mine, and longer');
  await scene.clock.pass(30 * minute);
  expect(problems()).toEqual(['nameTaken f']);
});

test('what failed with a folder that only waits for what is in it by now is over', async () => {
  await begin(() => {
    scene.server.makeFolder('f');
    scene.server.write('f/a', Buffer.from('theirs'), old());
  });
  const file = scene.disk.find('/pair/f/a');
  if (file === undefined) throw new Error('it has come');
  file.isOpen = true;
  scene.server.remove('f');
  await scene.clock.pass(minute);
  expect(problems()).toEqual(['fileInUse f']);
  file.isOpen = false;
  scene.write('f/large', large);
  await scene.clock.pass(30 * minute);
  expect(problems()).toEqual([]);
  expect(scene.disk.find('/pair/f/a')).toBeUndefined();
  expect(scene.disk.find('/pair/f/large')?.kind).toBe('file');
});
