import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
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

describe("a salon's folder", { timeout: 30_000 }, () => {
  it('leaves this PC when it is to be online only, once all is online, and comes back when it is wanted again', async () => {
    const fileId = await scene.makeRemoteFolder('Quais');
    const nadia = scene.program('nadia');
    await scene.follow(nadia, fileId);
    await settled(nadia);
    await mkdir(join(nadia.place, 'Salons/Quais/Plans'), { recursive: true });
    await writeFile(join(nadia.place, 'Salons/Quais/Plans/a.txt'), 'not online yet');
    await nadia.handlers.choose({ salonId: SALON, unwanted: [''] }, never);
    await vi.waitFor(async () => expect(await readdir(join(nadia.place, 'Salons/Quais'))).toEqual([]), {
      timeout: 15_000,
    });
    expect(await nadia.handlers.contents({ salonId: SALON, path: '' }, never)).toMatchObject({
      folders: [{ path: 'Plans', bytes: 14 }],
      fileBytes: 0,
    });
    expect(nadia.folders.overview().folders[0]).toMatchObject({ unwanted: [''] });
    await nadia.handlers.choose({ salonId: SALON, unwanted: [] }, never);
    await vi.waitFor(
      async () =>
        expect(await readFile(join(nadia.place, 'Salons/Quais/Plans/a.txt'), 'utf8')).toBe('not online yet'),
      { timeout: 15_000 },
    );
  });

  it('that was renamed on the server is found again, one that was withdrawn stays on this PC', async () => {
    const fileId = await scene.makeRemoteFolder('Quais');
    await scene.dav('nadia', 'PUT', '/Salons/Quais/a.txt', 'a');
    const one = scene.program('nadia');
    await scene.follow(one, fileId);
    await settled(one);
    await scene.dav('nadia', 'MOVE', '/Salons/Quais', undefined, {
      destination: `${scene.nextcloud.url}/remote.php/dav/files/nadia/Salons/Berges`,
    });
    await scene.dav('nadia', 'PUT', '/Salons/Berges/b.txt', 'b');
    await one.handlers.retry({ salonId: SALON, path: null }, never);
    const here = (name: string) => readFile(join(one.place, 'Salons', 'Quais', name), 'utf8');
    await vi.waitFor(async () => expect(await here('b.txt')).toBe('b'), { timeout: 15_000 });

    await scene.dav('nadia', 'DELETE', '/Salons/Berges');
    await one.handlers.retry({ salonId: SALON, path: null }, never);
    await vi.waitFor(() => expect(one.activity()).toEqual({ state: 'gone' }), { timeout: 10_000 });
    expect(await here('a.txt')).toBe('a');
    expect(one.trashed).toEqual([]);
  });

  it('never takes over a folder that was there with something in it', async () => {
    const fileId = await scene.makeRemoteFolder('Quais');
    const one = scene.program('nadia');
    await mkdir(join(one.place, 'Salons', 'Quais'), { recursive: true });
    await writeFile(join(one.place, 'Salons', 'Quais', 'private.txt'), 'mine');
    await scene.follow(one, fileId);
    await settled(one);
    expect(one.folders.placeOf(SALON).localDir).toBe(join(one.place, 'Salons', 'Quais (2)'));
    expect((await scene.dav('nadia', 'GET', '/Salons/Quais/private.txt')).status).toBe(404);
  });

  it('whose session is refused says so, still opens and takes files, and touches nothing', async () => {
    const fileId = await scene.makeRemoteFolder('Quais');
    await scene.dav('nadia', 'PUT', '/Salons/Quais/a.txt', 'a');
    const one = scene.program('nadia');
    await scene.follow(one, fileId);
    await settled(one);
    await one.expire();
    await vi.waitFor(() => expect(one.activity()).toEqual({ state: 'signed-out' }));
    expect(await one.handlers.list({ salonId: SALON, path: '' }, never)).toMatchObject([
      { path: 'a.txt', state: 'waiting' },
    ]);
    const transfer = await one.handlers.addBytes(
      { salonId: SALON, name: 'b.txt', bytes: Buffer.from('b') },
      never,
    );
    await vi.waitFor(() => expect(stepOf(one, transfer)).toEqual({ step: 'kept' }));
    expect(await readFile(join(one.place, 'Salons', 'Quais', 'b.txt'), 'utf8')).toBe('b');
    await one.folders.forgetSalons();
    expect(one.folders.overview().folders).toEqual([]);
    expect(await readFile(join(one.place, 'Salons', 'Quais', 'a.txt'), 'utf8')).toBe('a');
  });
});
