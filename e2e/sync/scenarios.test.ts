import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeFileSystem } from '../../main/sync/local/node-file-system.ts';
import { systemClock } from '../../main/sync/local/system-ports.ts';
import type { Clock } from '../../main/sync/ports/clock.ts';
import { expectAtRest } from './at-rest.ts';
import { Liar } from './liar.ts';
import { type Computer, Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

describe('a folder that comes down with one error', () => {
  test('brings its other files, tells of the error once, and is listed again until all is there', async () => {
    const desk = rig.computer('desk');
    await rig.ana.makeFolder('folder');
    for (const name of ['a', 'bad', 'c', 'd']) await rig.ana.put(`folder/${name}`, name);
    rig.server.control.addFault({
      method: 'GET',
      path: '*/folder/bad',
      effect: { kind: 'status', status: 500 },
    });
    const report = await desk.sync();
    expect(report.problems.map(({ path, code }) => [path, code])).toEqual([['folder/bad', 'serverError']]);
    expect(Object.keys(desk.tree())).toEqual(['folder', 'folder/a', 'folder/c', 'folder/d']);
    expect(desk.events.filter((event) => event.type === 'problem')).toHaveLength(1);
    await desk.sync();
    expect(desk.events.filter((event) => event.type === 'problem')).toHaveLength(1);
    // Nothing changed on the server since: only a listing tells that one is missing.
    desk.pair.retry('');
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', downloaded: 1 });
    await expectAtRest(rig, desk);
  });
});

describe('a disk that ignores case', () => {
  test('gets one of two names that it can’t tell apart, is told of the other, and overwrites neither', async () => {
    const fileSystem = { ...nodeFileSystem, ignoresCase: () => Promise.resolve(true) };
    const desk = rig.computer('desk', { ports: { fileSystem } });
    await rig.ana.put('plan.txt', 'small');
    await rig.ana.put('PLAN.txt', 'LARGE');
    const report = await desk.sync();
    expect(report.problems).toMatchObject([{ code: 'caseClash', kept: 'server' }]);
    const [name = ''] = Object.keys(desk.tree());
    expect(Object.keys(desk.tree())).toHaveLength(1);
    desk.write(name, 'changed here', 30);
    await desk.sync();
    const other = name === 'plan.txt' ? 'PLAN.txt' : 'plan.txt';
    expect(await rig.ana.get(name)).toBe('changed here');
    expect(await rig.ana.get(other)).toBe(other === 'plan.txt' ? 'small' : 'LARGE');
    await rig.ana.remove(name);
    await desk.sync();
    expect(desk.tree()).toEqual({ [other]: other === 'plan.txt' ? 'small' : 'LARGE' });
    await expectAtRest(rig, desk);
  });
});

describe('moves here', () => {
  const cases: Readonly<
    Record<string, readonly [(desk: Computer) => void, Readonly<Record<string, number>>]>
  > = {
    'of one file cost one MOVE': [(desk) => renameSync(desk.path('A/a1'), desk.path('B/a1')), { MOVE: 1 }],
    'of a folder cost one MOVE, whatever is in it': [
      (desk) => renameSync(desk.path('A'), desk.path('B/A')),
      { MOVE: 1 },
    ],
    'of a file with an edit cost a MOVE less and a PUT more': [
      (desk) => {
        renameSync(desk.path('A/a1'), desk.path('B/a1'));
        desk.write('B/a1', 'longer than before', 20);
      },
      { PUT: 1, DELETE: 1 },
    ],
    'of a folder with an edit in it cost one MOVE and one PUT': [
      (desk) => {
        renameSync(desk.path('A'), desk.path('C'));
        writeFileSync(desk.path('C/a1'), 'longer than before');
        desk.write('C/a1', 'longer than before', 20);
      },
      { MOVE: 1, PUT: 1 },
    ],
    'of a file out of a folder that is removed cost one MOVE and one DELETE': [
      (desk) => {
        renameSync(desk.path('A/a1'), desk.path('a1'));
        rmSync(desk.path('A'), { recursive: true });
      },
      { MOVE: 1, DELETE: 1 },
    ],
    'into a new folder cost one MKCOL and one MOVE': [
      (desk) => {
        mkdirSync(desk.path('new'));
        renameSync(desk.path('B'), desk.path('new/B'));
      },
      { MKCOL: 1, MOVE: 1 },
    ],
    'to a name that was free only since another left cost two MOVEs': [
      (desk) => {
        renameSync(desk.path('A/a1'), desk.path('A/a3'));
        renameSync(desk.path('A/a2'), desk.path('A/a1'));
      },
      { MOVE: 2 },
    ],
    'over another one keep that one’s id: one PUT and one DELETE': [
      (desk) => renameSync(desk.path('A/a2'), desk.path('A/a1')),
      { PUT: 1, DELETE: 1 },
    ],
    'by which two change names are two edits': [
      (desk) => {
        renameSync(desk.path('A/a1'), desk.path('A/between'));
        renameSync(desk.path('A/a2'), desk.path('A/a1'));
        renameSync(desk.path('A/between'), desk.path('A/a2'));
      },
      { PUT: 2 },
    ],
  };
  test.each(Object.entries(cases))('%s', async (_, [move, costs]) => {
    const desk = rig.computer('desk');
    for (const name of ['A/a1', 'A/a2', 'B/b1', 'B/b2']) desk.write(name, `content of ${name}`);
    await desk.sync();
    move(desk);
    rig.server.resetRequestLog();
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0, downloaded: 0 });
    const { PROPFIND, ...done } = rig.counts();
    expect(PROPFIND).toBeGreaterThan(0);
    expect(done).toEqual(costs);
    await expectAtRest(rig, desk);
  });
});

