import { afterEach, beforeEach, expect, test } from 'vitest';
import { RemoteFailure } from './model/failures.ts';
import { Scene } from './testing/scene.ts';

const minute = 60_000;
let scene: Scene;
beforeEach(() => {
  scene = new Scene({ options: { smallFile: 100 } });
});
afterEach(() => scene.pair.stop());

test('the half of a version that is no longer to come does not stay while the next one can not be had', async () => {
  scene.server.write('plan.odt', Buffer.alloc(500, 'x'), scene.server.time - 3600);
  scene.fails = (operation) => (operation === 'download-more' ? new RemoteFailure('interrupted') : undefined);
  scene.pair.start();
  await scene.clock.pass(minute);
  expect(scene.disk.names('/pair')).toEqual([expect.stringContaining('traboule-in')]);
  scene.fails = () => undefined;
  scene.server.write('plan.odt', Buffer.from('short'), scene.server.time - 1800, `SHA1:${'0'.repeat(40)}`);
  scene.tellThere('changed');
  await scene.clock.pass(10 * minute);
  expect(scene.disk.names('/pair')).toEqual([]);
});

test('the half of a new version does not stay when the file was removed here and comes as a whole, but can not be had', async () => {
  scene.server.write('plan.odt', Buffer.from('first'), scene.server.time - 3600);
  scene.pair.start();
  await scene.clock.pass(minute);
  scene.server.write('plan.odt', Buffer.alloc(90, 'x'), scene.server.time - 1800, `SHA1:${'0'.repeat(40)}`);
  scene.fails = (operation) => (operation === 'download-more' ? new RemoteFailure('interrupted') : undefined);
  scene.tellThere('changed');
  await scene.clock.pass(minute);
  expect(scene.disk.names('/pair')).toContainEqual(expect.stringContaining('traboule-in'));
  scene.fails = () => undefined;
  scene.disk.remove('/pair/plan.odt');
  scene.tellHere('changed');
  await scene.clock.pass(10 * minute);
  expect(scene.disk.names('/pair')).toEqual([]);
});
