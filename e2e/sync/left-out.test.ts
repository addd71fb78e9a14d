import { renameSync, rmSync, symlinkSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectAtRest } from './at-rest.ts';
import { type Computer, Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

/** What a computer told is left out, in the order of paths. */
function told({ events }: Computer): string[] {
  return events
    .flatMap((event) =>
      event.type === 'notice' && event.code.startsWith('leftOut') ? [`${event.path} ${event.code}`] : [],
    )
    .toSorted();
}

const large = 'x'.repeat(2000);

test('a new list leaves what is in sync as it is on both sides, unwatched, and is synced itself', async () => {
  const desk = rig.computer('desk');
  for (const path of ['a.bak', 'sub/b.bak', 'cache/c', 'deep/cache/d', 'e.txt']) desk.write(path, path);
  await desk.sync();
  desk.write('.sync-exclude', '# ours\n*.bak\n/cache/\n');
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', removed: 0, uploaded: 1 });
  rmSync(desk.path('a.bak'));
  desk.write('sub/b.bak', 'edited');
  await rig.ana.remove('cache/c');
  desk.write('new.bak', 'new');
  desk.write('deep/cache/f', 'f');
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', removed: 0, uploaded: 1, downloaded: 0 });
  const there = await rig.ana.tree();
  expect(there).toMatchObject({ 'a.bak': 'a.bak', 'sub/b.bak': 'sub/b.bak', 'deep/cache/f': 'f' });
  expect(there['.sync-exclude']).toContain('*.bak');
  expect(there).not.toHaveProperty('new.bak');
  expect(desk.tree()).toMatchObject({ 'cache/c': 'cache/c', 'sub/b.bak': 'edited' });
  rmSync(desk.path('.sync-exclude'));
  desk.write('.sync-exclude', '');
  await desk.sync();
  await expectAtRest(rig, desk);
  expect(desk.tree()).toMatchObject({ 'a.bak': 'a.bak', 'new.bak': 'new' });
});

test('a list that came from another computer holds here from then on', async () => {
  const desk = rig.computer('desk');
  const home = rig.computer('home');
  await Promise.all([desk.sync(), home.sync()]);
  await rig.ana.put('.sync-exclude', '*.tmp');
  await desk.sync();
  desk.write('a.tmp', 'mine');
  await rig.ana.put('b.tmp', 'theirs');
  expect(await desk.sync()).toMatchObject({ uploaded: 0, downloaded: 0 });
  expect(desk.tree()).toEqual({ '.sync-exclude': '*.tmp', 'a.tmp': 'mine' });
});

test('a list that can not be used says so, and the one before holds', async () => {
  const desk = rig.computer('desk');
  desk.write('.sync-exclude', '*.tmp');
  await desk.sync();
  desk.write('.sync-exclude', '#'.repeat(70_000));
  desk.write('a.tmp', 'mine');
  const report = await desk.sync();
  expect(report.problems).toMatchObject([{ path: '.sync-exclude', code: 'localUnreadable' }]);
  expect(await rig.ana.tree()).not.toHaveProperty('a.tmp');
  rmSync(desk.path('.sync-exclude'));
  symlinkSync('/etc/hostname', desk.path('.sync-exclude'));
  await desk.sync();
  expect(await rig.ana.tree()).not.toHaveProperty('a.tmp');
});

test('what is left out is told once, also over restarts, and is no problem', async () => {
  const options = { ignore: ['*.iso'], maxFileSize: 1000 };
  const desk = rig.computer('desk', { options });
  desk.write('.sync-exclude', '*.tmp');
  for (const path of ['a.tmp', 'b.iso', 'Thumbs.db', '.DS_Store', 'ok.txt']) desk.write(path, path);
  desk.write('large.bin', large);
  symlinkSync('/etc', desk.path('outside'));
  await rig.ana.put('there.bin', large);
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', problems: [] });
  const all = [
    'a.tmp leftOutByList',
    'b.iso leftOutByRules',
    'large.bin leftOutTooLarge',
    'outside leftOutLink',
    'there.bin leftOutTooLarge',
  ];
  expect(told(desk)).toEqual(all);
  await desk.sync();
  expect(told(desk)).toEqual(all);
  await desk.stop();
  const again = rig.computer('desk', { options });
  again.write('c.tmp', 'c');
  await again.sync();
  expect(told(again)).toEqual(['c.tmp leftOutByList']);
  rmSync(again.path('outside'));
  await again.sync();
  symlinkSync('/etc', again.path('outside'));
  await again.sync();
  expect(told(again)).toEqual(['c.tmp leftOutByList', 'outside leftOutLink']);
});

test('many left out for one reason are told with their number', async () => {
  const desk = rig.computer('desk', { options: { ignore: ['*.iso'] } });
  for (let file = 0; file < 50; file += 1) desk.write(`${file}.iso`, 'x');
  await desk.sync();
  const counts = desk.events.flatMap((event) => (event.type === 'notice' ? [event.count] : []));
  expect(counts).toHaveLength(20);
  expect(counts.reduce((sum, count) => sum + count)).toBe(50);
});

test('a file over the limit stays where it is on both sides, and comes when the limit goes', async () => {
  const limited = { options: { maxFileSize: 1000 } };
  const desk = rig.computer('desk', limited);
  desk.write('grows.bin', 'small');
  desk.write('folder/there.bin', 'small');
  await desk.sync();
  desk.write('grows.bin', large);
  await rig.ana.put('folder/there.bin', large);
  await rig.ana.put('theirs.bin', large);
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', uploaded: 0, downloaded: 0, removed: 0 });
  expect(await rig.ana.get('grows.bin')).toBe('small');
  expect(desk.tree()).toEqual({ folder: '/', 'folder/there.bin': 'small', 'grows.bin': large });
  expect((await desk.pair.list('')).map(({ path, state }) => `${path} ${state}`)).toEqual([
    'folder synced',
    'grows.bin leftOut',
  ]);
  await rig.ana.remove('grows.bin');
  rmSync(desk.path('folder'), { recursive: true });
  expect(await desk.sync()).toMatchObject({ removed: 0 });
  expect(desk.tree()['grows.bin']).toBe(large);
  expect((await rig.ana.tree())['folder/there.bin']).toBe(large);
  await desk.stop();
  const free = rig.computer('desk');
  expect(await free.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0, removed: 0 });
  await expectAtRest(rig, free);
  expect(free.tree()).toMatchObject({
    'grows.bin': large,
    'folder/there.bin': large,
    'theirs.bin': large,
  });
});

