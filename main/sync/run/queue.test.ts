import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Waiting } from '../api.ts';
import { Scene } from '../testing/scene.ts';

let scene: Scene;
beforeEach(() => {
  scene = new Scene({ options: { parallel: 1, archiveFrom: 1000, bulkFrom: 1000 } });
});
afterEach(() => scene.pair.stop());

/** Each file that began, with what waited then. */
function followed(): { readonly path: string; readonly waiting: Waiting }[] {
  const seen: { readonly path: string; readonly waiting: Waiting }[] = [];
  scene.pair.subscribe((event) => {
    if (event.type === 'item' && event.phase === 'started')
      seen.push({ path: event.path, waiting: scene.pair.waiting() });
  });
  return seen;
}

test('what waits is counted and named in its order, and gets less with each file that begins', async () => {
  for (let n = 10; n < 40; n += 1) scene.server.write(`file ${n}`, new Uint8Array(n));
  scene.write('mine', 'mine');
  await scene.clock.pass(60_000);
  const seen = followed();
  await scene.pair.syncOnce();
  expect(seen.map(({ waiting }) => waiting.count)).toEqual(Array.from({ length: 31 }, (_, at) => 30 - at));
  expect(seen[0]?.waiting.files).toHaveLength(20);
  const next = seen.slice(0, -1).map(({ waiting }) => waiting.files[0]?.path);
  expect(next).toEqual(seen.slice(1).map(({ path }) => path));
  const mine = seen.flatMap(({ waiting }) => waiting.files).find(({ path }) => path === 'mine');
  expect(mine).toEqual({ path: 'mine', action: 'upload', bytes: 4 });
  expect(seen.at(-1)?.waiting).toEqual({ count: 0, bytes: 0, files: [] });
});

test('nothing waits when no run is under way', () => {
  expect(scene.pair.waiting()).toEqual({ count: 0, bytes: 0, files: [] });
});
