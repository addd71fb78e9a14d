import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FilesScene, never, SALON, settled, startFilesScene } from '../../e2e/stack/files-scene.ts';
import type { FilesProgram } from './testing-program.ts';

let scene: FilesScene;
beforeEach(async () => {
  scene = await startFilesScene();
});
afterEach(() => scene.close());

const SOON = { timeout: 15_000 };
const textOf = (path: string) => readFile(path, 'utf8');
const stateOf = (one: FilesProgram, id: string) =>
  one.folders.overview().folders.find(({ salonId }) => salonId === id)?.activity;
const upToDate = (one: FilesProgram, id: string) =>
  vi.waitFor(() => expect(stateOf(one, id)).toEqual({ state: 'up-to-date' }), SOON);

/** Nadia's program with a place for its folders. */
async function nadia(): Promise<FilesProgram> {
  const one = scene.program('nadia');
  await one.handlers.choosePlace({ how: 'suggested', keep: 'all' }, never);
  return one;
}

async function make(...paths: readonly string[]): Promise<void> {
  for (const path of paths) await scene.dav('nadia', 'MKCOL', path);
}

async function propose(one: FilesProgram, path: string, where: 'suggested' | 'ask' = 'suggested') {
  const { proposal } = await one.chosen.propose({ path, where }, never);
  if (!proposal) throw new Error(`no place was proposed for ${path}`);
  return proposal;
}

async function choose(one: FilesProgram, path: string, where: 'suggested' | 'ask' = 'suggested') {
  const { proposalId, localPath } = await propose(one, path, where);
  const { folderId } = await one.chosen.add({ proposalId }, never);
  await upToDate(one, folderId);
  return { folderId, localPath };
}

const refused = (about: string) => ({ about });

