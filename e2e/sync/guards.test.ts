import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Guard } from '../../main/sync/api.ts';
import { folderLocks } from '../../main/sync/local/folder-locks.ts';
import { nodeFileSystem } from '../../main/sync/local/node-file-system.ts';
import type { FileSystem } from '../../main/sync/ports/file-system.ts';
import { createSyncPair } from '../../main/sync/sync-pair.ts';
import { expectAtRest } from './at-rest.ts';
import { type Computer, type ComputerOptions, Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

const names = ['a', 'b', 'folder/c', 'folder/d', 'e'];

async function synced(options: ComputerOptions = {}): Promise<Computer> {
  const desk = rig.computer('desk', options);
  for (const name of names) desk.write(name, name);
  await desk.sync();
  return desk;
}

function guardOf(computer: Computer): Guard {
  const state = computer.pair.state();
  if (state.kind !== 'guarded') throw new Error(`not guarded but ${state.kind}`);
  return state.guard;
}

function empty(computer: Computer): void {
  for (const name of ['a', 'b', 'folder', 'e']) rmSync(computer.path(name), { recursive: true });
}

test('an emptied folder here deletes nothing there until someone says so', async () => {
  const desk = await synced();
  empty(desk);
  expect(await desk.sync()).toMatchObject({ outcome: 'guarded', removed: 0 });
  expect(guardOf(desk)).toMatchObject({ reason: 'emptied', remoteDeletions: 5, localDeletions: 0 });
  expect(guardOf(desk).sample.map(({ path }) => path)).toContain('folder/c');
  expect(Object.keys(await rig.ana.tree())).toHaveLength(6);
  desk.pair.confirmGuard(guardOf(desk).id);
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
  expect(await rig.ana.tree()).toEqual({});
  await expectAtRest(rig, desk);
});

test('a refusal brings everything back', async () => {
  const desk = await synced();
  empty(desk);
  await desk.sync();
  desk.pair.refuseGuard(guardOf(desk).id);
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
  await expectAtRest(rig, desk);
  expect(Object.keys(desk.tree())).toHaveLength(6);
});

test('an emptied folder there deletes nothing here, and a refusal sends it all again', async () => {
  const desk = await synced();
  for (const name of ['a', 'b', 'folder', 'e']) await rig.ana.remove(name);
  expect(await desk.sync()).toMatchObject({ outcome: 'guarded' });
  expect(guardOf(desk)).toMatchObject({ reason: 'emptied', localDeletions: 5 });
  desk.pair.refuseGuard(guardOf(desk).id);
  await desk.sync();
  expect(Object.keys(await rig.ana.tree())).toHaveLength(6);
  await expectAtRest(rig, desk);
});

test('a confirmation covers what was asked and nothing more', async () => {
  const desk = await synced();
  for (const name of ['a', 'b', 'folder']) rmSync(desk.path(name), { recursive: true });
  rmSync(desk.path('e'));
  await desk.sync();
  const { id } = guardOf(desk);
  desk.pair.confirmGuard('another');
  await desk.sync();
  expect(Object.keys(await rig.ana.tree())).toHaveLength(6);
  expect(guardOf(desk).id).toBe(id);
  desk.pair.refuseGuard(id);
  await desk.sync();
  await expectAtRest(rig, desk);
});

test('a confirmation that comes in the middle of a run waits for its end', async () => {
  const before = await synced();
  await before.stop();
  let confirm = (): void => undefined;
  const fileSystem: FileSystem = {
    ...nodeFileSystem,
    read: (path, range) => {
      confirm();
      return nodeFileSystem.read(path, range);
    },
  };
  const desk = rig.computer('desk', { ports: { fileSystem } });
  renameSync(desk.folder, `${desk.folder}-elsewhere`);
  await desk.sync();
  const { id } = guardOf(desk);
  renameSync(`${desk.folder}-elsewhere`, desk.folder);
  desk.write('folder/new', 'new');
  confirm = () => desk.pair.confirmGuard(id);
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', uploaded: 1 });
  await desk.stop();
  const again = rig.computer('desk');
  expect(await again.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
  expect(again.events).not.toContainEqual(expect.objectContaining({ code: 'journalRebuilt' }));
  await expectAtRest(rig, again);
});

test('a folder that vanished is not a folder that was emptied', async () => {
  const desk = await synced();
  renameSync(desk.folder, `${desk.folder}-elsewhere`);
  expect(await desk.sync()).toMatchObject({ outcome: 'guarded' });
  expect(guardOf(desk).reason).toBe('localRootMissing');
  renameSync(`${desk.folder}-elsewhere`, desk.folder);
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', uploaded: 0, downloaded: 0 });
  await expectAtRest(rig, desk);
});

test('another folder in the place of ours is not taken for ours', async () => {
  const desk = await synced();
  renameSync(desk.folder, `${desk.folder}-elsewhere`);
  mkdirSync(desk.folder);
  writeFileSync(desk.path('stranger'), 'stranger');
  expect(await desk.sync()).toMatchObject({ outcome: 'guarded' });
  expect(guardOf(desk).reason).toBe('localRootReplaced');
  expect(Object.keys(await rig.ana.tree())).toHaveLength(6);
  desk.pair.confirmGuard(guardOf(desk).id);
  await desk.sync();
  expect(Object.keys(desk.tree())).toHaveLength(7);
  await expectAtRest(rig, desk);
});

test('the folder of another account, or another folder of the server, is not taken for ours', async () => {
  const desk = await synced();
  await desk.stop();
  const other = rig.computer('desk', { user: 'ben' });
  expect(await other.sync()).toMatchObject({ outcome: 'guarded' });
  expect(guardOf(other).reason).toBe('accountChanged');
  expect(Object.keys(other.tree())).toHaveLength(6);
  await other.stop();
  const again = rig.computer('desk');
  expect(await again.sync()).toMatchObject({ outcome: 'inSync', uploaded: 0, downloaded: 0 });
  await expectAtRest(rig, again);
});

test('a server restored from a backup deletes nothing: both sides are joined', async () => {
  const desk = await synced();
  rig.server.control.set({ dataFingerprint: 'restored' });
  await rig.ana.remove('a');
  expect(await desk.sync()).toMatchObject({ outcome: 'guarded' });
  expect(guardOf(desk).reason).toBe('serverRestored');
  desk.pair.confirmGuard(guardOf(desk).id);
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
  await expectAtRest(rig, desk);
  expect(desk.tree()['a']).toBe('a');
});

test('a damaged journal is set aside, and the next run deletes and doubles nothing', async () => {
  const desk = await synced();
  await desk.stop();
  for (const suffix of ['-wal', '-shm']) rmSync(desk.journalPath + suffix, { force: true });
  writeFileSync(
    desk.journalPath,
    'this is no database, and it is long enough to be looked at as one'.repeat(100),
  );
  const again = rig.computer('desk');
  rig.server.resetRequestLog();
  expect(await again.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0, uploaded: 0 });
  expect(Object.keys(rig.counts())).toEqual(['PROPFIND']);
  expect(again.events).toContainEqual(expect.objectContaining({ type: 'notice', code: 'journalRebuilt' }));
  await expectAtRest(rig, again);
});

test('two engines with journals of their own never work on one folder, nor one in the other’s', async () => {
  const desk = await synced({ ports: { locks: folderLocks() } });
  for (const folder of [desk.folder, desk.path('folder'), rig.base]) {
    const other = createSyncPair({
      id: 'other',
      remote: { url: rig.server.url, user: 'ben', password: rig.password('ben'), rootPath: '/' },
      localDir: folder,
      journalPath: `${rig.base}/other.db`,
    });
    expect(await other.syncOnce()).toMatchObject({ outcome: 'failed', uploaded: 0 });
    expect(other.state()).toMatchObject({ kind: 'error', code: 'journalInUse' });
    await other.stop();
    rmSync(`${rig.base}/other.db`);
  }
  await expectAtRest(rig, desk);
});

test('two engines never work on one pair', async () => {
  const desk = await synced();
  const second = rig.computer('desk');
  expect(await second.sync()).toMatchObject({ outcome: 'failed' });
  expect(second.pair.state()).toMatchObject({ kind: 'error', code: 'journalInUse' });
  await desk.stop();
  expect(await second.sync()).toMatchObject({ outcome: 'inSync' });
  await expectAtRest(rig, second);
});
