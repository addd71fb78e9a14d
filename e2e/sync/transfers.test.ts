import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeFileSystem } from '../../main/sync/local/node-file-system.ts';
import { systemClock } from '../../main/sync/local/system-ports.ts';
import type { FileSystem } from '../../main/sync/ports/file-system.ts';
import { expectAtRest } from './at-rest.ts';
import { Liar } from './liar.ts';
import { Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

const parts = { wholeIfFast: false, chunkThreshold: 100_000, chunkSize: 50_000 };

/** Content of which no two pieces are alike. */
function content(length: number): string {
  return Array.from({ length: Math.ceil(length / 8) }, (_, index) => String(index).padStart(8, '0'))
    .join('')
    .slice(0, length);
}

describe('a large file', () => {
  test('goes up in parts, new and over an older version', async () => {
    const desk = rig.computer('desk', { options: parts });
    desk.write('large.bin', content(230_000));
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', uploaded: 1 });
    expect(rig.counts()).toMatchObject({ MKCOL: 1, PUT: 5, MOVE: 1 });
    expect(await rig.ana.get('large.bin')).toBe(content(230_000));
    desk.write('large.bin', `changed ${content(300_000)}`, 30);
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', uploaded: 1, conflicts: 0 });
    expect(await rig.ana.get('large.bin')).toBe(`changed ${content(300_000)}`);
    await expectAtRest(rig, desk);
  });

  test('is gone on with where it stopped: parts that arrived are not sent again, by a new engine either', async () => {
    const desk = rig.computer('desk', { options: parts });
    desk.write('large.bin', content(500_000));
    rig.server.control.addFault({ method: 'PUT', skip: 6, times: 0, effect: { kind: 'maintenance' } });
    expect(await desk.sync()).toMatchObject({ outcome: 'offline' });
    await desk.stop();
    rig.server.control.clearFaults();
    rig.server.resetRequestLog();
    const again = rig.computer('desk', { options: parts });
    expect(await again.sync()).toMatchObject({ outcome: 'inSync', uploaded: 1 });
    expect(rig.counts()['PUT']).toBe(4);
    expect(await rig.ana.get('large.bin')).toBe(content(500_000));
    await expectAtRest(rig, again);
  });

  test('that changed after half of it was sent begins anew', async () => {
    const desk = rig.computer('desk', { options: parts });
    desk.write('large.bin', content(300_000));
    rig.server.control.addFault({ method: 'PUT', skip: 3, times: 0, effect: { kind: 'maintenance' } });
    await desk.sync();
    rig.server.control.clearFaults();
    desk.write('large.bin', `other ${content(300_000)}`, 30);
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
    expect(await rig.ana.get('large.bin')).toBe(`other ${content(300_000)}`);
    await expectAtRest(rig, desk);
  });

  test('does not take the place of a version that came there meanwhile', async () => {
    const desk = rig.computer('desk', { options: parts });
    desk.write('large.bin', content(300_000));
    await desk.sync();
    desk.write('large.bin', `mine ${content(300_000)}`, 30);
    rig.server.control.addFault({ method: 'PUT', skip: 3, effect: { kind: 'maintenance' } });
    await desk.sync();
    await rig.ana.put('large.bin', 'theirs');
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 1 });
    expect(desk.tree()['large.bin']).toBe('theirs');
    expect(Object.values(await rig.ana.tree())).toContain(`mine ${content(300_000)}`);
    await expectAtRest(rig, desk);
  });

  test.each([0, 400])(
    'that the server says it will put together, and does %i ms later, goes up once and is no conflict',
    async (later) => {
      const liar = await Liar.before(rig.server.url);
      const desk = rig.computer('desk', { url: liar.url, options: parts });
      desk.write('large.bin', content(230_000));
      await desk.sync();
      desk.write('large.bin', `changed ${content(230_000)}`, 30);
      rig.server.resetRequestLog();
      let assembling: Promise<unknown> | undefined;
      liar.instead = ({ method, url = '', headers }, response) => {
        if (method !== 'MOVE' || assembling !== undefined) return false;
        const { authorization = '', destination = '', if: version = '' } = headers;
        const told = { authorization, destination: String(destination), if: String(version) };
        const mtime = {
          'x-oc-mtime': String(headers['x-oc-mtime']),
          'oc-checksum': String(headers['oc-checksum']),
        };
        const move = (): Promise<unknown> =>
          fetch(new URL(url, rig.server.url), { method, headers: { ...told, ...mtime } });
        assembling = later === 0 ? move() : sleep(later).then(move);
        const answered = later === 0 ? assembling : Promise.resolve();
        void answered.then(() => response.writeHead(202).end());
        return true;
      };
      await desk.sync();
      await assembling;
      desk.pair.retry('');
      expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
      expect(rig.counts()['PUT']).toBeLessThanOrEqual(10);
      expect(desk.tree()).toEqual({ 'large.bin': `changed ${content(230_000)}` });
      await expectAtRest(rig, desk);
      await liar.close();
    },
  );

  test('comes down again from where the line broke', async () => {
    const desk = rig.computer('desk');
    await rig.ana.put('large.bin', content(2_000_000));
    rig.server.control.addFault({ method: 'GET', effect: { kind: 'cut-response', afterBytes: 1_200_000 } });
    expect(await desk.sync()).toMatchObject({ problems: [{ code: 'interrupted' }] });
    desk.pair.retry('');
    const report = await desk.sync();
    expect(report).toMatchObject({ outcome: 'inSync', downloaded: 1 });
    expect(report.bytes).toBeLessThan(1_000_000);
    expect(desk.tree()['large.bin']).toBe(content(2_000_000));
    expect(readdirSync(desk.folder)).toEqual(['large.bin']);
    await expectAtRest(rig, desk);
  });

  test('that changed there since the line broke comes whole', async () => {
    const desk = rig.computer('desk');
    await rig.ana.put('large.bin', content(2_000_000));
    rig.server.control.addFault({ method: 'GET', effect: { kind: 'cut-response', afterBytes: 1_200_000 } });
    await desk.sync();
    await rig.ana.put('large.bin', `other ${content(2_000_000)}`);
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
    expect(desk.tree()['large.bin']).toBe(`other ${content(2_000_000)}`);
    await expectAtRest(rig, desk);
  });
});

