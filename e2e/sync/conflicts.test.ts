import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodeFileSystem } from '../../main/sync/local/node-file-system.ts';
import { expectAtRest } from './at-rest.ts';
import { type Computer, Rig, sha1, type Tree } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

/** The contents of conflict copies. */
function copiesIn(tree: Tree): string[] {
  return Object.entries(tree)
    .filter(([path]) => /\(copie en conflit \d{4}-\d\d-\d\d \d{6}\)/.test(path))
    .map(([, content]) => content);
}

test('a file edited on both sides keeps the server’s name there and ours beside it, sent as well', async () => {
  const desk = rig.computer('desk');
  desk.write('plan.txt', 'one');
  await desk.sync();
  desk.write('plan.txt', 'mine, longer', 30);
  await rig.ana.put('plan.txt', 'theirs');
  const report = await desk.sync();
  expect(report).toMatchObject({ outcome: 'inSync', conflicts: 1 });
  expect(desk.tree()['plan.txt']).toBe('theirs');
  expect(copiesIn(desk.tree())).toEqual(['mine, longer']);
  await expectAtRest(rig, desk);
  expect(desk.pair.conflicts()).toMatchObject([{ path: 'plan.txt' }]);
  expect(desk.events.filter((event) => event.type === 'conflict')).toHaveLength(1);
  expect(await rig.requestsOfAnother(desk)).toEqual([]);
});

test('the copy is called as whoever knows the people says, and as usual when they do not answer', async () => {
  const asked: string[] = [];
  const labelFor = (pair: string, path: string) => {
    asked.push(`${pair} ${path}`);
    return Promise.resolve(path === 'plan.txt' ? 'copie en conflit de Nadia Berger' : undefined);
  };
  const desk = rig.computer('desk', { ports: { conflictLabels: { labelFor } } });
  desk.write('plan.txt', 'one');
  desk.write('budget.txt', 'one');
  await desk.sync();
  for (const name of ['plan.txt', 'budget.txt']) {
    desk.write(name, 'mine, longer', 30);
    await rig.ana.put(name, 'theirs');
  }
  await desk.sync();
  const stamp = String.raw`\d{4}-\d\d-\d\d \d{6}`;
  expect(Object.keys(desk.tree())).toEqual([
    expect.stringMatching(new RegExp(`^budget \\(copie en conflit ${stamp}\\)\\.txt$`)),
    'budget.txt',
    expect.stringMatching(new RegExp(`^plan \\(copie en conflit de Nadia Berger ${stamp}\\)\\.txt$`)),
    'plan.txt',
  ]);
  expect(asked.toSorted()).toEqual(['desk budget.txt', 'desk plan.txt']);
  await expectAtRest(rig, desk);
});

test('the same edit on both sides is no conflict', async () => {
  const desk = rig.computer('desk');
  desk.write('plan.txt', 'one');
  await desk.sync();
  desk.write('plan.txt', 'the same edit', 30);
  await rig.ana.put('plan.txt', 'the same edit');
  const report = await desk.sync();
  expect(report).toMatchObject({ outcome: 'inSync', conflicts: 0 });
  expect(desk.tree()).toEqual({ 'plan.txt': 'the same edit' });
  await expectAtRest(rig, desk);
});

test('two computers that edit the same file end with the same two versions', async () => {
  const desk = rig.computer('desk');
  const laptop = rig.computer('laptop');
  desk.write('plan.txt', 'one');
  await desk.sync();
  await laptop.sync();
  desk.write('plan.txt', 'by the desk', 30);
  laptop.write('plan.txt', 'by the laptop', 20);
  await desk.sync();
  await laptop.sync();
  await desk.sync();
  expect(desk.tree()).toEqual(laptop.tree());
  expect(desk.tree()['plan.txt']).toBe('by the desk');
  expect(copiesIn(desk.tree())).toEqual(['by the laptop']);
  for (const computer of [desk, laptop]) await expectAtRest(rig, computer);
});

