import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FilesScene, never, SALON, settled, startFilesScene } from '../../e2e/stack/files-scene.ts';

let scene: FilesScene;
beforeEach(async () => {
  scene = await startFilesScene();
});
afterEach(() => scene.close());

describe('what a person decides', { timeout: 30_000 }, () => {
  it('asks before it deletes much, and brings back what was not meant', async () => {
    const fileId = await scene.makeRemoteFolder('Quais');
    for (const n of [1, 2, 3, 4]) await scene.dav('nadia', 'PUT', `/Salons/Quais/f${n}.txt`, `${n}`);
    const one = scene.program('nadia');
    await scene.follow(one, fileId);
    await settled(one);
    const dir = join(one.place, 'Salons', 'Quais');
    for (const n of [1, 2, 3, 4]) await rm(join(dir, `f${n}.txt`));
    await one.handlers.retry({ salonId: SALON, path: null }, never);
    await vi.waitFor(
      () => expect(one.activity()).toMatchObject({ state: 'guarded', guard: { side: 'there', count: 4 } }),
      {
        timeout: 10_000,
      },
    );
    const asked = one.activity();
    const guardId = asked?.state === 'guarded' ? asked.guard.id : '';
    await expect(
      one.handlers.decideGuard({ salonId: SALON, guardId: 'of before', decision: 'delete' }, never),
    ).rejects.toMatchObject({ about: 'changed.guard' });
    await one.handlers.decideGuard({ salonId: SALON, guardId, decision: 'restore' }, never);
    await vi.waitFor(async () => expect(await readFile(join(dir, 'f3.txt'), 'utf8')).toBe('3'), {
      timeout: 10_000,
    });
  });

  it('keeps both versions of a file changed on both sides, until the person chooses', async () => {
    const fileId = await scene.makeRemoteFolder('Quais');
    await scene.dav('nadia', 'PUT', '/Salons/Quais/plan.txt', 'v1');
    const one = scene.program('nadia');
    await scene.follow(one, fileId);
    await settled(one);
    const plan = join(one.place, 'Salons', 'Quais', 'plan.txt');
    await one.handlers.pause({ paused: true, minutes: null }, never);
    await scene.dav('nadia', 'PUT', '/Salons/Quais/plan.txt', 'v2 there');
    await writeFile(`${plan}.new`, 'v2 here, longer');
    await rename(`${plan}.new`, plan);
    await one.handlers.pause({ paused: false, minutes: null }, never);
    await vi.waitFor(() => expect(one.folders.overview().folders[0]?.conflicts).toHaveLength(1), {
      timeout: 15_000,
    });
    expect(await readFile(plan, 'utf8')).toBe('v2 there');
    const copyPath = one.folders.overview().folders[0]?.conflicts[0]?.copyPath ?? '';
    expect(copyPath).toContain('copie en conflit');
    const { there, here } = await one.handlers.conflict({ salonId: SALON, copyPath }, never);
    expect([there?.author, here?.author]).toEqual([{ kind: 'you' }, { kind: 'you' }]);
    const decision = { keep: 'here', there: there?.seen ?? null, here: here?.seen ?? null } as const;
    await one.handlers.settleConflict({ salonId: SALON, copyPath, decision }, never);
    expect(await readFile(plan, 'utf8')).toBe('v2 here, longer');
    expect(one.folders.overview().folders[0]?.conflicts).toEqual([]);
    await vi.waitFor(
      async () =>
        expect(await (await scene.dav('nadia', 'GET', '/Salons/Quais/plan.txt')).text()).toBe(
          'v2 here, longer',
        ),
      { timeout: 15_000 },
    );
  });

  it('names the copy after the person here when the other version is a colleague’s', async () => {
    const fileId = await scene.makeRemoteFolder('Quais');
    await scene.dav('nadia', 'PUT', '/Salons/Quais/plan.txt', 'v1');
    await scene.share('/Salons/Quais', 'karim');
    const one = scene.program('nadia');
    await scene.follow(one, fileId);
    await settled(one);
    const plan = join(one.place, 'Salons', 'Quais', 'plan.txt');
    await one.handlers.pause({ paused: true, minutes: null }, never);
    await scene.dav('karim', 'PUT', '/Quais/plan.txt', 'v2 of Karim');
    await writeFile(`${plan}.new`, 'v2 of Nadia, longer');
    await rename(`${plan}.new`, plan);
    await one.handlers.pause({ paused: false, minutes: null }, never);
    await vi.waitFor(() => expect(one.folders.overview().folders[0]?.conflicts).toHaveLength(1), {
      timeout: 15_000,
    });
    const copyPath = one.folders.overview().folders[0]?.conflicts[0]?.copyPath ?? '';
    expect(copyPath).toMatch(/^plan \(copie en conflit de nadia \d{4}-.*\)\.txt$/);
    const { there, here } = await one.handlers.conflict({ salonId: SALON, copyPath }, never);
    expect([there?.author, here?.author]).toEqual([{ kind: 'other', name: 'karim' }, { kind: 'you' }]);
  });
});
