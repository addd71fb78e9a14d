import { expect, test } from 'vitest';
import { RemoteFailure } from './model/failures.ts';
import { Scene } from './testing/scene.ts';

const minute = 60_000;

test('a problem with a file is over when its next version is too large to be here', async () => {
  const scene = new Scene({ options: { maxFileSize: 100 } });
  scene.server.write('a.txt', Buffer.from('one'), scene.server.time - 3600);
  scene.fails = (operation) => (operation === 'download' ? new RemoteFailure('wrongLength') : undefined);
  scene.pair.start();
  await scene.clock.pass(minute);
  expect(scene.pair.problems().map(({ code, path }) => `${code} ${path}`)).toEqual(['wrongLength a.txt']);
  scene.server.write('a.txt', Buffer.alloc(200), scene.server.time - 60);
  await scene.clock.pass(10 * minute);
  expect(scene.pair.problems()).toEqual([]);
  await scene.pair.stop();
});
