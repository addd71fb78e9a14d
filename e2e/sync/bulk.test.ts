import { appendFileSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeFileSystem } from '../../main/sync/local/node-file-system.ts';
import { newerServer } from '../stack/nextcloud/index.ts';
import { expectAtRest } from './at-rest.ts';
import { type Answer, Liar } from './liar.ts';
import { type Computer, type ComputerOptions, Rig, writeAged } from './rig.ts';

let rig: Rig;
let liar: Liar;
beforeEach(async () => {
  rig = await Rig.open(newerServer);
  liar = await Liar.before(rig.server.url);
});
afterEach(async () => {
  await rig.close();
  await liar.close();
});

const names = Array.from({ length: 12 }, (_, index) => `plans/${index}.txt`);

function deskWith(paths: readonly string[], options: ComputerOptions = {}): Computer {
  const desk = rig.computer('desk', { url: liar.url, ...options });
  for (const path of paths) desk.write(path, `content of ${path}`);
  return desk;
}

/** Both sides are equal, nothing is left to do, and nobody was told of a conflict. */
async function expectEqual(desk: Computer): Promise<void> {
  expect(readdirSync(desk.folder, { recursive: true, encoding: 'utf8' }).join()).not.toMatch(/conflit|~/);
  await expectAtRest(rig, desk);
}

function isBulk({ method }: IncomingMessage): boolean {
  return method === 'POST';
}

test('small new files of a new folder go up together, with their times, and are known from then on', async () => {
  const deep = names.map((name) => name.replace('/', '/été & co/'));
  const desk = deskWith([...names, ...deep, 'alone.txt']);
  rig.server.resetRequestLog();
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', uploaded: 27, problems: [] });
  expect(rig.counts()).toMatchObject({ POST: 2, PUT: 1, MKCOL: 2 });
  expect(Math.abs((await rig.ana.mtime('plans/3.txt')) - (Date.now() / 1000 - 60))).toBeLessThan(20);
  await expectEqual(desk);
  desk.write('plans/3.txt', 'changed here', 30);
  await rig.ana.put('plans/4.txt', 'changed there');
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', uploaded: 1, downloaded: 1, conflicts: 0 });
  await expectEqual(desk);
});

test('a folder of many goes in requests of a hundred, with few looks at it', async () => {
  const desk = deskWith(Array.from({ length: 450 }, (_, index) => `many/${index}`));
  await desk.sync();
  // 100, 100, 200 and 50 between five looks.
  expect(rig.counts()).toMatchObject({ POST: 5, MKCOL: 1 });
  expect(rig.counts()['PUT']).toBeUndefined();
  const looks = rig.server
    .requests()
    .filter(({ method, path }) => method === 'PROPFIND' && path.endsWith('many'));
  expect(looks.length).toBeLessThanOrEqual(6);
  await expectEqual(desk);
}, 60_000);

describe('files go up by themselves', () => {
  test('to a server that does not offer bulk upload', async () => {
    rig.server.control.set({ bulkUpload: false });
    const desk = deskWith(names);
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
    expect(rig.counts()).toMatchObject({ PUT: 12 });
    expect(rig.counts()['POST']).toBeUndefined();
    await expectEqual(desk);
  });

  test('to a server that keeps no versions of what bulk upload would write over', async () => {
    liar.lie = (asked, answer) =>
      asked.url?.includes('capabilities') === true
        ? {
            ...answer,
            body: Buffer.from(String(answer.body).replaceAll('"versioning":true', '"versioning":false')),
          }
        : answer;
    const desk = deskWith(names);
    await desk.sync();
    expect(rig.counts()).toMatchObject({ PUT: 12 });
    expect(rig.counts()['POST']).toBeUndefined();
  });

  test('into a folder that was there before', async () => {
    await rig.ana.makeFolder('plans');
    const desk = deskWith(names);
    await desk.sync();
    expect(rig.counts()['POST']).toBeUndefined();
    await expectEqual(desk);
  });

  test('into a folder that somebody else made a moment earlier', async () => {
    liar.before = async ({ method }) => {
      if (method !== 'MKCOL') return;
      liar.before = () => Promise.resolve();
      await rig.ana.makeFolder('plans');
    };
    const desk = deskWith(names);
    await desk.sync();
    expect(rig.counts()['POST']).toBeUndefined();
    await expectEqual(desk);
  });

  test('when they have no bytes, no usable time, or a name that a header would not carry', async () => {
    const desk = deskWith([...names, 'plans/ends with a space ', 'plans/old']);
    desk.write('plans/empty', '');
    utimesSync(desk.path('plans/old'), -5, -5);
    expect(await desk.sync()).toMatchObject({ uploaded: 16 });
    expect(rig.counts()).toMatchObject({ POST: 1, PUT: 3 });
    await expectEqual(desk);
  });
});

