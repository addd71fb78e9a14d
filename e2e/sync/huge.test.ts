import { createHash } from 'node:crypto';
import {
  createReadStream,
  mkdirSync,
  readdirSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Computer, Rig } from './rig.ts';

/** `HUGE=5` for a file of 5 GB and 10,000 files in one folder: minutes, and three times the size on the disk. */
const gigabytes = Number(process.env['HUGE']);
const size = gigabytes * 1024 ** 3;
const files = 10_000;

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close(), 120_000);

/** A file with holes, of which no two gigabytes are alike. */
async function writeSparse(path: string): Promise<void> {
  writeFileSync(path, '');
  truncateSync(path, size);
  const file = await open(path, 'r+');
  for (let mark = 0; mark < size; mark += 512 * 1024 ** 2) await file.write(`mark at ${mark}`, mark);
  await file.close();
  const time = Date.now() / 1000 - 60;
  utimesSync(path, time, time);
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha1');
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 ** 2 })) hash.update(chunk);
  return hash.digest('hex');
}

function peakMemory(): string {
  return `${Math.round(process.resourceUsage().maxRSS / 1024)} MB at most`;
}

async function timed<Result>(what: string, act: () => Promise<Result>): Promise<Result> {
  const start = performance.now();
  const result = await act();
  console.log(`${what}: ${((performance.now() - start) / 1000).toFixed(1)} s, ${peakMemory()}`);
  return result;
}

/** Ends a run of a computer once so many bytes of it have moved. */
async function syncUntil(computer: Computer, bytes: number): Promise<void> {
  const stop = new AbortController();
  computer.pair.subscribe((event) => {
    if (event.type === 'item' && event.bytesDone > bytes) stop.abort();
  });
  expect(await computer.pair.syncOnce(stop.signal)).toMatchObject({ outcome: 'stopped' });
  await computer.stop();
}

test(`a file of ${gigabytes} GB goes up and comes down whole, each time after the engine ended in the middle`, async () => {
  // On a fast line it would go whole, and whole again: so short an upload is not worth parts.
  const options = { wholeIfFast: false };
  const desk = rig.computer('desk', { options });
  mkdirSync(desk.folder);
  await writeSparse(desk.path('large.bin'));
  const hash = await hashOf(desk.path('large.bin'));
  await timed('half of it up', () => syncUntil(desk, size / 2));
  const again = rig.computer('desk', { options });
  const up = await timed('the rest up', () => again.sync());
  expect(up).toMatchObject({ outcome: 'inSync', uploaded: 1 });
  expect(up.bytes).toBeLessThan(size * 0.7);
  expect(await hashOf(join(rig.base, 'server/data/ana/files/large.bin'))).toBe(hash);

  const laptop = rig.computer('laptop');
  await timed('half of it down', () => syncUntil(laptop, size / 2));
  const later = rig.computer('laptop');
  const down = await timed('the rest down', () => later.sync());
  expect(down).toMatchObject({ outcome: 'inSync', downloaded: 1 });
  expect(down.bytes).toBeLessThan(size * 0.7);
  expect(statSync(later.path('large.bin')).size).toBe(size);
  expect(await hashOf(later.path('large.bin'))).toBe(hash);
  expect(readdirSync(later.folder)).toEqual(['large.bin']);
  expect(await rig.requestsOfAnother(later)).toEqual([]);
}, 1_800_000);

test(`${files} files in one folder go up and come down, and cost one request when nothing changed`, async () => {
  const desk = rig.computer('desk', { options: { quietMs: 0 } });
  mkdirSync(desk.path('many'), { recursive: true });
  for (let file = 0; file < files; file += 1) writeFileSync(desk.path(`many/${file}`), `content ${file}`);
  expect(await timed(`${files} files up`, () => desk.sync())).toMatchObject({ outcome: 'inSync' });
  const laptop = rig.computer('laptop');
  const down = await timed(`${files} files down`, () => laptop.sync());
  expect(down).toMatchObject({ outcome: 'inSync', downloaded: files + 1 });
  expect(laptop.tree()).toEqual(desk.tree());
  const requests = await timed('nothing changed', () => rig.requestsOfAnother(desk));
  expect(requests).toEqual([]);
}, 1_800_000);
