import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type FilesScene,
  never,
  SALON,
  settled,
  startFilesScene,
  stepOf,
} from '../../e2e/stack/files-scene.ts';

let scene: FilesScene;
beforeEach(async () => {
  scene = await startFilesScene();
});
afterEach(() => scene.close());

describe('files that a person puts into a salon', { timeout: 30_000 }, () => {
  it('takes a dropped file to the other person, byte for byte, and says how far it is', async () => {
    const fileId = await scene.makeRemoteFolder('Quais');
    await scene.share('/Salons/Quais', 'karim');
    const [nadia, karim] = [scene.program('nadia'), scene.program('karim')];
    await Promise.all([scene.follow(nadia, fileId), scene.follow(karim, fileId)]);
    await Promise.all([settled(nadia), settled(karim)]);

    const content = 'été\n'.repeat(50_000);
    await writeFile(join(scene.root, 'plan.txt'), content);
    const [transfer] = await nadia.drop(SALON, join(scene.root, 'plan.txt'));
    expect(transfer).toMatchObject({ salonId: SALON, path: 'plan.txt', step: { step: 'copying' } });
    await vi.waitFor(() => expect(stepOf(nadia, transfer)).toMatchObject({ step: 'done' }), {
      timeout: 10_000,
    });
    expect(stepOf(nadia, transfer)).toMatchObject({ fileId: expect.stringMatching(/^\d+$/) });
    expect(nadia.told.map(({ step }) => step.step)).toContain('kept');

    await karim.handlers.retry({ salonId: SALON, path: null }, never);
    const there = join(karim.place, 'Salons', 'Quais', 'plan.txt');
    await vi.waitFor(async () => expect(await readFile(there, 'utf8')).toBe(content), { timeout: 10_000 });
    await vi.waitFor(() =>
      expect(karim.folders.overview().folders[0]).toMatchObject({
        fileCount: 1,
        byteCount: 250_000 + 50_000,
      }),
    );
    const [entry] = await karim.handlers.list({ salonId: SALON, path: '' }, never);
    expect(entry).toMatchObject({
      path: 'plan.txt',
      kind: 'file',
      size: Buffer.byteLength(content),
      state: 'synced',
    });
    await karim.handlers.open({ salonId: SALON, path: 'plan.txt' }, never);
    expect(karim.opened).toEqual([there]);
  });

  it('keeps what is dropped offline, over a restart, and sends it later', async () => {
    const fileId = await scene.makeRemoteFolder('Quais');
    const first = scene.program('nadia');
    await scene.follow(first, fileId);
    await settled(first);
    scene.nextcloud.control.addFault({ times: 0, effect: { kind: 'drop' } });
    await writeFile(join(scene.root, 'note.txt'), 'note');
    const [transfer] = await first.drop(SALON, join(scene.root, 'note.txt'));
    await vi.waitFor(() => expect(stepOf(first, transfer)).toMatchObject({ step: 'kept' }), {
      timeout: 5000,
    });
    await vi.waitFor(() => expect(first.activity()?.state).toBe('offline'), { timeout: 10_000 });
    await first.close();
    scene.nextcloud.control.clearFaults();

    const second = scene.program('nadia', first.kepts);
    await second.transfers.takeUp();
    expect(await second.handlers.transfers(undefined, never)).toMatchObject([{ path: 'note.txt' }]);
    await vi.waitFor(() => expect(stepOf(second, transfer)).toMatchObject({ step: 'done' }), {
      timeout: 15_000,
    });
    expect(await (await scene.dav('nadia', 'GET', '/Salons/Quais/note.txt')).text()).toBe('note');
    await second.handlers.settleTransfer({ transferId: transfer?.transferId ?? '' }, never);
    expect(await second.handlers.transfers(undefined, never)).toEqual([]);
  });

  it('takes a file that is dropped before the first run made the folder', async () => {
    const fileId = await scene.makeRemoteFolder('Quais');
    scene.nextcloud.control.addFault({
      method: 'PROPFIND',
      path: '*/Quais',
      times: 1,
      effect: { kind: 'delay', ms: 1500 },
    });
    const one = scene.program('nadia');
    await scene.follow(one, fileId);
    await vi.waitFor(() => expect(one.folders.placeOf(SALON).report).not.toBeNull());
    const transfer = await one.handlers.addBytes(
      { salonId: SALON, name: 'early.txt', bytes: Buffer.from('e') },
      never,
    );
    await vi.waitFor(() => expect(stepOf(one, transfer)).toMatchObject({ step: 'done' }), {
      timeout: 15_000,
    });
    expect(await (await scene.dav('nadia', 'GET', '/Salons/Quais/early.txt')).text()).toBe('e');
  });

  it('takes pasted bytes, gives a taken name a number, and stops one', async () => {
    const fileId = await scene.makeRemoteFolder('Quais');
    const one = scene.program('nadia');
    await scene.follow(one, fileId);
    await settled(one);
    const paste = () =>
      one.handlers.addBytes({ salonId: SALON, name: 'image.png', bytes: new Uint8Array(9) }, never);
    const first = await paste();
    await vi.waitFor(() => expect(stepOf(one, first)).toMatchObject({ step: 'done' }), { timeout: 10_000 });
    scene.nextcloud.control.addFault({ method: 'PUT', times: 0, effect: { kind: 'drop' } });
    const second = await paste();
    await vi.waitFor(() => expect(stepOf(one, second)?.step).toBe('kept'), { timeout: 5000 });
    await one.handlers.stopTransfer({ transferId: second.transferId }, never);
    expect(stepOf(one, second)).toEqual({ step: 'stopped' });
    expect(one.trashed).toEqual([join(one.place, 'Salons', 'Quais', 'image (2).png')]);
  });
});
