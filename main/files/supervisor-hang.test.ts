import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../log/silent.ts';
import { Supervisor } from './supervisor.ts';
import { TestChild } from './testing-child.ts';

const PACE = { firstMs: 100, mostMs: 350, wellAfterMs: 10_000 };

describe('a process that hangs', () => {
  let children: TestChild[];
  const last = (): TestChild => children.at(-1) ?? new TestChild();
  const pulse = { everyMs: 100, mostMissed: 3 };
  const state = (pair: string, kind: string) => ({
    kind: 'event',
    event: { type: 'state', pair, at: 1, state: { kind } },
  });
  const config = (id: string) => ({
    id,
    remote: { url: 'https://cloud.example/', user: 'a', loginName: 'a', password: 'p', rootPath: '/' },
    localDir: `/home/a/${id}`,
    journalPath: `/home/a/${id}.db`,
    options: { conflictLabel: 'copy', unwanted: [], ignore: [] },
  });
  const pulses = (child: TestChild) =>
    child.sent.filter((each) => typeof each === 'object' && each !== null && 'pulse' in each);
  let watching: Supervisor;
  beforeEach(async () => {
    vi.useFakeTimers();
    children = [];
    const spawn = () => {
      children.push(new TestChild());
      return last();
    };
    watching = new Supervisor(spawn, () => Promise.resolve(), silentLog, { pace: PACE, pulse });
    await watching.begin();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('gives way to another one, in which those that were at work are suspects', async () => {
    const fresh = vi.fn<() => void>();
    watching.onFresh(fresh);
    const hung = last();
    hung.say(state('stuck', 'scanning'));
    hung.say(state('calm', 'idle'));
    const asked = watching.run({ type: 'list', pair: 'listed', folder: '' });
    vi.advanceTimersByTime(pulse.everyMs * 4);
    expect(hung.killed).toBe(true);
    await expect(asked).rejects.toMatchObject({ code: 'died' });
    vi.advanceTimersByTime(PACE.firstMs);
    expect(fresh).toHaveBeenCalledOnce();
    for (const id of ['stuck', 'calm', 'listed'])
      void watching.run({ type: 'open', config: config(id) }).catch(() => undefined);
    expect(last().sent).toMatchObject([
      { command: { isSuspect: true } },
      { command: { config: { id: 'calm' } } },
      { command: { isSuspect: true } },
    ]);
    expect(last().sent[1]).not.toHaveProperty('command.isSuspect');
  });

  it('does so also when it can’t be killed, and hears no more of it', () => {
    const hung = last();
    vi.spyOn(hung, 'kill').mockImplementation(() => undefined);
    const heard = vi.fn<() => void>();
    hung.say(state('stuck', 'scanning'));
    watching.onEvent(heard);
    const before = children.length;
    vi.advanceTimersByTime(pulse.everyMs * 4 + 1000 + PACE.firstMs);
    expect(children).toHaveLength(before + 1);
    hung.say(state('stuck', 'idle'));
    hung.exit(0);
    expect(heard).not.toHaveBeenCalled();
    vi.advanceTimersByTime(60_000);
    expect(children).toHaveLength(before + 1);
  });

  it('lets one be that answers, and asks none that is at rest or has said nothing yet', () => {
    vi.advanceTimersByTime(10_000);
    last().say(state('a', 'syncing'));
    for (let turn = 1; turn <= 20; turn += 1) {
      vi.advanceTimersByTime(pulse.everyMs * 2);
      last().say({ kind: 'pulse', id: pulses(last()).length });
    }
    const asked = pulses(last()).length;
    last().say(state('a', 'idle'));
    vi.advanceTimersByTime(10_000);
    expect([last().killed, pulses(last()).length]).toEqual([false, asked]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
