import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defaultPorts, newLine, newPushHub } from '../../main/sync/default-ports.ts';
import { type Computer, Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

const soon = { timeout: 20_000, interval: 20 };
const free = { kind: 'none' } as const;
const at = (bytesPerSecond: number) => ({ kind: 'fixed', bytesPerSecond }) as const;
/** How far a file is is told from one piece of a megabyte to the next; at this rate the first takes some seconds. */
const slow = 400_000;
const line = newLine();
const { openRemote } = defaultPorts(newPushHub(), line);
const limited = { ports: { openRemote } };

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

function bytesDone(desk: Computer, path: string): number {
  const events = desk.events.filter((event) => event.type === 'item' && event.path === path);
  const last = events.at(-1);
  return last?.type === 'item' ? last.bytesDone : 0;
}

test('files go up and come down within the limits, each direction its own', async () => {
  const desk = rig.computer('desk', limited);
  desk.write('up.bin', new Uint8Array(600_000));
  line.setLimits({ up: at(300_000), down: free });
  const up = await seconds(() => desk.sync());
  expect(up).toBeGreaterThan(1.6);
  expect(up).toBeLessThan(6);
  expect((await rig.ana.get('up.bin')).length).toBe(600_000);
  await rig.ana.put('down.bin', new Uint8Array(600_000));
  line.setLimits({ up: free, down: at(300_000) });
  expect(await seconds(() => desk.sync())).toBeGreaterThan(1.6);
  await rig.ana.put('fast.bin', new Uint8Array(600_000));
  line.setLimits({ up: at(10_000), down: free });
  expect(await seconds(() => desk.sync())).toBeLessThan(1.6);
}, 60_000);

test('a limit that is lifted during a transfer frees it at once', async () => {
  const desk = rig.computer('desk', limited);
  line.setLimits({ up: at(slow), down: free });
  desk.write('slow.bin', new Uint8Array(4_000_000));
  const run = desk.sync();
  await vi.waitFor(() => expect(bytesDone(desk, 'slow.bin')).toBeGreaterThan(0), soon);
  line.setLimits({ up: free, down: free });
  expect(await seconds(() => run)).toBeLessThan(5);
  expect((await rig.ana.get('slow.bin')).length).toBe(4_000_000);
}, 60_000);

test('a listing does not wait behind a transfer, and a transfer that is stopped stops at once', async () => {
  const [desk, other] = [rig.computer('desk', limited), rig.computer('other', limited)];
  await rig.ana.put('here.txt', 'here');
  await other.sync();
  line.setLimits({ up: at(slow), down: at(10_000) });
  desk.write('slow.bin', new Uint8Array(4_000_000));
  const stop = new AbortController();
  const run = desk.pair.syncOnce(stop.signal);
  await vi.waitFor(() => expect(bytesDone(desk, 'slow.bin')).toBeGreaterThan(0), soon);
  expect(await seconds(() => other.sync())).toBeLessThan(2);
  stop.abort();
  expect(await seconds(() => run)).toBeLessThan(2);
  line.setLimits({ up: free, down: free });
}, 60_000);

test('an archive of small files comes within the limit', async () => {
  await rig.ana.makeFolder('folder');
  for (let index = 0; index < 20; index += 1)
    await rig.ana.put(`folder/${index}.bin`, new Uint8Array(30_000).fill(index));
  const desk = rig.computer('desk', limited);
  line.setLimits({ up: free, down: at(300_000) });
  expect(await seconds(() => desk.sync())).toBeGreaterThan(1.6);
  expect(desk.tree()).toEqual(await rig.ana.tree());
  line.setLimits({ up: free, down: free });
}, 60_000);