describe('a folder that a person chooses', { timeout: 60_000 }, () => {
  it('is among those of the server, with what it weighs and who shares it', async () => {
    await make('/Projets', '/Projets/Berges');
    await scene.dav('nadia', 'PUT', '/Projets/Berges/a.txt', 'four');
    await scene.share('/Projets', 'karim');
    const karim = scene.program('karim');
    await karim.handlers.choosePlace({ how: 'suggested', keep: 'all' }, never);
    expect(await karim.chosen.browse({ path: '' }, never)).toEqual([
      { path: 'Projets', bytes: 4, sharedBy: 'nadia', standing: { is: 'free' } },
    ]);
    expect(await karim.chosen.browse({ path: 'Projets' }, never)).toMatchObject([
      { path: 'Projets/Berges', bytes: 4, standing: { is: 'free' } },
    ]);
    await expect(karim.chosen.browse({ path: 'Nothing' }, never)).rejects.toMatchObject(
      refused('not-found.folder'),
    );
  });

  it('stays equal on both sides, and is found again when it is renamed or moved on the server', async () => {
    await make('/Projets', '/Archives');
    await scene.dav('nadia', 'PUT', '/Projets/a.txt', 'from there');
    const one = await nadia();
    const { folderId, localPath } = await choose(one, 'Projets');
    expect(localPath).toBe(join(one.place, 'Dossiers', 'Projets'));
    expect(await textOf(join(localPath, 'a.txt'))).toBe('from there');
    await writeFile(join(localPath, 'b.txt'), 'from here');
    await vi.waitFor(
      async () => expect(await (await scene.dav('nadia', 'GET', '/Projets/b.txt')).text()).toBe('from here'),
      SOON,
    );
    await scene.dav('nadia', 'MOVE', '/Projets', undefined, {
      destination: `${scene.nextcloud.url}/remote.php/dav/files/nadia/Archives/Travaux`,
    });
    await scene.dav('nadia', 'PUT', '/Archives/Travaux/c.txt', 'after the move');
    await one.handlers.retry({ salonId: folderId, path: null }, never);
    await vi.waitFor(async () => expect(await textOf(join(localPath, 'c.txt'))).toBe('after the move'), SOON);
    expect(one.folders.overview().folders).toMatchObject([
      { salonId: folderId, kind: 'chosen', name: 'Travaux' },
    ]);
    expect(one.trashed).toEqual([]);
  });

  it('that is withdrawn says so and stays on this PC', async () => {
    await make('/Projets');
    await scene.dav('nadia', 'PUT', '/Projets/a.txt', 'a');
    const one = await nadia();
    const { folderId, localPath } = await choose(one, 'Projets');
    await scene.dav('nadia', 'DELETE', '/Projets');
    await one.handlers.retry({ salonId: folderId, path: null }, never);
    await vi.waitFor(() => expect(stateOf(one, folderId)).toEqual({ state: 'gone' }), SOON);
    expect(await textOf(join(localPath, 'a.txt'))).toBe('a');
    expect(one.trashed).toEqual([]);
  });

  it('meets no other on the server: none that is in one, none around one, none twice, never all files', async () => {
    const fileId = await scene.makeRemoteFolder('Quais');
    await make('/Salons/Quais/Plans', '/Projets', '/Projets/Berges');
    const one = await nadia();
    await scene.follow(one, fileId);
    await settled(one);
    const { folderId } = await choose(one, 'Projets');
    for (const path of ['Salons', 'Salons/Quais', 'Salons/Quais/Plans', 'Projets', 'Projets/Berges'])
      await expect(one.chosen.propose({ path, where: 'suggested' }, never)).rejects.toMatchObject(
        refused('forbidden.nested-there'),
      );
    await expect(one.chosen.propose({ path: '', where: 'suggested' }, never)).rejects.toMatchObject(
      refused('not-found.folder'),
    );
    expect(await one.chosen.browse({ path: '' }, never)).toMatchObject([
      { path: 'Projets', standing: { is: 'kept', folder: 'Projets' } },
      { path: 'Salons', standing: { is: 'around', folder: 'Quais' } },
    ]);
    expect(await one.chosen.browse({ path: 'Projets' }, never)).toMatchObject([
      { path: 'Projets/Berges', standing: { is: 'inside', folder: 'Projets' } },
    ]);
    expect(one.folders.overview().folders.map(({ salonId }) => salonId)).toEqual([SALON, folderId]);
  });

  it('meets no other on this PC, and takes over nothing that is there', async () => {
    await make('/Projets', '/Travaux');
    const one = await nadia();
    const { localPath } = await choose(one, 'Projets');
    const ask = (folder: string) => {
      one.picked.folder = folder;
      return one.chosen.propose({ path: 'Travaux', where: 'ask' }, never);
    };
    const inside = join(localPath, 'inside');
    await mkdir(inside);
    for (const folder of [localPath, inside, join(one.place, 'Salons')])
      await expect(ask(folder)).rejects.toMatchObject(refused('forbidden.nested-here'));

    const other = join(scene.root, 'other');
    await mkdir(join(other, 'Travaux'), { recursive: true });
    await writeFile(join(other, 'Travaux', 'private.txt'), 'mine');
    one.picked.folder = other;
    const { localPath: chosen } = await choose(one, 'Travaux', 'ask');
    expect(chosen).toBe(join(other, 'Travaux (2)'));
    expect((await scene.dav('nadia', 'GET', '/Travaux/private.txt')).status).toBe(404);

    await make('/Empty');
    one.picked.folder = join(scene.root, 'empty');
    await mkdir(one.picked.folder);
    expect((await propose(one, 'Empty', 'ask')).localPath).toBe(one.picked.folder);
    one.picked.folder = null;
    expect(await one.chosen.propose({ path: 'Empty', where: 'ask' }, never)).toEqual({ proposal: null });
  });

  it('goes nowhere when its place is taken by the time it is added', async () => {
    await make('/Projets');
    const one = await nadia();
    const { proposalId, localPath } = await propose(one, 'Projets');
    await mkdir(localPath, { recursive: true });
    await writeFile(join(localPath, 'private.txt'), 'mine');
    await expect(one.chosen.add({ proposalId }, never)).rejects.toMatchObject(refused('changed.proposal'));
    expect(one.folders.overview().folders).toEqual([]);
    expect((await scene.dav('nadia', 'GET', '/Projets/private.txt')).status).toBe(404);
  });

  it('that is let go stays here and there, and what is written into either goes nowhere', async () => {
    await make('/Projets');
    await scene.dav('nadia', 'PUT', '/Projets/a.txt', 'a');
    const one = await nadia();
    const { folderId, localPath } = await choose(one, 'Projets');
    await one.chosen.stop({ folderId, copy: 'keep' }, never);
    expect(one.folders.overview().folders).toEqual([]);
    expect(await textOf(join(localPath, 'a.txt'))).toBe('a');
    expect(await readdir(join(scene.root, 'nadia', 'journals'))).toEqual([]);
    await writeFile(join(localPath, 'b.txt'), 'b');
    const again = await choose(one, 'Projets');
    expect(again.localPath).toBe(join(one.place, 'Dossiers', 'Projets (2)'));
    expect(await readdir(again.localPath)).toEqual(['a.txt']);
    expect((await scene.dav('nadia', 'GET', '/Projets/b.txt')).status).toBe(404);
    expect(one.trashed).toEqual([]);
  });

  it('goes to the trash when it is let go, but not before all of it is online', async () => {
    await make('/Projets', '/Projets/Plans');
    await scene.dav('nadia', 'PUT', '/Projets/Plans/a.txt', 'a');
    const one = await nadia();
    const { folderId, localPath } = await choose(one, 'Projets');
    await one.handlers.pause({ paused: true, minutes: null }, never);
    await writeFile(join(localPath, 'Plans', 'b.txt'), 'only here');
    const stop = () => one.chosen.stop({ folderId, copy: 'trash' }, AbortSignal.timeout(500));
    await expect(stop()).rejects.toMatchObject(refused('in-use.not-online'));
    expect(await textOf(join(localPath, 'Plans', 'b.txt'))).toBe('only here');
    expect(stateOf(one, folderId)).toEqual({ state: 'paused', reason: 'person' });

    await one.handlers.pause({ paused: false, minutes: null }, never);
    await vi.waitFor(
      async () => expect((await scene.dav('nadia', 'GET', '/Projets/Plans/b.txt')).status).toBe(200),
      SOON,
    );
    await vi.waitFor(
      async () =>
        expect(await one.chosen.stop({ folderId, copy: 'trash' }, never)).toEqual({ copy: 'trashed' }),
      SOON,
    );
    expect(one.trashed).toEqual([localPath]);
    await expect(stat(localPath)).rejects.toMatchObject({ code: 'ENOENT' });
    expect((await scene.dav('nadia', 'GET', '/Projets/Plans/a.txt')).status).toBe(200);
  });

  it('is added no more once the organisation forbids it; those that are there stay', async () => {
    await make('/Projets', '/Travaux');
    const one = await nadia();
    const { folderId, localPath } = await choose(one, 'Projets');
    const { proposalId } = await propose(one, 'Travaux');
    one.picked.mayAdd = false;
    const attempts = [
      one.chosen.add({ proposalId }, never),
      one.chosen.propose({ path: 'Travaux', where: 'suggested' }, never),
    ];
    for (const attempt of attempts) await expect(attempt).rejects.toMatchObject(refused('forbidden.setting'));
    await scene.dav('nadia', 'PUT', '/Projets/a.txt', 'still followed');
    await one.handlers.retry({ salonId: folderId, path: null }, never);
    await vi.waitFor(async () => expect(await textOf(join(localPath, 'a.txt'))).toBe('still followed'), SOON);
  });

  it('that the trash does not take, a file of it being open, is let go all the same and stays here', async () => {
    await make('/Projets');
    await scene.dav('nadia', 'PUT', '/Projets/a.txt', 'a');
    const one = await nadia();
    const { folderId, localPath } = await choose(one, 'Projets');
    one.desktop.isTrashShut = true;
    expect(await one.chosen.stop({ folderId, copy: 'trash' }, never)).toEqual({ copy: 'refused' });
    expect(one.folders.overview().folders).toEqual([]);
    expect(await textOf(join(localPath, 'a.txt'))).toBe('a');
  });

  it('is there again after a restart and when the same person signs in again, and is nobody else’s', async () => {
    await make('/Projets');
    const one = await nadia();
    const { folderId, localPath } = await choose(one, 'Projets');
    await one.folders.forgetSalons();
    expect(one.folders.overview().folders).toEqual([]);
    await one.close();

    const other = scene.program('karim', one.kepts);
    await vi.waitFor(() => expect(one.kepts.state.value.owner?.userId).toBe('karim'));
    expect(other.folders.overview().folders).toEqual([]);
    await other.close();

    const again = scene.program('nadia', one.kepts);
    await upToDate(again, folderId);
    expect(again.folders.placeOf(folderId).localDir).toBe(localPath);
  });
});
