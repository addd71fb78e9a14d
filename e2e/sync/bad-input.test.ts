import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeFileSystem } from '../../main/sync/local/node-file-system.ts';
import { LocalFailure } from '../../main/sync/model/failures.ts';
import { createSyncPair } from '../../main/sync/sync-pair.ts';
import { expectAtRest } from './at-rest.ts';
import { diskInMemory, Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open({}, diskInMemory());
});
afterEach(() => rig.close());

describe('names', () => {
  test('that are hard go there and come back as they are', async () => {
    const names = [
      'trailing dot.',
      'trailing space ',
      ' leading space',
      '🏛️ hôtel de métropole 👷‍♀️.txt',
      'a & b = c + d; 50 % #1 ?.txt',
      'quote " \' ` $(x) %41.txt',
      'con',
      '...',
      'x'.repeat(226),
      'é'.repeat(113),
    ];
    const desk = rig.computer('desk');
    for (const name of names) desk.write(name, `content of ${name}`);
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', uploaded: names.length });
    const laptop = rig.computer('laptop');
    expect(await laptop.sync()).toMatchObject({ outcome: 'inSync' });
    expect(laptop.tree()).toEqual(desk.tree());
    expect(Object.keys(laptop.tree()).toSorted()).toEqual(names.toSorted());
    await expectAtRest(rig, desk);
    await expectAtRest(rig, laptop);
  });

  test('that no server takes stay here and are told of, and their neighbours are sent', async () => {
    const desk = rig.computer('desk');
    for (const name of ['new\nline.txt', 'x'.repeat(255), 'tab\t.txt', 'fine.txt']) desk.write(name, name);
    const report = await desk.sync();
    expect(report.problems.map(({ path, code }) => [path.slice(0, 12), code])).toEqual([
      ['new\nline.txt', 'nameRefusedByServer'],
      ['tab\t.txt', 'nameRefusedByServer'],
      ['x'.repeat(12), 'nameTooLong'],
    ]);
    expect(await rig.ana.tree()).toEqual({ 'fine.txt': 'fine.txt' });
    const apart = ['new\nline.txt', 'x'.repeat(255), 'tab\t.txt'];
    await expectAtRest(rig, desk, { apart });
  });
});

test('a path of 4,000 characters that the server has is told of where this disk ends, and stops nothing', async () => {
  const names = Array.from({ length: 17 }, (_, index) => `${index}-${'long '.repeat(45)}`.trim());
  let path = '';
  for (const name of names) {
    path = path === '' ? name : `${path}/${name}`;
    await rig.ana.makeFolder(path);
  }
  await rig.ana.put('fine.txt', 'fine');
  const desk = rig.computer('deep '.repeat(48).trim());
  expect(desk.path(path).length).toBeGreaterThan(4096);
  const report = await desk.sync();
  expect(report.problems.map(({ code }) => code)).toEqual(['nameTooLong']);
  expect(desk.tree()['fine.txt']).toBe('fine');
  expect(await rig.ana.id(path)).toBeDefined();
  await desk.sync();
  expect(await rig.ana.id(path)).toBeDefined();
});

test('files of no bytes, in both directions, are files', async () => {
  const desk = rig.computer('desk');
  desk.write('mine', '');
  await rig.ana.put('theirs', '');
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
  expect(desk.tree()).toEqual({ mine: '', theirs: '' });
  await expectAtRest(rig, desk);
});

test('a folder that may not be read is told of, and nothing of it is taken for removed', async () => {
  const before = rig.computer('desk');
  for (const name of ['closed/a', 'closed/deep/b', 'open/c']) before.write(name, name);
  await before.sync();
  await before.stop();
  const fileSystem = {
    ...nodeFileSystem,
    list: (path: Parameters<typeof nodeFileSystem.list>[0]) =>
      path.endsWith('/closed')
        ? Promise.reject(new LocalFailure('unreadable', { errno: 'EACCES' }))
        : nodeFileSystem.list(path),
  };
  const desk = rig.computer('desk', { ports: { fileSystem } });
  desk.write('open/new', 'new');
  const report = await desk.sync();
  expect(report.problems).toMatchObject([{ path: 'closed', code: 'localUnreadable' }]);
  expect(Object.keys(await rig.ana.tree())).toEqual([
    'closed',
    'closed/a',
    'closed/deep',
    'closed/deep/b',
    'open',
    'open/c',
    'open/new',
  ]);
  await desk.stop();
  const again = rig.computer('desk');
  expect(await again.sync()).toMatchObject({ outcome: 'inSync', downloaded: 0 });
  await expectAtRest(rig, again);
});

test('1,500 files in one folder are sent and brought, and cost one request when nothing changed', async () => {
  const desk = rig.computer('desk', { options: { quietMs: 0 } });
  mkdirSync(desk.path('many'), { recursive: true });
  for (let file = 0; file < 1500; file += 1) writeFileSync(desk.path(`many/${file}`), String(file));
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', uploaded: 1501 });
  const laptop = rig.computer('laptop');
  expect(await laptop.sync()).toMatchObject({ outcome: 'inSync', downloaded: 1501 });
  expect(laptop.tree()).toEqual(desk.tree());
  expect(await rig.requestsOfAnother(desk)).toEqual([]);
  await expectAtRest(rig, laptop);
}, 120_000);

test('a listing that never ends is given up, and is no listing', async () => {
  const endless = createServer((_, response) => {
    response.writeHead(207, { 'content-type': 'application/xml' });
    response.write('<d:multistatus xmlns:d="DAV:">');
    const entry =
      '<d:response><d:href>/remote.php/dav/files/ana/x</d:href><d:propstat><d:prop/>' +
      '<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>';
    const more = (): void => {
      while (response.write(entry.repeat(1000)));
      response.once('drain', more);
    };
    more();
  });
  await new Promise<void>((resume) => endless.listen(0, '127.0.0.1', resume));
  const address = endless.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const pair = createSyncPair({
    id: 'desk',
    remote: { url: `http://127.0.0.1:${port}`, user: 'ana', password: 'x', rootPath: '/' },
    localDir: join(rig.base, 'desk'),
    journalPath: join(rig.base, 'desk.db'),
  });
  expect(await pair.syncOnce()).toMatchObject({ outcome: 'offline' });
  expect(pair.state()).toMatchObject({ code: 'malformedAnswer' });
  await pair.stop();
  endless.closeAllConnections();
  endless.close();
}, 60_000);

test('a folder here that is no folder any more stops the run and deletes nothing', async () => {
  const desk = rig.computer('desk');
  for (const name of ['a', 'b']) desk.write(name, name);
  await desk.sync();
  renameSync(desk.folder, `${desk.folder}-elsewhere`);
  writeFileSync(desk.folder, 'a file in its place');
  expect((await desk.sync()).outcome).toBe('failed');
  expect(Object.keys(await rig.ana.tree())).toEqual(['a', 'b']);
  rmSync(desk.folder);
  renameSync(`${desk.folder}-elsewhere`, desk.folder);
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
  await expectAtRest(rig, desk);
});