describe('a server behind a compressing front server', () => {
  test('is understood: plain etags, whole contents', async () => {
    rig.server.control.set({ apache: true });
    const desk = rig.computer('desk');
    await rig.ana.put('text.txt', content(200_000));
    desk.write('mine.txt', content(100_000));
    await desk.sync();
    expect(desk.tree()['text.txt']).toBe(content(200_000));
    desk.write('text.txt', 'changed here', 30);
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', uploaded: 1, conflicts: 0 });
    await expectAtRest(rig, desk);
  });
});

describe('a file brought in', () => {
  test('stands there at once, under a name that is free, and is sent', async () => {
    const desk = rig.computer('desk');
    const source = join(rig.base, 'plan.pdf');
    writeFileSync(source, 'dropped');
    const steps: number[] = [];
    const imported = await desk.pair.importFile({ kind: 'path', path: source }, 'Salons/Plan', (bytes) =>
      steps.push(bytes),
    );
    expect(imported).toMatchObject({ path: 'Salons/Plan/plan.pdf', size: 7 });
    expect(existsSync(imported.localPath)).toBe(true);
    expect(steps.at(-1)).toBe(7);
    const bytes = new TextEncoder().encode('pasted');
    expect(
      await desk.pair.importFile({ kind: 'bytes', name: 'plan.pdf', bytes }, 'Salons/Plan'),
    ).toMatchObject({
      path: 'Salons/Plan/plan (2).pdf',
    });
    await desk.sync();
    expect(await rig.ana.tree()).toMatchObject({
      'Salons/Plan/plan.pdf': 'dropped',
      'Salons/Plan/plan (2).pdf': 'pasted',
    });
    await expectAtRest(rig, desk);
  });

  test('finds a name also where the disk takes another one, which it does not show, for the same', async () => {
    const fileSystem: FileSystem = {
      ...nodeFileSystem,
      list: async (path) => {
        const { entries, unreadableNames } = await nodeFileSystem.list(path);
        return { entries: entries.filter(({ name }) => name !== 'strasse.pdf'), unreadableNames };
      },
    };
    const desk = rig.computer('desk', { ports: { fileSystem } });
    desk.write('strasse.pdf', 'of before');
    const bytes = new TextEncoder().encode('pasted');
    expect(await desk.pair.importFile({ kind: 'bytes', name: 'strasse.pdf', bytes }, '')).toMatchObject({
      path: 'strasse (2).pdf',
    });
    expect(desk.tree()).toEqual({ 'strasse.pdf': 'of before', 'strasse (2).pdf': 'pasted' });
  });

  test('that is written to meanwhile comes in no mixture of two versions', async () => {
    const source = join(rig.base, 'log.txt');
    writeFileSync(source, content(600_000));
    const desk = rig.computer('desk');
    const dropped = desk.pair.importFile({ kind: 'path', path: source }, '', () => {
      writeFileSync(source, content(600_000).replaceAll('0', 'x'));
    });
    await expect(dropped).rejects.toMatchObject({ code: 'inUse' });
    expect(readdirSync(desk.folder)).toEqual([]);
  });

  test('never leaves the folder', async () => {
    const desk = rig.computer('desk');
    const bytes = new Uint8Array([1]);
    await expect(desk.pair.importFile({ kind: 'bytes', name: '../x', bytes }, '')).rejects.toThrow(
      'nameRefused',
    );
    await expect(desk.pair.importFile({ kind: 'bytes', name: 'x', bytes }, '../..')).rejects.toThrow(
      RangeError,
    );
  });
});

