import { afterEach, beforeEach, expect, test } from 'vitest';
import { RemoteFailure } from './model/failures.ts';
import { Scene } from './testing/scene.ts';

const minute = 60_000;
let scene: Scene;
beforeEach(() => {
  scene = new Scene({ options: { maxFileSize: 100 } });
});
afterEach(() => scene.pair.stop());

const problems = (): readonly string[] => scene.pair.problems().map(({ code, path }) => `${code} ${path}`);

test('a problem with a file is over when its next version is too large to be here', async () => {
  scene.server.write('a.txt', Buffer.from('one'), scene.server.time - 3600);
  scene.fails = (operation) => (operation === 'download' ? new RemoteFailure('wrongLength') : undefined);
  scene.pair.start();
  await scene.clock.pass(minute);
  expect(problems()).toEqual(['wrongLength a.txt']);
  scene.server.write('a.txt', Buffer.alloc(200), scene.server.time - 60);
  await scene.clock.pass(10 * minute);
  expect(problems()).toEqual([]);
});

test('a problem with a file is over when its folder can not come, its name being that of something left out', async () => {
  scene.server.makeFolder('plans');
  scene.server.write('plans/a.txt', Buffer.from('one'), scene.server.time - 3600);
  scene.fails = (operation) => (operation === 'download' ? new RemoteFailure('wrongLength') : undefined);
  scene.pair.start();
  await scene.clock.pass(minute);
  expect(problems()).toEqual(['wrongLength plans/a.txt']);
  scene.disk.remove('/pair/plans');
  scene.write('plans', 'x'.repeat(200));
  scene.server.write('plans/b.txt', Buffer.from('two'), scene.server.time - 3600);
  scene.tellHere('changed');
  await scene.clock.pass(10 * minute);
  expect(problems()).toEqual(['nameTaken plans']);
});

test('a file waits for a name that a folder has here which can not follow its move to a name that is taken', async () => {
  scene.server.makeFolder('plans');
  scene.server.makeFolder('taken');
  scene.write('taken', 'x'.repeat(200));
  scene.pair.start();
  await scene.clock.pass(minute);
  scene.server.move('plans', 'taken/plans');
  scene.server.write('plans', Buffer.from('a file'), scene.server.time - 60);
  scene.tellThere('changed');
  await scene.clock.pass(10 * minute);
  expect(problems()).toEqual(['nameTaken taken']);
  expect(scene.disk.find('/pair/plans')?.kind).toBe('folder');
});
