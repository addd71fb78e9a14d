import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../log/silent.ts';
import { Supervisor } from './supervisor.ts';
import { TestChild } from './testing-child.ts';

const PACE = { firstMs: 100, mostMs: 350, wellAfterMs: 10_000 };

describe('the supervisor', () => {
  let children: TestChild[];
  const trash = vi.fn<(path: string) => Promise<void>>(() => Promise.resolve());
  let supervisor: Supervisor;
  const last = (): TestChild => children.at(-1) ?? new TestChild();

  beforeEach(async () => {
    vi.useFakeTimers();
    children = [];
    const spawn = () => {
      children.push(new TestChild());
      return last();
    };
    supervisor = new Supervisor(spawn, trash, silentLog, { pace: PACE });
    await supervisor.begin();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('answers how a conflict copy is called', async () => {
    const child = new TestChild();
    const labelFor = (pair: string, path: string) => Promise.resolve(`of ${pair} ${path}`);
    const asking = new Supervisor(() => child, trash, silentLog, { pace: PACE, labelFor });
    await asking.begin();
    child.say({ kind: 'label', id: 7, pair: 'a', path: 'plan.txt' });
    await vi.waitFor(() => expect(child.sent).toEqual([{ labelled: 7, label: 'of a plan.txt' }]));
    last().say({ kind: 'label', id: 8, pair: 'a', path: 'plan.txt' });
    await vi.waitFor(() => expect(last().sent).toEqual([{ labelled: 8, label: null }]));
  });

  it('has the usual words when nobody finds out how a copy is called', async () => {
    const child = new TestChild();
    const labelFor = () => Promise.reject(new Error('no answer'));
    const asking = new Supervisor(() => child, trash, silentLog, { pace: PACE, labelFor });
    await asking.begin();
    child.say({ kind: 'label', id: 7, pair: 'a', path: 'plan.txt' });
    await vi.waitFor(() => expect(child.sent).toEqual([{ labelled: 7, label: null }]));
  });

  it('begins with the first command, when it is calm', async () => {
    const calm = Promise.withResolvers<void>();
    const spawned = vi.fn<() => TestChild>(() => new TestChild());
    const patient = new Supervisor(spawned, trash, silentLog, { calm: calm.promise });
    await Promise.resolve();
    const first = patient.run({ type: 'syncNow', pair: 'a' });
    const second = patient.run({ type: 'syncNow', pair: 'b' });
    expect(spawned).not.toHaveBeenCalled();
    calm.resolve();
    await patient.begin();
    const child = spawned.mock.results[0]?.value;
    expect(spawned).toHaveBeenCalledOnce();
    child?.say({ kind: 'answer', id: 2, ok: true, value: 'second' });
    child?.say({ kind: 'answer', id: 1, ok: true, value: 'first' });
    expect(await Promise.all([first, second])).toEqual(['first', 'second']);
  });

  it('begins nothing that nobody needs, nor after its end', async () => {
    const calm = Promise.withResolvers<void>();
    const spawned = vi.fn<() => TestChild>(() => new TestChild());
    const patient = new Supervisor(spawned, trash, silentLog, { calm: calm.promise });
    const late = patient.run({ type: 'syncNow', pair: 'a' });
    await patient.stop();
    calm.resolve();
    await expect(late).rejects.toMatchObject({ code: 'died' });
    expect(spawned).not.toHaveBeenCalled();
  });

  it('gives each command its answer, its progress and its refusal', async () => {
    const progress = vi.fn<() => void>();
    const first = supervisor.run({ type: 'syncNow', pair: 'a' }, progress);
    const second = supervisor.run({ type: 'list', pair: 'b', folder: '' });
    last().say({ kind: 'progress', id: 1, bytesDone: 5, bytesTotal: 10 });
    last().say({ kind: 'answer', id: 2, ok: false, code: 'unknownPair', detail: 'b' });
    last().say({ kind: 'answer', id: 1, ok: true, value: 7 });
    expect(await first).toBe(7);
    expect(progress).toHaveBeenCalledWith(5, 10);
    await expect(second).rejects.toMatchObject({ code: 'unknownPair' });
    expect(last().sent).toEqual([
      { id: 1, command: { type: 'syncNow', pair: 'a' } },
      { id: 2, command: { type: 'list', pair: 'b', folder: '' } },
    ]);
  });

  it('passes events on and lets nothing else through', () => {
    const heard = vi.fn<() => void>();
    supervisor.onEvent(heard);
    const event = { type: 'solved', pair: 'a', at: 1, path: 'x' };
    last().say({ kind: 'event', event });
    last().say({ kind: 'event', event: 'x' });
    last().say({ kind: 'format-disk' });
    last().say(null);
    expect(heard.mock.calls).toEqual([[event]]);
  });

  it('puts into the trash what the engine removes, and says when it could not', async () => {
    last().say({ kind: 'trash', id: 3, path: '/home/c/Traboule/a.txt' });
    await vi.waitFor(() => expect(last().sent).toEqual([{ trashed: 3, ok: true }]));
    expect(trash).toHaveBeenCalledWith('/home/c/Traboule/a.txt');
    trash.mockRejectedValueOnce(new Error('no trash'));
    last().say({ kind: 'trash', id: 4, path: '/home/c/Traboule/b.txt' });
    await vi.waitFor(() => expect(last().sent.at(-1)).toEqual({ trashed: 4, ok: false }));
  });

  it('starts a process that died again, later each time, and says that it is fresh', async () => {
    const fresh = vi.fn<() => void>();
    supervisor.onFresh(fresh);
    const waiting = supervisor.run({ type: 'syncNow', pair: 'a' });
    last().exit(1);
    await expect(waiting).rejects.toMatchObject({ code: 'died' });
    await expect(supervisor.run({ type: 'syncNow', pair: 'a' })).rejects.toMatchObject({ code: 'died' });
    const pauses: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      const started = Date.now();
      while (children.length === n + 1) vi.advanceTimersByTime(10);
      pauses.push(Date.now() - started);
      last().exit(1);
    }
    expect(pauses).toEqual([100, 200, 350, 350]);
    expect(fresh).toHaveBeenCalledTimes(4);
  });

  it('forgives a death after a long life', () => {
    last().exit(1);
    vi.advanceTimersByTime(100);
    vi.advanceTimersByTime(PACE.wellAfterMs);
    last().exit(1);
    vi.advanceTimersByTime(100);
    expect(children).toHaveLength(3);
  });

  it('lets the engine close, kills it when that takes too long, and starts none after it', async () => {
    const stopped = supervisor.stop();
    expect(last().sent).toEqual(['close']);
    last().exit(0);
    await stopped;
    expect(vi.getTimerCount()).toBe(0);

    const other = new Supervisor(() => last(), trash, silentLog, { pace: PACE });
    await other.begin();
    const late = other.stop();
    await vi.advanceTimersByTimeAsync(6000);
    await late;
    expect(last().killed).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends also when the process can’t be killed, as one that waits for a drive that hangs', async () => {
    const immortal = new TestChild();
    vi.spyOn(immortal, 'kill').mockImplementation(() => undefined);
    const other = new Supervisor(() => immortal, trash, silentLog, { pace: PACE });
    await other.begin();
    const stopped = other.stop();
    await vi.advanceTimersByTimeAsync(6000);
    await stopped;
    expect(immortal.kill).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });
});