test('what was in sync before there was a limit stays in sync: it can be renamed and removed', async () => {
  const before = rig.computer('desk');
  before.write('one.bin', large);
  before.write('two.bin', `${large}2`);
  await before.sync();
  await before.stop();
  const desk = rig.computer('desk', { options: { maxFileSize: 1000 } });
  renameSync(desk.path('one.bin'), desk.path('renamed.bin'));
  await rig.ana.remove('two.bin');
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', moved: 1, removed: 1 });
  expect(await rig.ana.tree()).toEqual({ 'renamed.bin': large });
  expect(told(desk)).toEqual([]);
});

test('one that grew over the limit and was renamed takes nothing away on the server', async () => {
  const desk = rig.computer('desk', { options: { maxFileSize: 1000 } });
  desk.write('plan.bin', 'small');
  await desk.sync();
  renameSync(desk.path('plan.bin'), desk.path('renamed.bin'));
  desk.write('renamed.bin', large);
  expect(await desk.sync()).toMatchObject({ removed: 0, downloaded: 0 });
  expect(await rig.ana.tree()).toEqual({ 'plan.bin': 'small' });
  expect(desk.tree()).toEqual({ 'renamed.bin': large });
});

const bySomethingLeftOut = [
  ['a pattern, there', { '.sync-exclude': 'c/', c: 'mine' }, { 'c/theirs': 'theirs' }, 'here'],
  ['a pattern, here', { '.sync-exclude': 'c/', 'c/mine': 'mine' }, { c: 'theirs' }, 'server'],
  ['the limit, there', { 'c/mine': 'mine' }, { c: large }, 'here'],
  ['the limit, here', { c: large }, { 'c/theirs': 'theirs' }, 'server'],
] as const;
test.each(bySomethingLeftOut)(
  'a name that something has which is left out by %s, is told of once, and nothing is tried',
  async (_, here, there, kept) => {
    const desk = rig.computer('desk', { options: { maxFileSize: 1000 } });
    for (const [path, content] of Object.entries(there)) {
      if (path.includes('/')) await rig.ana.makeFolder('c');
      await rig.ana.put(path, content);
    }
    for (const [path, content] of Object.entries(here)) desk.write(path, content);
    const { problems } = await desk.sync();
    expect(problems).toMatchObject([{ path: 'c', code: 'nameTaken', kept }]);
    expect(problems[0]).not.toHaveProperty('retryAt');
    const tried = (await rig.requestsOfAnother(desk)).filter((request) => !request.startsWith('PROPFIND'));
    expect(tried).toEqual([]);
    expect(desk.events.filter(({ type }) => type === 'problem')).toHaveLength(1);
    expect(desk.tree()).toMatchObject(here);
    expect(await rig.ana.tree()).toMatchObject(there);
    renameSync(desk.path('c'), desk.path('other'));
    expect(await desk.sync()).toMatchObject({ problems: [] });
    expect(desk.events.filter(({ type }) => type === 'solved')).toHaveLength(1);
  },
);