test('a local folder and a remote file of one name are both kept', async () => {
  const desk = rig.computer('desk');
  desk.write('thing/inside.txt', 'inside');
  await rig.ana.put('thing', 'a file');
  await desk.sync();
  const tree = desk.tree();
  expect(tree['thing']).toBe('a file');
  expect(Object.values(tree)).toContain('inside');
  expect(await rig.ana.tree()).toEqual(tree);
  await expectAtRest(rig, desk);
});

test('a file that became a folder there, and was edited here, is kept beside the folder', async () => {
  const desk = rig.computer('desk');
  for (const name of ['thing', 'x', 'y']) desk.write(name, 'one');
  await desk.sync();
  await rig.ana.remove('thing');
  await rig.ana.makeFolder('thing');
  await rig.ana.put('thing/inside.txt', 'inside');
  desk.write('thing', 'edited here', 30);
  await desk.sync();
  const tree = desk.tree();
  expect(tree).toMatchObject({ thing: '/', 'thing/inside.txt': 'inside' });
  expect(copiesIn(tree)).toEqual(['edited here']);
  expect(await rig.ana.tree()).toEqual(tree);
  await expectAtRest(rig, desk);
});

test('a folder that became a file here goes over', async () => {
  const desk = rig.computer('desk');
  for (const name of ['thing/inside', 'x', 'y', 'z']) desk.write(name, 'one');
  await desk.sync();
  rmSync(desk.path('thing'), { recursive: true });
  desk.write('thing', 'now a file');
  await desk.sync();
  expect(await rig.ana.tree()).toEqual({ thing: 'now a file', x: 'one', y: 'one', z: 'one' });
  await expectAtRest(rig, desk);
});

test('what someone writes into a file while its new version arrives becomes a conflict copy', async () => {
  let disturb: (() => void) | undefined;
  const desk = rig.computer('desk', {
    ports: {
      fileSystem: {
        ...nodeFileSystem,
        replace: (temporary, target, displaced) => {
          disturb?.();
          return nodeFileSystem.replace(temporary, target, displaced);
        },
      },
    },
  });
  desk.write('plan.txt', 'one');
  await desk.sync();
  await rig.ana.put('plan.txt', 'from the web');
  disturb = () => {
    writeFileSync(desk.path('plan.txt'), 'written in the last instant');
    disturb = undefined;
  };
  await desk.sync();
  expect(desk.tree()['plan.txt']).toBe('from the web');
  expect(copiesIn(desk.tree())).toEqual(['written in the last instant']);
  await expectAtRest(rig, desk);
});

test('a file that appears while one of the same name arrives is set aside, not replaced', async () => {
  let disturbed = false;
  const desk = rig.computer('desk', {
    ports: {
      fileSystem: {
        ...nodeFileSystem,
        putAll: (files) => {
          for (const { at } of disturbed ? [] : files) writeFileSync(at, 'made in the last instant');
          disturbed = true;
          return nodeFileSystem.putAll(files);
        },
      },
    },
  });
  mkdirSync(desk.folder);
  await rig.ana.put('plan.txt', 'from the web');
  await desk.sync();
  expect(Object.values(desk.tree())).toContain('made in the last instant');
  expect(Object.values(await rig.ana.tree())).toContain('from the web');
  expect(Object.values(await rig.ana.tree())).toContain('made in the last instant');
  await expectAtRest(rig, desk);
});

test('files made on both sides before the first run are compared, by stated checksum or by content', async () => {
  const desk = rig.computer('desk');
  for (const name of ['stated', 'unstated', 'different']) desk.write(name, `same length ${name}`);
  await rig.ana.put('stated', 'same length stated', { 'oc-checksum': sha1('same length stated') });
  await rig.ana.put('unstated', 'same length unstated');
  await rig.ana.put('different', 'same LENGTH different');
  rig.server.resetRequestLog();
  const report = await desk.sync();
  expect(report.conflicts).toBe(1);
  expect(rig.counts()['GET']).toBe(2);
  await expectAtRest(rig, desk);
});

