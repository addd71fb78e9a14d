import { afterEach, beforeEach, expect, test } from 'vitest';
import { RemoteFailure } from './model/failures.ts';
import { Scene } from './testing/scene.ts';

const minute = 60_000;
let scene: Scene;
beforeEach(() => {
  scene = new Scene();
  scene.server.makeFolder('plans');
  scene.server.write('plans/a.txt', Buffer.from('theirs'), scene.server.time - 3600);
});
afterEach(() => scene.pair.stop());

const read = (path: string): string => String(Buffer.from(scene.disk.find(`/pair/${path}`)?.content ?? []));

test('a right that is lost without a sign is found out by the first edit: theirs comes back, ours stands beside it', async () => {
  scene.pair.start();
  await scene.clock.pass(minute);
  scene.server.share('plans', 'read', false);
  scene.write('plans/a.txt', 'mine, and longer');
  scene.tellHere('changed');
  await scene.clock.pass(10 * minute);
  expect(read('plans/a.txt')).toBe('theirs');
  const copy = scene.disk.names('/pair/plans').find((name) => name !== 'a.txt') ?? '';
  expect(read(`plans/${copy}`)).toBe('mine, and longer');
});

test('the right to what was moved back, because it may not be moved, is known from then on: nothing is tried in vain', async () => {
  scene.pair.start();
  await scene.clock.pass(minute);
  scene.server.share('plans', 'read', true);
  scene.disk.rename('/pair/plans/a.txt', '/pair/plans/A.txt');
  scene.tellHere('changed');
  await scene.clock.pass(minute);
  expect(scene.disk.names('/pair/plans')).toEqual(['a.txt']);
  const asked: string[] = [];
  scene.fails = (operation, path) => {
    asked.push(`${operation} ${path}`);
    return undefined;
  };
  scene.write('plans/a.txt', 'mine, and longer');
  scene.tellHere('changed');
  await scene.clock.pass(10 * minute);
  expect(read('plans/a.txt')).toBe('theirs');
  expect(asked).not.toContain('upload plans/a.txt');
});

test.each([
  ['a folder', 'plans/mine.txt', false],
  ['a folder, which no sign told of,', 'plans/mine.txt', true],
  ['a new folder in one', 'plans/new/mine.txt', false],
])('what is moved into %s that may only be read is moved back', async (_, to, isUnseen) => {
  scene.write('mine.txt', 'mine');
  scene.pair.start();
  await scene.clock.pass(minute);
  scene.server.share('plans', 'read', !isUnseen);
  if (to.includes('new')) scene.disk.makeFolder('/pair/plans/new');
  scene.disk.rename('/pair/mine.txt', `/pair/${to}`);
  scene.tellHere('changed');
  await scene.clock.pass(10 * minute);
  expect(read('mine.txt')).toBe('mine');
  expect(scene.disk.find(`/pair/${to}`)).toBeUndefined();
  expect(String(scene.server.find('mine.txt')?.content)).toBe('mine');
});

test('a right that is lost without a sign is found out in a folder that both sides moved to one place', async () => {
  scene.disk.makeFolder('/pair/archive');
  scene.pair.start();
  await scene.clock.pass(minute);
  scene.server.share('plans', 'read', false);
  scene.server.move('plans', 'archive/plans');
  scene.disk.rename('/pair/plans', '/pair/archive/plans');
  scene.disk.rename('/pair/archive/plans/a.txt', '/pair/a.txt');
  const asked: string[] = [];
  scene.fails = (operation) => {
    if (operation === 'move') asked.push(operation);
    return undefined;
  };
  scene.tellHere('changed');
  await scene.clock.pass(10 * minute);
  expect(read('archive/plans/a.txt')).toBe('theirs');
  expect(scene.disk.names('/pair')).toEqual(['archive']);
  expect(asked).toEqual(['move']);
});

test('what goes up while another folder takes the place of its own is seen in that one', async () => {
  scene.disk.makeFolder('/pair/minutes');
  scene.pair.start();
  await scene.clock.pass(minute);
  scene.fails = (step) => {
    if (step !== 'upload-received') return undefined;
    scene.fails = () => undefined;
    scene.server.move('minutes', 'archive');
    scene.server.makeFolder('minutes');
    return undefined;
  };
  scene.write('minutes/a.txt', 'mine');
  scene.tellHere('changed');
  await scene.clock.pass(10 * minute);
  expect(scene.disk.names('/pair/archive')).toEqual([]);
  expect(read('minutes/a.txt')).toBe('mine');
});

test('what failed in a folder that may not be made again there is over: only the folder is told of', async () => {
  scene.server.makeFolder('notes');
  scene.pair.start();
  await scene.clock.pass(minute);
  scene.fails = (operation) => (operation === 'upload' ? new RemoteFailure('wrongLength') : undefined);
  scene.write('notes/mine.txt', 'mine');
  await scene.clock.pass(10 * minute);
  expect(scene.pair.problems().map(({ code, path }) => `${code} ${path}`)).toEqual([
    'wrongLength notes/mine.txt',
  ]);
  scene.server.remove('notes');
  scene.fails = (operation) => (operation === 'createFolder' ? new RemoteFailure('forbidden') : undefined);
  await scene.clock.pass(10 * minute);
  expect(scene.pair.problems().map(({ code, path }) => `${code} ${path}`)).toEqual(['forbidden notes']);
});

test('a folder that was removed there makes room, though what was moved out of it here may not go up', async () => {
  scene.server.makeFolder('notes');
  scene.server.write('notes/a.txt', Buffer.from('notes'), scene.server.time - 3600);
  scene.pair.start();
  await scene.clock.pass(minute);
  scene.fails = (operation) => (operation === 'createFolder' ? new RemoteFailure('forbidden') : undefined);
  scene.disk.makeFolder('/pair/new');
  scene.disk.rename('/pair/notes/a.txt', '/pair/new/a.txt');
  scene.server.remove('notes');
  scene.server.write('notes', Buffer.from('a file now'), scene.server.time - 3600);
  await scene.clock.pass(10 * minute);
  expect(read('notes')).toBe('a file now');
  expect(read('new/a.txt')).toBe('notes');
  scene.fails = () => undefined;
  await scene.clock.pass(120 * minute);
  expect(String(scene.server.find('new/a.txt')?.content)).toBe('notes');
});

test('what is new there in a folder that is moved back comes down, though it was moved into one that leaves', async () => {
  scene.server.makeFolder('notes');
  scene.pair.start();
  await scene.clock.pass(minute);
  scene.server.share('plans', 'read', true);
  scene.disk.rename('/pair/notes', '/pair/plans/notes');
  scene.server.write('notes/new.txt', Buffer.from('new'), scene.server.time - 3600);
  scene.pair.choose(['plans']);
  await scene.clock.pass(10 * minute);
  expect(read('notes/new.txt')).toBe('new');
});