test('a stranger’s file in the new folder stays as it is, and ours of that name stands beside it', async () => {
  liar.before = async ({ method, url }) => {
    if (method !== 'PROPFIND' || url?.endsWith('/plans') !== true) return;
    liar.before = () => Promise.resolve();
    await rig.ana.put('plans/3.txt', 'a stranger’s');
  };
  const desk = deskWith(names);
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 1 });
  expect(rig.counts()['POST']).toBeUndefined();
  expect(await rig.ana.get('plans/3.txt')).toBe(Buffer.from('a stranger’s').toString('latin1'));
  expect(Object.values(await rig.ana.tree())).toContain('content of plans/3.txt');
  await expectAtRest(rig, desk);
});

test('one of the files that was given the name of another alike, before they are looked at, is not taken for it', async () => {
  const desk = deskWith(names);
  const then = new Date(Date.now() - 60_000);
  for (const name of names) utimesSync(desk.path(name), then, then);
  let isSent = false;
  liar.before = async (asked) => {
    if (isSent && asked.method === 'PROPFIND') {
      liar.before = () => Promise.resolve();
      await rig.ana.remove('plans/3.txt');
      await rig.ana.move('plans/4.txt', 'plans/3.txt');
    }
    isSent ||= isBulk(asked);
  };
  expect(await desk.sync()).toMatchObject({ problems: [] });
  expect(await rig.ana.get('plans/3.txt')).toBe('content of plans/4.txt');
  await expectAtRest(rig, desk);
});

test('one that is given the name of another alike in another new folder is not taken for it', async () => {
  const desk = rig.computer('desk', { url: liar.url });
  const then = new Date(Date.now() - 60_000);
  const inner = names.map((name) => name.replace('/', '/inner/'));
  for (const [index, name] of [...names, ...inner].entries()) {
    // One alone in the inner folder is as long as those beside it.
    desk.write(name, String(index).padStart(inner.includes(name) && !name.endsWith('/3.txt') ? index : 4));
    utimesSync(desk.path(name), then, then);
  }
  let sent = 0;
  liar.before = async (asked) => {
    if (sent === 2 && asked.method === 'PROPFIND' && asked.url?.includes('/inner') === true) {
      liar.before = () => Promise.resolve();
      await rig.ana.remove('plans/inner/3.txt');
      await rig.ana.move('plans/4.txt', 'plans/inner/3.txt');
    }
    if (isBulk(asked)) sent += 1;
  };
  expect(await desk.sync()).toMatchObject({ problems: [] });
  expect(await rig.ana.get('plans/inner/3.txt')).toBe('   4');
  await expectAtRest(rig, desk);
});

test('a refused file is tried by itself and told of; the others of the request are there', async () => {
  const desk = deskWith([...names, 'plans/.htaccess']);
  expect(await desk.sync()).toMatchObject({
    outcome: 'problems',
    uploaded: 13,
    problems: [{ path: 'plans/.htaccess', code: 'forbidden' }],
  });
  expect(rig.counts()).toMatchObject({ POST: 1, PUT: 1 });
  expect(Object.keys(await rig.ana.tree())).toEqual(['plans', ...names.toSorted()]);
});

/** The server did nothing. */
const refused = (status: number): Answer => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: Buffer.from('<html>no</html>'),
});

