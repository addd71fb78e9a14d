import { rmSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectAtRest } from './at-rest.ts';
import { Liar, type Lie } from './liar.ts';
import { type Computer, Rig } from './rig.ts';

let rig: Rig;
let liar: Liar;
beforeEach(async () => {
  rig = await Rig.open();
  liar = await Liar.before(rig.server.url);
});
afterEach(async () => {
  await rig.close();
  await liar.close();
});

/** The same answer for everything but the downloads of one file. */
function onGet(name: string, lie: Lie): Lie {
  return (asked, answer, response) =>
    asked.method === 'GET' && asked.url?.endsWith(`/${name}`) === true
      ? lie(asked, answer, response)
      : answer;
}

/** A computer that has `plan.txt` in its old version, while the server has a newer one and another file. */
async function behindLiar(): Promise<Computer> {
  const desk = rig.computer('desk', { url: liar.url });
  await rig.ana.put('plan.txt', 'the old version');
  await desk.sync();
  await rig.ana.put('plan.txt', 'the newer version, longer than the old one');
  await rig.ana.put('other.txt', 'other');
  return desk;
}

/** Each answers 200 to the download of `plan.txt`, and what comes of it. */
const lies: Readonly<Record<string, readonly [Lie, string]>> = {
  'is shorter than what was listed, although its length agrees with itself': [
    (_, answer) => ({ ...answer, body: answer.body.subarray(0, 9) }),
    'wrongLength',
  ],
  'is longer than what was listed': [
    (_, answer) => ({ ...answer, body: Buffer.concat([answer.body, answer.body]) }),
    'wrongLength',
  ],
  'is a page of something that stands between, with an etag of its own': [
    () => ({
      status: 200,
      headers: { 'content-type': 'text/html', etag: '"portal"' },
      body: Buffer.from('<html>This address is blocked.</html>'),
    }),
    'changing',
  ],
  'is compressed and ends early': [
    (_, answer) => {
      const body = gzipSync(answer.body).subarray(0, 30);
      return { ...answer, headers: { ...answer.headers, 'content-encoding': 'gzip' }, body };
    },
    'malformedAnswer',
  ],
  'says that it is compressed and is not': [
    (_, answer) => ({ ...answer, headers: { ...answer.headers, 'content-encoding': 'gzip' } }),
    'malformedAnswer',
  ],
  'has a head that is no HTTP': [
    (_, __, response) => {
      response.socket?.end('HTTP/1.1 200 OK\r\nbroken header\r\n\r\nx');
      return undefined;
    },
    'malformedAnswer',
  ],
};

test.each(Object.entries(lies))(
  'a download that %s is not believed, and stops no other',
  async (_, [lie, code]) => {
    const desk = await behindLiar();
    liar.lie = onGet('plan.txt', lie);
    const report = await desk.sync();
    expect(report.problems.map((problem) => [problem.path, problem.code])).toEqual([['plan.txt', code]]);
    expect(desk.tree()).toEqual({ 'plan.txt': 'the old version', 'other.txt': 'other' });
    liar.lie = (__, answer) => answer;
    desk.pair.retry('');
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
    await expectAtRest(rig, desk);
  },
);

test('a version that was saved over in the second of its saving, and has its etag, is had at the next look', async () => {
  const desk = rig.computer('desk', { url: liar.url });
  await rig.ana.put('plan.txt', 'the second, which is longer');
  // As it was listed before that: of the same etag.
  liar.lie = ({ method }, answer) => {
    if (method !== 'PROPFIND') return answer;
    const text = answer.body.toString().replaceAll(/(?<=<d:getcontentlength>)\d+/g, '5');
    return { ...answer, body: Buffer.from(text) };
  };
  expect((await desk.sync()).problems).toMatchObject([{ path: 'plan.txt', code: 'wrongLength' }]);
  liar.lie = (_, answer) => answer;
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', downloaded: 1 });
  await expectAtRest(rig, desk);
});

test('the rest of another version is never put behind the start of this one', async () => {
  const desk = rig.computer('desk', { url: liar.url });
  const first = 'a'.repeat(2_000_000);
  const second = 'b'.repeat(2_000_000);
  await rig.ana.put('plan.txt', first);
  rig.server.control.addFault({
    method: 'GET',
    effect: { kind: 'cut-response', afterBytes: 1_500_000 },
  });
  await desk.sync();
  liar.lie = onGet('plan.txt', (asked, answer) => {
    const start = Number(/bytes=(\d+)-/.exec(String(asked.headers.range))?.[1] ?? 0);
    if (start === 0) return answer;
    return {
      status: 206,
      headers: {
        etag: '"newer"',
        'content-range': `bytes ${start}-1999999/2000000`,
      },
      body: Buffer.from(second.slice(start)),
    };
  });
  desk.pair.retry('');
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', downloaded: 1 });
  expect(desk.tree()['plan.txt'] === first).toBe(true);
  await expectAtRest(rig, desk);
});

test('an upload that can’t be cleared away on the server stops nothing', async () => {
  const parts = { wholeIfFast: false, chunkThreshold: 100_000, chunkSize: 50_000 };
  const desk = rig.computer('desk', { url: liar.url, options: parts });
  desk.write('large.bin', 'x'.repeat(300_000));
  rig.server.control.addFault({
    method: 'PUT',
    skip: 3,
    times: 0,
    effect: { kind: 'maintenance' },
  });
  await desk.sync();
  rig.server.control.clearFaults();
  liar.lie = (asked, answer) =>
    asked.method === 'DELETE' && asked.url?.includes('/uploads/') === true
      ? { ...answer, status: 500 }
      : answer;
  rmSync(desk.path('large.bin'));
  desk.write('other.txt', 'other');
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
  expect(await rig.ana.tree()).toEqual({ 'other.txt': 'other' });
  await expectAtRest(rig, desk);
});

test('a front server that compresses whatever passes, for those too who take no such thing, is understood', async () => {
  liar.lie = (_, answer) => {
    if (answer.body.length === 0) return answer;
    return {
      ...answer,
      headers: { ...answer.headers, 'content-encoding': 'gzip' },
      body: gzipSync(answer.body),
    };
  };
  const desk = rig.computer('desk', { url: liar.url });
  await rig.ana.put('plan.txt', 'of ana');
  desk.write('mine.txt', 'mine');
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', uploaded: 1, downloaded: 1 });
  await expectAtRest(rig, desk);
});

test('a refusal whose words break off is that refusal all the same', async () => {
  const desk = rig.computer('desk', { url: liar.url });
  liar.instead = (_, response) => {
    response.writeHead(401, { 'content-length': '100' });
    response.write('<html>', () => response.destroy());
    return true;
  };
  expect(await desk.sync()).toMatchObject({ outcome: 'signedOut' });
});
