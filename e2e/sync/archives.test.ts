import { readdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodeFileSystem } from '../../main/sync/local/node-file-system.ts';
import { expectAtRest } from './at-rest.ts';
import { Liar } from './liar.ts';
import { Rig, sha1 } from './rig.ts';

let rig: Rig;
let liar: Liar;
beforeEach(async () => {
  rig = await Rig.open();
  rig.server.control.set({ folderArchive: true });
  liar = await Liar.before(rig.server.url);
});
afterEach(async () => {
  await rig.close();
  await liar.close();
});

const names = [
  ...Array.from({ length: 30 }, (_, index) => `plans/${index}.txt`),
  ...Array.from({ length: 10 }, (_, index) => `plans/été/${index}.txt`),
  'plans/empty',
];

async function fill(): Promise<void> {
  await rig.ana.makeFolder('plans');
  await rig.ana.makeFolder('plans/été');
  for (const name of names) await rig.ana.put(name, name.endsWith('empty') ? '' : `content of ${name}`);
  await rig.ana.put('alone.txt', 'alone');
}

test('many small files of a new folder come with one request, and each is checked and dated as any other', async () => {
  await fill();
  await rig.ana.put('plans/0.txt', 'stated', { 'oc-checksum': sha1('stated') });
  rig.server.resetRequestLog();
  const desk = rig.computer('desk');
  const report = await desk.sync();
  expect(report).toMatchObject({ outcome: 'inSync', problems: [] });
  expect(rig.counts()['GET']).toBe(1);
  await expectAtRest(rig, desk);
  expect(readdirSync(desk.folder).toSorted()).toEqual(['alone.txt', 'plans']);
  expect(await rig.requestsOfAnother(desk)).toEqual([]);
});

test('of a folder with much else in it, only what is new in its new folders comes as an archive', async () => {
  await rig.ana.put('plan.bin', 'x'.repeat(5_000_000));
  const desk = rig.computer('desk');
  await desk.sync();
  await fill();
  rig.server.resetRequestLog();
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', problems: [] });
  // The archive of `plans`, and the file beside it.
  expect(rig.counts()['GET']).toBe(2);
  await expectAtRest(rig, desk);
});

test('a file that appears here while its archive is unpacked is kept beside the one of the server', async () => {
  await fill();
  let disturbed = false;
  const desk = rig.computer('desk', {
    ports: {
      fileSystem: {
        ...nodeFileSystem,
        putAll: (files) => {
          const mine = files.find(({ at }) => at.endsWith('/7.txt'));
          if (mine !== undefined && !disturbed) writeFileSync(mine.at, 'mine');
          disturbed ||= mine !== undefined;
          return nodeFileSystem.putAll(files);
        },
      },
    },
  });
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 1 });
  expect(Object.values(desk.tree())).toContain('mine');
  await expectAtRest(rig, desk);
});

test('an archive in which much comes that is ignored here is left, and the files come one by one', async () => {
  await rig.ana.makeFolder('ignored');
  await rig.ana.put('ignored/film.bin', 'x'.repeat(4_000_000));
  await fill();
  rig.server.resetRequestLog();
  const desk = rig.computer('desk', { options: { ignore: ['*.bin'] } });
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', problems: [] });
  // The archive, and most of the files after it.
  expect(rig.counts()['GET']).toBeGreaterThan(30);
  const { 'ignored/film.bin': _, ...rest } = await rig.ana.tree();
  expect(desk.tree()).toEqual(rest);
});

test('a server that gives no archives is asked once, and the files come one by one', async () => {
  rig.server.control.set({ folderArchive: false });
  await fill();
  const desk = rig.computer('desk');
  rig.server.resetRequestLog();
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
  expect(rig.counts()['GET']).toBe(names.length + 2);
  await expectAtRest(rig, desk);
});

test('an archive that breaks off, or holds another version of a file, brings what it can and no wrong byte', async () => {
  await fill();
  await rig.ana.put('plans/3.txt', 'as stated', { 'oc-checksum': sha1('as stated') });
  liar.lie = (asked, answer) => {
    if (asked.headers.accept !== 'application/x-tar') return answer;
    const body = Buffer.from(answer.body.subarray(0, answer.body.length / 2));
    const at = body.indexOf('as stated');
    if (at !== -1) body.write('unstated!', at);
    return { ...answer, body };
  };
  const desk = rig.computer('desk', { url: liar.url });
  await desk.sync();
  desk.pair.retry('');
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', problems: [] });
  await expectAtRest(rig, desk);
  expect(readdirSync(desk.folder).toSorted()).toEqual(['alone.txt', 'plans']);
});

test('a file that was given the name of another one between the listing and the archive is not taken for it', async () => {
  await fill();
  let isDone = false;
  liar.before = async ({ headers }) => {
    if (isDone || headers.accept !== 'application/x-tar') return;
    isDone = true;
    await rig.ana.move('plans/1.txt', 'plans/first.txt');
    await rig.ana.move('plans/2.txt', 'plans/1.txt');
  };
  rig.server.resetRequestLog();
  const desk = rig.computer('desk', { url: liar.url });
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
  // The archive, and no file that stayed what it was.
  expect(rig.counts()['GET']).toBeLessThan(6);
  await expectAtRest(rig, desk);
});

test('an archive of a folder in which nothing happens costs one look more, however many files it brings', async () => {
  await fill();
  const desk = rig.computer('desk');
  rig.server.resetRequestLog();
  await desk.sync();
  // Who the server is, all of it, the look, and that nothing changed since.
  expect(rig.counts()).toMatchObject({ GET: 1, PROPFIND: 4 });
  rig.server.resetRequestLog();
  await rig.ana.put('plans/new.txt', 'new');
  await desk.sync();
  expect(rig.counts()['GET']).toBe(1);
});