describe('a request that fails as a whole', () => {
  test.each([400, 413, 415, 500, 404, 507])(
    'with %i is the last one of the run: all its files go up by themselves',
    async (status) => {
      const others = names.map((name) => name.replace('plans', 'others'));
      liar.before = async (asked) => {
        if (isBulk(asked)) asked.url = '/remote.php/dav/nothing-there';
        await Promise.resolve();
      };
      liar.lie = (asked, answer) => (isBulk(asked) ? refused(status) : answer);
      const desk = deskWith([...names, ...others], { options: { parallel: 1 } });
      expect(await desk.sync()).toMatchObject({ outcome: 'inSync', uploaded: 26, problems: [] });
      expect(rig.counts()).toMatchObject({ POST: 1, PUT: 24 });
      await expectEqual(desk);
    },
  );

  test('but was done, and answered with a page of something that stands between, leaves no conflict', async () => {
    liar.lie = (asked, answer) => (isBulk(asked) ? refused(200) : answer);
    const desk = deskWith(names);
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
    await expectEqual(desk);
  });

  test('half-way brings the other half by itself', async () => {
    liar.lie = (asked, answer) => (isBulk(asked) ? { ...answer, status: 400 } : answer);
    rig.server.control.addFault({ method: 'POST', effect: { kind: 'cut-request', afterBytes: 900 } });
    const desk = deskWith(names);
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
    await expectEqual(desk);
  });

  test('with its answer lost does not make somebody else’s files of ours, edited meanwhile or not', async () => {
    rig.server.control.addFault({ method: 'POST', effect: { kind: 'drop-answer' } });
    const desk = rig.computer('desk');
    for (const path of names) desk.write(path, `content of ${path}`);
    rig.server.control.addFault({
      method: 'PROPFIND',
      path: '*/plans/',
      skip: 1,
      times: 0,
      effect: { kind: 'maintenance' },
    });
    rig.server.control.addFault({
      method: 'PROPFIND',
      path: '*/plans',
      skip: 1,
      times: 0,
      effect: { kind: 'maintenance' },
    });
    expect(await desk.sync()).toMatchObject({ outcome: 'offline' });
    rig.server.control.clearFaults();
    desk.write('plans/3.txt', 'edited after the lost answer', 30);
    rmSync(desk.path('plans/4.txt'));
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', uploaded: 1, removed: 1, conflicts: 0 });
    expect(await rig.ana.get('plans/3.txt')).toBe('edited after the lost answer');
    await expectEqual(desk);
  });

  test('with 503 stops the run, and the next one goes on', async () => {
    rig.server.control.addFault({ method: 'POST', effect: { kind: 'maintenance' } });
    const desk = deskWith(names);
    expect(await desk.sync()).toMatchObject({ outcome: 'offline' });
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
    await expectEqual(desk);
  });
});

test('a file that is written to while it is read is left out, and comes whole later', async () => {
  let isOver = false;
  const desk = rig.computer('desk', {
    ports: {
      fileSystem: {
        ...nodeFileSystem,
        read: (path, range) => {
          if (path.endsWith('/3.txt') && !isOver) {
            isOver = true;
            appendFileSync(path, ' and more');
          }
          return nodeFileSystem.read(path, range);
        },
      },
    },
    options: { quietMs: 0 },
  });
  for (const path of names) writeAged(desk.path(path), `content of ${path}`, 60);
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
  expect(await rig.ana.get('plans/3.txt')).toBe('content of plans/3.txt and more');
  await expectEqual(desk);
});

test('what the server names wrongly in its answer is not believed', async () => {
  liar.lie = (asked, answer) =>
    isBulk(asked)
      ? { ...answer, body: Buffer.from(String(answer.body).replace(/\/3\.txt/, '/elsewhere.txt')) }
      : answer;
  const desk = deskWith(names);
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
  await expectEqual(desk);
});

test('a folder made anew that was half filled when the program ended gets the rest by itself, and nothing twice', async () => {
  const many = Array.from({ length: 250 }, (_, index) => `plans/${index}.txt`);
  const before = deskWith(['plans/0.txt', 'plans/old.txt', 'a', 'b', 'c']);
  await before.sync();
  rmSync(before.path('plans'), { recursive: true });
  await before.sync();
  await before.stop();
  const ending = deskWith(many);
  rig.server.resetRequestLog();
  const end = new AbortController();
  liar.lie = (asked, answer) => {
    if (isBulk(asked)) end.abort();
    return answer;
  };
  expect(await ending.pair.syncOnce(end.signal)).toMatchObject({ outcome: 'stopped' });
  await ending.stop();
  liar.lie = (_, answer) => answer;
  const there = Object.keys(await rig.ana.tree('plans')).length;
  expect(there).toBeGreaterThan(0);
  expect(there).toBeLessThan(many.length);
  rig.server.resetRequestLog();
  const desk = deskWith([]);
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0, problems: [] });
  expect(rig.counts()).toMatchObject({ PUT: many.length - there });
  expect(rig.counts()['POST']).toBeUndefined();
  expect(Object.keys(desk.tree())).toHaveLength(many.length + 4);
  await expectEqual(desk);
}, 60_000);
