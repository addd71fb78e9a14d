import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../log/silent.ts';
import { Arrival, type FinalPlace } from './arrival.ts';

let folder = '';
let part = '';
let marked: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arrival-'));
  part = join(folder, 'plan.pdf.3f9a1c20.part');
  await writeFile(part, 'came');
  marked = [];
});
afterEach(() => rm(folder, { recursive: true }));

/** Notes what was there when the mark was put. */
const mark = async (path: string): Promise<void> => {
  marked.push(`${path}: ${(await readdir(folder)).join(', ')}`);
};
const arrive = (place: FinalPlace, spare = folder, putMark = mark) =>
  new Arrival({ part, place, spareFolder: () => spare, mark: putMark, log: silentLog });
const free = (to = folder): FinalPlace => ({ kind: 'free', folder: to, name: 'plan.pdf' });
const chosen = (to = folder): FinalPlace => ({ kind: 'chosen', folder: to, name: 'plan.pdf' });

describe('a file that came whole', () => {
  it('is marked before anything has its final name', async () => {
    const arrival = arrive(free());
    expect(await arrival.land()).toBe(true);
    expect(marked).toEqual([`${part}: plan.pdf.3f9a1c20.part`]);
    expect(arrival).toMatchObject({ path: join(folder, 'plan.pdf'), isElsewhere: false });
  });

  it('has its name also where the disk holds no mark', async () => {
    const arrival = arrive(free(), folder, () => Promise.reject(new Error('EINVAL')));
    expect(await arrival.land()).toBe(true);
    expect(await readFile(arrival.path, 'utf8')).toBe('came');
  });

  it('replaces only what the person was asked about', async () => {
    await writeFile(join(folder, 'plan.pdf'), 'mine');
    const numbered = arrive(free());
    await numbered.land();
    expect(numbered.path).toBe(join(folder, 'plan (1).pdf'));
    expect(await readFile(join(folder, 'plan.pdf'), 'utf8')).toBe('mine');
    await writeFile(part, 'came again');
    await arrive(chosen()).land();
    expect(await readFile(join(folder, 'plan.pdf'), 'utf8')).toBe('came again');
  });

  it('goes over to another disk under another name, with its mark', async () => {
    const other = await mkdtemp('/dev/shm/arrival-');
    // Somebody's own file, called as a copy might be.
    await writeFile(join(other, 'plan.pdf.part'), 'mine');
    const arrival = arrive(chosen(other));
    expect(await arrival.land()).toBe(true);
    expect(marked).toHaveLength(2);
    expect(marked[1]).toMatch(/^\/dev\/shm\/arrival-\w+\/plan\.pdf\.[\da-f]{8}\.part: /);
    expect(await readFile(arrival.path, 'utf8')).toBe('came');
    expect((await readdir(other)).toSorted()).toEqual(['plan.pdf', 'plan.pdf.part']);
    expect(await readFile(join(other, 'plan.pdf.part'), 'utf8')).toBe('mine');
    expect(await readdir(folder)).toEqual([]);
    await rm(other, { recursive: true });
  });

  it('goes to the folder for downloads, and says so, when the place that was chosen can’t take it', async () => {
    const arrival = arrive(chosen(join(folder, 'stick that is away')));
    expect(await arrival.land()).toBe(true);
    expect(arrival).toMatchObject({ path: join(folder, 'plan.pdf'), isElsewhere: true });
  });

  it('keeps all its bytes where they are while no place takes it, and may be tried again', async () => {
    const away = join(folder, 'away');
    let spare = away;
    const arrival = new Arrival({
      part,
      place: free(away),
      spareFolder: () => spare,
      mark,
      log: silentLog,
    });
    expect(await arrival.land()).toBe(false);
    expect(arrival.path).toBe(part);
    expect(await readFile(part, 'utf8')).toBe('came');
    spare = folder;
    expect(await arrival.land()).toBe(true);
    expect(await readFile(arrival.path, 'utf8')).toBe('came');
  });
});