test('a listing tells the state of each entry', async () => {
  const desk = rig.computer('desk');
  expect(await desk.pair.list('')).toEqual([]);
  desk.write('synced.txt', 'x');
  desk.write('folder/.htaccess', 'refused');
  await desk.sync();
  desk.write('new.txt', 'new');
  expect(await desk.pair.list('')).toMatchObject([
    { path: 'folder', kind: 'folder', state: 'problem', problem: 'forbidden' },
    { path: 'new.txt', kind: 'file', size: 3, state: 'waiting', here: true },
    { path: 'synced.txt', state: 'synced' },
  ]);
});

describe('a large file on a line of which nothing is known', () => {
  const options = { chunkThreshold: 100_000, chunkSize: 200_000 };
  /** A clock on which each look at it is so many ms later. */
  const clockOf = (step: number) => {
    let time = Date.now();
    return { ...systemClock, now: () => (time += step) };
  };

  test('goes whole when the line is fast', async () => {
    const desk = rig.computer('desk', { options });
    desk.write('large.bin', content(3_000_000));
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', uploaded: 1 });
    expect(rig.counts()).toMatchObject({ PUT: 1 });
    expect(rig.counts()['MKCOL']).toBeUndefined();
    expect(await rig.ana.get('large.bin')).toBe(content(3_000_000));
    await expectAtRest(rig, desk);
  });

  test('is stopped and goes in parts when the line is slow; nothing is counted twice', async () => {
    const desk = rig.computer('desk', { options, ports: { clock: clockOf(10_000) } });
    desk.write('large.bin', content(9_000_000));
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', uploaded: 1 });
    expect(rig.counts()).toMatchObject({ MKCOL: 1, MOVE: 1 });
    expect(await rig.ana.get('large.bin')).toBe(content(9_000_000));
    const progress = desk.events.flatMap((event) => (event.type === 'progress' ? [event.progress] : []));
    for (const { bytesDone, bytesTotal } of progress) expect(bytesDone).toBeLessThanOrEqual(bytesTotal);
    await expectAtRest(rig, desk);
  });

  test('goes in parts when something on the way takes no more at once', async () => {
    rig.server.control.addFault({ method: 'PUT', effect: { kind: 'status', status: 413 } });
    const desk = rig.computer('desk', { options });
    desk.write('large.bin', content(3_000_000));
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', uploaded: 1 });
    expect(rig.counts()).toMatchObject({ MKCOL: 1, MOVE: 1 });
    expect(await rig.ana.get('large.bin')).toBe(content(3_000_000));
    await expectAtRest(rig, desk);
  });

  test('goes in parts the next time when it broke off', async () => {
    const desk = rig.computer('desk', { options });
    desk.write('large.bin', content(3_000_000));
    rig.server.control.addFault({ method: 'PUT', effect: { kind: 'cut-request', afterBytes: 1_000_000 } });
    expect(await desk.sync()).toMatchObject({ outcome: 'problems', problems: [{ code: 'interrupted' }] });
    desk.pair.retry('');
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', uploaded: 1 });
    expect(rig.counts()).toMatchObject({ MKCOL: 1, MOVE: 1 });
    expect(await rig.ana.get('large.bin')).toBe(content(3_000_000));
    await expectAtRest(rig, desk);
  });
});
