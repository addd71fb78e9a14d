import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { localPath } from '../model/paths.ts';
import { FolderInUse, LocksNotOwn } from '../ports/folder-locks.ts';
import { folderLocks } from './folder-locks.ts';

let base: string;
let place: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'traboule-locks-'));
  place = join(base, 'deep');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const folder = localPath('/home/ana/Traboule');

test('a folder is one engine’s at a time, and free again afterwards', () => {
  const release = folderLocks(place).take(folder);
  expect(() => folderLocks(place).take(folder)).toThrow(FolderInUse);
  release();
  folderLocks(place).take(folder)();
});

test('neither is a folder in it, nor one that it is in; its neighbours are free', () => {
  const release = folderLocks(place).take(folder);
  expect(() => folderLocks(place).take(localPath('/home/ana/Traboule/Salons/Plan'))).toThrow(FolderInUse);
  expect(() => folderLocks(place).take(localPath('/home/ana'))).toThrow(FolderInUse);
  expect(() => folderLocks(place).take(localPath('/'))).toThrow(FolderInUse);
  folderLocks(place).take(localPath('/home/ana/Traboule 2'))();
  release();
  folderLocks(place).take(localPath('/home/ana'))();
});

test('nothing is written where somebody else may put links', () => {
  mkdirSync(place);
  chmodSync(place, 0o777);
  expect(() => folderLocks(place).take(folder)).toThrow(LocksNotOwn);
  expect(readdirSync(place)).toEqual([]);
  chmodSync(place, 0o700);
  const link = join(base, 'link');
  symlinkSync(place, link);
  expect(() => folderLocks(link).take(folder)).toThrow(LocksNotOwn);
  folderLocks(place).take(folder)();
});

test('no note stays of a folder that was given back or refused, for whoever comes next to read', () => {
  const notes = (): number => readdirSync(place).filter((name) => name.endsWith('.folder')).length;
  const release = folderLocks(place).take(folder);
  expect(notes()).toBe(1);
  expect(() => folderLocks(place).take(localPath('/home/ana'))).toThrow(FolderInUse);
  expect(() => folderLocks(place).take(folder)).toThrow(FolderInUse);
  expect(notes()).toBe(1);
  expect(() => folderLocks(place).take(localPath('/home/ana'))).toThrow(FolderInUse);
  release();
  expect(notes()).toBe(0);
});

test('a process that is killed leaves no lock behind', async () => {
  const script =
    `import { folderLocks } from ${JSON.stringify(new URL('folder-locks.ts', import.meta.url).href)};` +
    `const release = folderLocks(${JSON.stringify(place)}).take(${JSON.stringify(folder)});` +
    // Used later, so that the lock is not collected as garbage.
    'console.log("taken"); setInterval(() => undefined, 1000); process.on("exit", release);';
  const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', script]);
  await once(child.stdout, 'data');
  expect(() => folderLocks(place).take(folder)).toThrow(FolderInUse);
  child.kill('SIGKILL');
  await once(child, 'close');
  folderLocks(place).take(folder)();
});
