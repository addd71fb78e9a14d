import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { syncByPeer, withoutPeerFiles } from './peer.ts';
import { type Computer, Rig, type Tree, treeOf, writeAged } from './rig.ts';

let rig: Rig;
let desk: Computer;
let laptop: string;
beforeEach(async () => {
  rig = await Rig.open();
  desk = rig.computer('desk');
  laptop = `${rig.base}/laptop`;
  mkdirSync(laptop);
});
afterEach(() => rig.close());

async function syncLaptop(): Promise<void> {
  expect(await syncByPeer(laptop, rig)).toBe(true);
}

const laptopTree = (): Tree => withoutPeerFiles(treeOf(laptop));

/** Each sends and brings, then brings what the other sent. */
async function expectEqual(expected: Tree): Promise<void> {
  await desk.sync();
  await syncLaptop();
  await desk.sync();
  await syncLaptop();
  expect(desk.tree()).toEqual(expected);
  expect(laptopTree()).toEqual(expected);
  expect(await rig.ana.tree()).toEqual(expected);
}

test('two programs that sync one account in turn end with equal trees, and no conflict that nobody made', async () => {
  desk.write('plans/a.txt', 'a by the desk');
  writeAged(`${laptop}/notes/b.txt`, 'b by the laptop', 60);
  writeAged(`${laptop}/été ü.txt`, 'accents', 60);
  await expectEqual({
    notes: '/',
    'notes/b.txt': 'b by the laptop',
    plans: '/',
    'plans/a.txt': 'a by the desk',
    'été ü.txt': 'accents',
  });
  desk.write('notes/b.txt', 'b, changed by the desk', 30);
  writeAged(`${laptop}/plans/a.txt`, 'a, changed by the laptop', 30);
  await expectEqual({
    notes: '/',
    'notes/b.txt': 'b, changed by the desk',
    plans: '/',
    'plans/a.txt': 'a, changed by the laptop',
    'été ü.txt': 'accents',
  });
  renameSync(`${laptop}/plans`, `${laptop}/maps`);
  renameSync(desk.path('notes/b.txt'), desk.path('notes/c.txt'));
  rmSync(`${laptop}/été ü.txt`);
  await expectEqual({
    maps: '/',
    'maps/a.txt': 'a, changed by the laptop',
    notes: '/',
    'notes/c.txt': 'b, changed by the desk',
  });
  rmSync(desk.path('maps'), { recursive: true });
  await expectEqual({ notes: '/', 'notes/c.txt': 'b, changed by the desk' });
  expect(desk.pair.conflicts()).toEqual([]);
}, 180_000);

test('two edits of one file are both kept, whichever program comes first', async () => {
  desk.write('plan.txt', 'one');
  await expectEqual({ 'plan.txt': 'one' });
  desk.write('plan.txt', 'by the desk', 30);
  writeAged(`${laptop}/plan.txt`, 'by the laptop, longer', 20);
  await desk.sync();
  await syncLaptop();
  await desk.sync();
  const tree = desk.tree();
  expect(Object.values(tree)).toContain('by the desk');
  expect(Object.values(laptopTree())).toContain('by the laptop, longer');
  expect(tree['plan.txt']).toBe('by the desk');
  expect(laptopTree()['plan.txt']).toBe('by the desk');
}, 180_000);
