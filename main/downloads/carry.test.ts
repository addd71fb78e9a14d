import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../log/silent.ts';
import { keptInMemory } from '../store/kept.ts';
import type { FinalPlace } from './arrival.ts';
import { type Carrying, carry, type Item } from './carry.ts';
import { DownloadDesk } from './download-desk.ts';
import { takeUpLeftBehind } from './left-behind.ts';
import { NO_PARTS, PartNotes } from './part-notes.ts';

/** Electron's item: once it is done, nothing can be asked of it. */
class FakeItem extends EventEmitter implements Item {
  readonly acts: string[] = [];
  #isDone = false;
  readonly getReceivedBytes = (): number => (this.#isDone ? NaN : 4);
  readonly getTotalBytes = () => 4;
  readonly canResume = () => true;
  readonly pause = () => void this.acts.push('pause');
  readonly resume = () => void this.acts.push('resume');
  readonly cancel = () => this.end('cancelled');
  readonly end = (state: 'completed' | 'cancelled' | 'interrupted') => {
    this.acts.push(state);
    this.emit('done', {}, state);
    this.#isDone = true;
  };
}

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carry-'));
});
afterEach(() => rm(folder, { recursive: true }));

const FROM = { url: 'https://agenda.example/plan.pdf', host: 'agenda.example', owner: 'nadia' };

/** One run of the program; the next has the same `kept`. */
function run(kept = keptInMemory(NO_PARTS)) {
  const desk = new DownloadDesk({
    now: () => 0,
    whyBroken: () => Promise.resolve('broken-off'),
    exists: async (path) => existsSync(path),
    reveal: () => undefined,
    changed: () => undefined,
    log: silentLog,
  });
  const notes = new PartNotes(kept, silentLog);
  const carrying: Carrying = {
    desk,
    notes,
    spareFolder: () => folder,
    mark: () => Promise.resolve(),
    log: silentLog,
  };
  const begin = async (place: Parameters<typeof carry>[0]['place'] = free) => {
    const item = new FakeItem();
    const part = join(folder, 'plan.pdf.3f9a1c20.part');
    await writeFile(part, 'came');
    carry({ item, part, name: 'plan.pdf', from: FROM, place }, carrying);
    return { item, part };
  };
  const first = () => desk.list()[0];
  const stands = (state: object) => vi.waitFor(() => expect(first()?.state).toMatchObject(state));
  return { desk, notes, carrying, kept, begin, first, stands };
}
const free: FinalPlace = {
  kind: 'free',
  name: 'plan.pdf',
  get folder() {
    return folder;
  },
};
const away = (): FinalPlace => ({ kind: 'free', folder: join(folder, 'away'), name: 'plan.pdf' });

describe('a file that came', () => {
  it('is at its place, and nobody has to remember it', async () => {
    const { begin, stands, first, notes } = run();
    const { item } = await begin();
    expect(notes.all()).toHaveLength(1);
    item.end('completed');
    await stands({ step: 'done', isElsewhere: false });
    expect(first()).toMatchObject({ name: 'plan.pdf', bytesDone: 4 });
    expect([await readdir(folder), notes.all()]).toEqual([['plan.pdf'], []]);
  });

  it('that no place takes is told under the name that its bytes have, and may be tried again', async () => {
    const { desk, begin, stands, first, carrying } = run();
    let spare = join(folder, 'away');
    Object.assign(carrying, { spareFolder: () => spare });
    const { item } = await begin(away());
    item.end('completed');
    await stands({ step: 'failed', problem: 'not-placed', mayGoOn: true });
    expect(first()).toMatchObject({ name: 'plan.pdf.3f9a1c20.part', folder });
    spare = folder;
    desk.goOn(first()?.id ?? '');
    await stands({ step: 'done', isElsewhere: true });
    expect(await readFile(join(folder, 'plan.pdf'), 'utf8')).toBe('came');
  });

  it('leaves nothing when it is stopped', async () => {
    const { desk, begin, first, notes } = run();
    await begin();
    desk.stop(first()?.id ?? '');
    await vi.waitFor(() => expect(desk.list()).toEqual([]));
    expect([await readdir(folder), notes.all()]).toEqual([[], []]);
  });
});

describe('while the person is asked', () => {
  it('a file stands still and is on no list; then it goes where they said', async () => {
    const { begin, stands, first } = run();
    const answer = Promise.withResolvers<FinalPlace | null>();
    const { item } = await begin(() => answer.promise);
    expect([item.acts, first()]).toEqual([['pause'], undefined]);
    answer.resolve({ kind: 'chosen', folder, name: 'mon plan.pdf' });
    await stands({ step: 'running' });
    expect(item.acts).toEqual(['pause', 'resume']);
    item.end('completed');
    await stands({ step: 'done' });
    expect(await readdir(folder)).toEqual(['mon plan.pdf']);
  });

  it('what was whole already waits for the answer; nothing stays of it when they cancel', async () => {
    const { begin, first, notes } = run();
    const answer = Promise.withResolvers<FinalPlace | null>();
    const { item } = await begin(() => answer.promise);
    item.end('completed');
    expect(await readdir(folder)).toHaveLength(1);
    answer.resolve(null);
    await vi.waitFor(async () => expect(await readdir(folder)).toEqual([]));
    expect([first(), notes.all()]).toEqual([undefined, []]);
  });

  it('one that broke off meanwhile is told of once it has a place', async () => {
    const { begin, stands } = run();
    const answer = Promise.withResolvers<FinalPlace | null>();
    const { item } = await begin(() => answer.promise);
    item.end('interrupted');
    answer.resolve({ kind: 'chosen', folder, name: 'plan.pdf' });
    await stands({ step: 'failed', problem: 'broken-off' });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('after the program ended', () => {
  it('what was cut off is removed and told of, after a crash and after a quiet end', async () => {
    const before = run();
    const { part } = await before.begin();
    const crashed = run(before.kept);
    await takeUpLeftBehind(crashed.carrying);
    expect(crashed.first()).toMatchObject({
      name: 'plan.pdf',
      state: { problem: 'program-ended', mayGoOn: false },
    });
    expect([existsSync(part), crashed.notes.all()]).toEqual([false, []]);

    await crashed.begin();
    await crashed.notes.close();
    crashed.desk.stopAll();
    await vi.waitFor(() => expect(existsSync(part)).toBe(false));
    const quit = run(before.kept);
    await takeUpLeftBehind(quit.carrying);
    expect(quit.first()?.state).toMatchObject({ problem: 'program-ended' });
  });

  it('what was whole and had no place gets it', async () => {
    const before = run();
    Object.assign(before.carrying, { spareFolder: () => join(folder, 'away') });
    const { item } = await before.begin(away());
    item.end('completed');
    await before.stands({ problem: 'not-placed' });
    await mkdir(join(folder, 'away'));
    const next = run(before.kept);
    await takeUpLeftBehind(next.carrying);
    expect(next.first()).toMatchObject({ name: 'plan.pdf', bytesDone: 4, state: { step: 'done' } });
    expect([await readdir(join(folder, 'away')), next.notes.all()]).toEqual([['plan.pdf'], []]);
  });

  it('what lies on a disk that is away waits for another start', async () => {
    const before = run();
    await before.begin();
    await rm(folder, { recursive: true });
    const next = run(before.kept);
    await takeUpLeftBehind(next.carrying);
    expect([next.first(), next.notes.all().length]).toEqual([undefined, 1]);
    await mkdir(folder);
  });
});