test('a file id that two files have is no rename', async () => {
  const liar = await Liar.before(rig.server.url);
  const desk = rig.computer('desk', { url: liar.url });
  for (const name of ['a', 'b', 'folder/c', 'folder/d']) await rig.ana.put(name, name).catch(() => undefined);
  await rig.ana.makeFolder('folder');
  for (const name of ['c', 'd']) await rig.ana.put(`folder/${name}`, name);
  const id = (await rig.ana.id('a')) ?? '';
  const others = await Promise.all(['b', 'folder/c', 'folder/d'].map((name) => rig.ana.id(name)));
  liar.lie = (_, answer) => {
    if (answer.status !== 207) return answer;
    let body = answer.body.toString();
    for (const other of others) body = body.replaceAll(other ?? id, id);
    return { ...answer, body: Buffer.from(body) };
  };
  await desk.sync();
  expect(desk.tree()).toEqual({ a: 'a', b: 'b', folder: '/', 'folder/c': 'c', 'folder/d': 'd' });
  await rig.ana.put('b', 'b, changed');
  await rig.ana.put('folder/new', 'new');
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', moved: 0, removed: 0, conflicts: 0 });
  expect(desk.tree()).toEqual(await rig.ana.tree());
  liar.lie = (_, answer) => answer;
  for (const name of ['a', 'folder/d']) await rig.ana.put(name, `${name}, told with its own id`);
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', moved: 0, removed: 0, conflicts: 0 });
  await expectAtRest(rig, desk);
  await desk.stop();
  await liar.close();
});

test('what fails is tried again after 25 s, then five times later each time, at once when it changed', async () => {
  let ahead = 0;
  const clock: Clock = { ...systemClock, now: () => Date.now() + ahead };
  const desk = rig.computer('desk', { ports: { clock } });
  desk.write('bad', 'bad');
  rig.server.control.addFault({ method: 'PUT', times: 0, effect: { kind: 'status', status: 500 } });
  const putsIn = async (seconds: number): Promise<number> => {
    ahead += seconds * 1000;
    rig.server.resetRequestLog();
    await desk.sync();
    return rig.counts()['PUT'] ?? 0;
  };
  expect(await putsIn(0)).toBe(1);
  expect(await putsIn(20)).toBe(0);
  expect(await putsIn(6)).toBe(1);
  expect(await putsIn(120)).toBe(0);
  expect(await putsIn(6)).toBe(1);
  expect(await putsIn(600)).toBe(0);
  desk.write('bad', 'changed', 20);
  expect(await putsIn(0)).toBe(1);
  expect(await putsIn(26)).toBe(1);
  rig.server.control.clearFaults();
  expect(await putsIn(126)).toBe(1);
  await expectAtRest(rig, desk);
});
