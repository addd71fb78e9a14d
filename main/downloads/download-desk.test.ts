import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { DownloadProblem } from '../../preload/contract/downloads.ts';
import { silentLog } from '../log/silent.ts';
import { type ComingFile, DownloadDesk } from './download-desk.ts';

const FROM = { url: 'https://agenda.example/plan.pdf', host: 'agenda.example', owner: 'nadia' };
const PATH = join('/home/ana/Téléchargements', 'plan.pdf');

function setUp(why: Promise<DownloadProblem> = Promise.resolve('broken-off')) {
  const clock = { now: 0 };
  const file = { path: PATH as string | null, done: 0, total: 1000, mayGoOn: true };
  const acts = { stop: vi.fn<() => void>(), goOn: vi.fn<() => void>() };
  const reveal = vi.fn<(path: string) => void>();
  const there = new Set([PATH]);
  const changed = vi.fn<() => void>();
  const desk = new DownloadDesk({
    now: () => clock.now,
    whyBroken: () => why,
    exists: async (path) => there.has(path),
    reveal,
    changed,
    log: silentLog,
  });
  const coming: ComingFile = {
    path: () => file.path,
    bytesDone: () => file.done,
    bytesTotal: () => file.total,
    mayGoOn: () => file.mayGoOn,
    ...acts,
  };
  const only = () => {
    const [first] = desk.list();
    if (!first) throw new Error('nothing is on the list');
    return first;
  };
  return { clock, file, acts, reveal, there, changed, desk, coming, only };
}

describe('the list', () => {
  it('leaves out what the person is still asked about, and what they cancelled', async () => {
    const { desk, coming, file } = setUp();
    file.path = null;
    const carrier = desk.begin(coming, FROM);
    expect(desk.list()).toEqual([]);
    carrier.ended('stopped');
    file.path = PATH;
    expect(desk.list()).toEqual([]);
  });

  it('tells how far a file is, how fast it comes and how long it will take', () => {
    const { desk, coming, file, clock, only } = setUp();
    const carrier = desk.begin(coming, FROM);
    carrier.advanced();
    clock.now = 2000;
    file.done = 500;
    carrier.advanced();
    expect(only()).toMatchObject({
      name: 'plan.pdf',
      folder: '/home/ana/Téléchargements',
      host: 'agenda.example',
      bytesDone: 500,
      bytesTotal: 1000,
      state: { step: 'running', bytesPerSecond: 250, secondsLeft: 2 },
    });
  });

  it('knows no end of a file whose size no server told', () => {
    const { desk, coming, file, only } = setUp();
    file.total = 0;
    desk.begin(coming, FROM).advanced();
    expect(only()).toMatchObject({ bytesTotal: null, state: { secondsLeft: null } });
  });

  it('keeps the newest fifty, and all that run', () => {
    const { desk, coming } = setUp();
    desk.begin(coming, FROM);
    for (let count = 0; count < 80; count += 1) desk.refuse(`n${count}.exe`, FROM, 'refused');
    expect(desk.list()).toHaveLength(50);
    expect(desk.running).toBe(1);
  });

  it('ends what broke off when it has no more place for it', async () => {
    const { desk, coming, acts, only } = setUp();
    desk.begin(coming, FROM).brokeOff();
    await vi.waitFor(() => expect(only().state.step).toBe('failed'));
    for (let count = 0; count < 49; count += 1) desk.refuse(`n${count}.exe`, FROM, 'refused');
    expect(acts.stop).not.toHaveBeenCalled();
    desk.refuse('one-more.exe', FROM, 'refused');
    expect(acts.stop).toHaveBeenCalledOnce();
  });
});

describe('the end of a file', () => {
  it('is told with where it is: at its place, in another folder, or whole without a place', () => {
    const { desk, coming, only } = setUp();
    const carrier = desk.begin(coming, FROM);
    carrier.ended('unplaced');
    expect(only().state).toEqual({ step: 'failed', problem: 'not-placed', mayGoOn: true });
    carrier.ended('elsewhere');
    expect(only().state).toEqual({ step: 'done', isElsewhere: true });
    carrier.ended('done');
    expect(only().state).toEqual({ step: 'done', isElsewhere: false });
  });

  it('says why it broke off, and whether it may go on', async () => {
    const { desk, coming, acts, only } = setUp(Promise.resolve('disk-full'));
    desk.begin(coming, FROM).brokeOff();
    await vi.waitFor(() =>
      expect(only().state).toEqual({ step: 'failed', problem: 'disk-full', mayGoOn: true }),
    );
    desk.goOn(only().id);
    expect(acts.goOn).toHaveBeenCalledOnce();
  });

  it('says that it broke off also where nobody can tell why', async () => {
    const { desk, coming, only } = setUp(Promise.reject(new Error('no such call')));
    desk.begin(coming, FROM).brokeOff();
    await vi.waitFor(() => expect(only().state).toMatchObject({ step: 'failed', problem: 'broken-off' }));
  });

  it('does not say of a file that goes on again that it broke off', async () => {
    const why = Promise.withResolvers<DownloadProblem>();
    const { desk, coming, changed, only } = setUp(why.promise);
    const carrier = desk.begin(coming, FROM);
    carrier.brokeOff();
    carrier.advanced();
    why.resolve('offline');
    await why.promise;
    await Promise.resolve();
    expect(only().state.step).toBe('running');
    expect(changed).toHaveBeenCalledOnce();
  });
});

describe('what the person does', () => {
  it('shows a file in its folder, unless it is there no more', async () => {
    const { desk, coming, reveal, there, only } = setUp();
    desk.begin(coming, FROM).ended('done');
    await desk.reveal(only().id);
    expect(reveal).toHaveBeenCalledWith(PATH);
    there.clear();
    await expect(desk.reveal(only().id)).rejects.toMatchObject({ about: 'not-found.download' });
  });

  it('forgets a file that broke off and lets go of what came of it, and never stops one by forgetting', async () => {
    const { desk, coming, acts, only } = setUp();
    const carrier = desk.begin(coming, FROM);
    desk.forget(only().id);
    expect(desk.list()).toHaveLength(1);
    expect(acts.stop).not.toHaveBeenCalled();
    carrier.brokeOff();
    await vi.waitFor(() => expect(only().state.step).toBe('failed'));
    desk.forget(only().id);
    expect(desk.list()).toEqual([]);
    expect(acts.stop).toHaveBeenCalledOnce();
  });

  it('empties the list but for what runs', () => {
    const { desk, coming } = setUp();
    desk.begin(coming, FROM);
    desk.refuse('facture.exe', FROM, 'refused');
    desk.forgetEnded();
    expect(desk.list().map(({ name }) => name)).toEqual(['plan.pdf']);
  });

  it('signing out of an account stops what runs of it alone, and leaves what came', () => {
    const { desk, coming, acts } = setUp();
    desk.begin(coming, FROM).ended('done');
    desk.begin(coming, FROM);
    desk.begin(coming, { ...FROM, owner: 'bruno' });
    desk.clear('nadia');
    expect(acts.stop).toHaveBeenCalledOnce();
    expect(desk.list()).toHaveLength(1);
    desk.stopAll();
    expect(acts.stop).toHaveBeenCalledTimes(2);
  });

  it('knows nothing of a download that is not on the list', () => {
    const { desk } = setUp();
    expect(() => desk.stop('00000000-0000-4000-8000-000000000000')).toThrow('not-found.download');
  });
});
