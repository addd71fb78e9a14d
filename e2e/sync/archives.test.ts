import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
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
  // The archive, the file that is in no new folder, and the one without bytes.
  expect(rig.counts()['GET']).toBe(3);
  expect(desk.tree()).toEqual(await rig.ana.tree());
  expect(readdirSync(desk.folder).toSorted()).toEqual(['alone.txt', 'plans']);
  expect(await rig.requestsOfAnother(desk)).toEqual([]);
});

test('a server that gives no archives is asked once, and the files come one by one', async () => {
  rig.server.control.set({ folderArchive: false });
  await fill();
  const desk = rig.computer('desk');
  rig.server.resetRequestLog();
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
  expect(rig.counts()['GET']).toBe(names.length + 2);
  expect(desk.tree()).toEqual(await rig.ana.tree());
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
  expect(desk.tree()).toEqual(await rig.ana.tree());
  expect(readdirSync(desk.folder).toSorted()).toEqual(['alone.txt', 'plans']);
});