/** A computer with one conflict, at rest; gives the path of its copy. */
async function withConflict(
  folder = '',
  desk = rig.computer('desk'),
): Promise<{ desk: Computer; copy: string }> {
  desk.write(`${folder}plan.txt`, 'one');
  desk.write('other.txt', 'one');
  await desk.sync();
  desk.write(`${folder}plan.txt`, 'mine, longer', 30);
  await rig.ana.put(`${folder}plan.txt`, 'theirs');
  await desk.sync();
  const copy = desk.pair.conflicts()[0]?.copy ?? '';
  expect(copy).toContain('copie en conflit');
  return { desk, copy };
}

test.each([
  ['the copy is deleted', (at: (path: string) => string, copy: string) => rmSync(at(copy))],
  [
    'the copy is renamed',
    (at: (path: string) => string, copy: string) => renameSync(at(copy), at('mine.txt')),
  ],
  [
    'the copy takes the name',
    (at: (path: string) => string, copy: string) => renameSync(at(copy), at('plan.txt')),
  ],
  [
    'the other version is renamed',
    (at: (path: string) => string) => renameSync(at('plan.txt'), at('its.txt')),
  ],
])('a conflict is none any more when %s by hand', async (_, settle) => {
  const { desk, copy } = await withConflict();
  await desk.sync();
  expect(desk.pair.conflicts()).toHaveLength(1);
  settle((path) => desk.path(path), copy);
  await desk.sync();
  expect(desk.pair.conflicts()).toEqual([]);
  await expectAtRest(rig, desk);
});

test('a conflict settled by hand is none any more, although something else stays here for good', async () => {
  const { desk, copy } = await withConflict();
  symlinkSync('/etc/hostname', desk.path('outside'));
  await desk.sync();
  expect(desk.pair.conflicts()).toHaveLength(1);
  rmSync(desk.path(copy));
  await desk.sync();
  expect(desk.pair.conflicts()).toEqual([]);
  await expectAtRest(rig, desk, { apart: ['outside'] });
});

test('a conflict of which one version is over the limit, and only on the server, stays one', async () => {
  const desk = rig.computer('desk', { options: { maxFileSize: 1000 } });
  const { copy } = await withConflict('', desk);
  await rig.ana.put('plan.txt', 'x'.repeat(2000));
  rmSync(desk.path('plan.txt'));
  await desk.sync();
  expect(desk.pair.conflicts()).toMatchObject([{ copy }]);
});

test('a conflict that a colleague settled at the server is none any more, also over a restart', async () => {
  const { desk, copy } = await withConflict();
  await desk.stop();
  await rig.ana.remove(copy);
  const again = rig.computer('desk');
  await again.sync();
  expect(again.pair.conflicts()).toEqual([]);
  await expectAtRest(rig, again);
});

test('a conflict goes along when a folder above it is moved, on either side', async () => {
  const { desk, copy } = await withConflict('Plans/');
  renameSync(desk.path('Plans'), desk.path('Plans 2026'));
  await desk.sync();
  const moved = copy.replace('Plans/', 'Plans 2026/');
  expect(desk.pair.conflicts()).toMatchObject([{ path: 'Plans 2026/plan.txt', copy: moved }]);
  await rig.ana.move('Plans 2026', 'Anciens plans');
  await desk.sync();
  expect(desk.pair.conflicts()).toMatchObject([{ copy: copy.replace('Plans/', 'Anciens plans/') }]);
  await expectAtRest(rig, desk);
});

test('a settled conflict that is undone is one again', async () => {
  const { desk, copy } = await withConflict();
  const conflict = desk.pair.conflicts()[0] ?? { path: '', copy, at: 0 };
  const mine = readFileSync(desk.path(copy));
  rmSync(desk.path(copy));
  await desk.sync();
  writeFileSync(desk.path(copy), mine);
  desk.pair.noteConflict(conflict);
  await desk.sync();
  expect(desk.pair.conflicts()).toEqual([conflict]);
  await expectAtRest(rig, desk);
});
