import { getEventListeners } from 'node:events';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Engine } from './engine.ts';
import type { FolderPlace } from './folder-place.ts';
import { FolderReport } from './folder-report.ts';
import { Opener } from './opener.ts';

const never = new AbortController().signal;

describe('opening a file of a salon', () => {
  let localDir: string;
  let place: FolderPlace;
  const opened = vi.fn<(path: string) => Promise<void>>(() => Promise.resolve());
  const shown = vi.fn<(path: string) => void>();
  const run = vi.fn<Engine['run']>(() => Promise.resolve());
  const engine: Engine = {
    run,
    onEvent: () => undefined,
    onFresh: () => undefined,
    stop: () => Promise.resolve(),
  };
  const dragged = vi.fn<(path: string) => void>();
  const opener = new Opener(engine, {
    open: opened,
    reveal: shown,
    trash: () => Promise.resolve(),
    drag: dragged,
  });

  beforeEach(async () => {
    localDir = await realpath(await mkdtemp(join(tmpdir(), 'opener-')));
    await mkdir(join(localDir, 'plans'));
    await writeFile(join(localDir, 'plans', 'a.pdf'), 'a');
    await writeFile(join(localDir, 'setup.exe'), 'x');
    place = { pairId: 'p', localDir, remotePath: '/Salons/Quais', unwanted: [], report: new FolderReport() };
    for (const mock of [opened, shown, dragged, run]) mock.mockClear();
  });
  afterEach(() => rm(localDir, { recursive: true }));

  it('opens a document and only shows what could run', async () => {
    await opener.open(place, 'plans/a.pdf', never);
    await opener.open(place, 'setup.exe', never);
    expect(opened.mock.calls).toEqual([[join(localDir, 'plans', 'a.pdf')]]);
    expect(shown.mock.calls).toEqual([[join(localDir, 'setup.exe')]]);
  });

  it('fetches what is not here yet and opens it when it has come', async () => {
    run.mockImplementationOnce(async () => {
      await writeFile(join(localDir, 'late.pdf'), 'b');
    });
    await opener.open(place, 'late.pdf', never);
    expect(run).toHaveBeenCalledWith({ type: 'syncNow', pair: 'p' });
    expect(opened).toHaveBeenCalledWith(join(localDir, 'late.pdf'));
  });

  it('listens once for the end of the wait, however long that lasts', async () => {
    const stopping = new AbortController();
    const look = vi.spyOn(AbortSignal.prototype, 'addEventListener');
    const opening = opener.open(place, 'never.pdf', stopping.signal);
    await vi.waitFor(() => expect(look.mock.calls.length).toBeGreaterThan(2), 5000);
    for (const signal of look.mock.contexts)
      expect(signal instanceof AbortSignal && getEventListeners(signal, 'abort').length).toBeLessThan(2);
    look.mockRestore();
    stopping.abort();
    await expect(opening).rejects.toMatchObject({ about: 'not-found.file' });
  });

  it('waits for a file no more once the person stopped it, and opens nothing when it comes later', async () => {
    const opening = opener.open(place, 'late.pdf', never);
    opener.stop(place, 'other.pdf');
    await vi.waitFor(() => expect(run).toHaveBeenCalled());
    opener.stop(place, 'late.pdf');
    await expect(opening).rejects.toMatchObject({ about: 'cancelled.request' });
    await writeFile(join(localDir, 'late.pdf'), 'b');
    expect(opened).not.toHaveBeenCalled();
    await opener.open(place, 'late.pdf', never);
    expect(opened).toHaveBeenCalledOnce();
  });

  it('opens a file once that is asked for again while it is on its way', async () => {
    const first = opener.open(place, 'late.pdf', never);
    await vi.waitFor(() => expect(run).toHaveBeenCalled());
    const second = opener.open(place, 'late.pdf', never);
    await expect(first).rejects.toMatchObject({ about: 'cancelled.request' });
    await writeFile(join(localDir, 'late.pdf'), 'b');
    await second;
    expect(opened).toHaveBeenCalledOnce();
  });

  it('gives up when the time is over, at once when nothing can fetch it', async () => {
    await expect(opener.open(place, 'never.pdf', AbortSignal.timeout(50))).rejects.toMatchObject({
      about: 'not-found.file',
    });
    await expect(opener.open({ ...place, report: null }, 'never.pdf', never)).rejects.toMatchObject({
      about: 'not-found.file',
    });
  });

  it('says at once that a file is online only, instead of waiting for what is not wanted here', async () => {
    const chosen = { ...place, unwanted: ['videos'] };
    const about = 'not-found.online-only';
    await expect(opener.open(chosen, 'videos/a.mp4', never)).rejects.toMatchObject({ about });
    await expect(opener.reveal(chosen, 'videos')).rejects.toMatchObject({ about });
    await expect(opener.drag({ ...place, unwanted: [''] }, 'b.pdf')).rejects.toMatchObject({ about });
    expect(run).not.toHaveBeenCalled();
  });

  it('shows a file in its folder, and opens the folder itself', async () => {
    await opener.reveal(place, 'plans/a.pdf');
    await opener.reveal(place, '');
    expect(shown).toHaveBeenCalledWith(join(localDir, 'plans', 'a.pdf'));
    expect(opened).toHaveBeenCalledWith(localDir);
  });

  it('lets what is here be dragged out, and nothing that is elsewhere', async () => {
    await opener.drag(place, 'plans/a.pdf');
    expect(dragged.mock.calls).toEqual([[join(localDir, 'plans', 'a.pdf')]]);
    await symlink(tmpdir(), join(localDir, 'way out'));
    await expect(opener.drag(place, 'way out')).rejects.toMatchObject({ about: 'forbidden.path' });
    await expect(opener.drag(place, 'never.pdf')).rejects.toMatchObject({ about: 'not-found.file' });
    expect(dragged).toHaveBeenCalledOnce();
  });
});
