import { mkdirSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeFileSystem } from '../../main/sync/local/node-file-system.ts';
import { SharedRoom } from '../../main/sync/room/shared-room.ts';
import { expectAtRest } from './at-rest.ts';
import { type Computer, Rig } from './rig.ts';

/** A person's folders may take so much here. */
const mostBytes = 10_000;
const small = 'x'.repeat(1000);
const large = 'y'.repeat(6000);

let rig: Rig;
let free: number;
let room: SharedRoom;
let time: number;
beforeEach(async () => {
  rig = await Rig.open();
  free = Number.POSITIVE_INFINITY;
  time = 0;
  // Each look at the disk is a new one.
  room = new SharedRoom(
    () => Promise.resolve({ disk: 'desk', free, size: 1_000_000 }),
    () => (time += 10_000),
  );
});
afterEach(() => rig.close());

/** A folder that is on both sides. */
async function folder(
  name: string,
  options: { readonly mostBytes?: number } = { mostBytes },
): Promise<Computer> {
  const computer = rig.computer(name, {
    rootPath: `/${name}`,
    options: { ...options, archiveFrom: 4 },
    ports: { room, fileSystem: nodeFileSystem },
  });
  mkdirSync(computer.folder, { recursive: true });
  await computer.sync();
  return computer;
}

describe('folders that may take only so much of this computer', () => {
  test('hold back what would go over, together, and nothing else: what people write here leaves, what is here stays', async () => {
    const plans = await folder('plans');
    const photos = await folder('photos');
    await rig.ana.put('plans/large', large);
    expect(await plans.sync()).toMatchObject({ outcome: 'inSync', downloaded: 1 });
    await rig.ana.put('photos/large', large);
    await rig.ana.put('photos/small', small);
    expect(await photos.sync()).toMatchObject({
      outcome: 'problems',
      downloaded: 1,
      problems: [{ path: 'large', code: 'roomLimit', action: 'download', kept: 'server' }],
    });
    expect(Object.keys(photos.tree())).toEqual(['small']);
    photos.write('mine', large);
    expect(await photos.sync()).toMatchObject({ uploaded: 1, removed: 0 });
    expect(await rig.ana.get('photos/mine')).toBe(large);
    // Over the limit by what is a person's own: an update that is no larger still comes.
    await rig.ana.put('plans/large', 'shorter');
    expect(await plans.sync()).toMatchObject({ outcome: 'inSync', downloaded: 1 });
    expect(Object.keys(await rig.ana.tree())).toEqual([
      'photos',
      'photos/large',
      'photos/mine',
      'photos/small',
      'plans',
      'plans/large',
    ]);
  });

  test('go on once a folder was let go', async () => {
    const plans = await folder('plans');
    plans.write('Vidéos/large', large);
    await plans.sync();
    await rig.ana.put('plans/large', large);
    expect(await plans.sync()).toMatchObject({ outcome: 'problems', downloaded: 0 });
    plans.pair.choose(['Vidéos']);
    await plans.sync();
    plans.pair.retry('large');
    await plans.sync();
    expect(plans.tree()).toEqual({ large });
    expect(Object.keys(await rig.ana.tree('plans'))).toEqual(['Vidéos', 'Vidéos/large', 'large']);
  });

  test('take of many small files those that fit, one by one where the archive of all would not', async () => {
    const plans = await folder('plans');
    for (let number = 0; number < 12; number += 1) await rig.ana.put(`plans/${number}`, small);
    const report = await plans.sync();
    expect(report.problems).toHaveLength(2);
    expect(Object.keys(plans.tree())).toHaveLength(10);
  });
});

describe('a disk on which little is left', () => {
  test('gets nothing more that would fill it; what is written here leaves, and the rest comes when there is room', async () => {
    free = 52_000;
    const desk = await folder('plans', {});
    await rig.ana.put('plans/large', large);
    await rig.ana.put('plans/small', small);
    expect(await desk.sync()).toMatchObject({
      downloaded: 1,
      problems: [{ path: 'large', code: 'diskFull', kept: 'server', data: { size: large.length } }],
    });
    desk.write('mine', large);
    expect(await desk.sync()).toMatchObject({ uploaded: 1 });
    free = 100_000;
    desk.pair.retry('large');
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', downloaded: 1 });
    rmSync(desk.path('mine'));
    await desk.sync();
    await expectAtRest(rig, desk, { root: 'plans' });
  });
});
