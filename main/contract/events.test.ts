import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../log/silent.ts';
import { createEvents, type Deliver } from './events.ts';

const attention = (n: number) => ({ focused: n % 2 === 0, visible: n % 3 === 0 });

describe('events', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('sends every one of an event that is not coalesced', () => {
    const deliver = vi.fn<Deliver>();
    const events = createEvents(deliver, silentLog, true);
    for (let n = 0; n < 20; n += 1) events.send('app', 'command', { command: 'search' });
    expect(deliver).toHaveBeenCalledTimes(20);
    expect(deliver).toHaveBeenLastCalledWith('app', 'app.command', { command: 'search' });
  });

  it('sends at most ten a second of a coalesced one, and always the last', () => {
    const deliver = vi.fn<Deliver>();
    const events = createEvents(deliver, silentLog, true);
    for (let n = 0; n < 1000; n += 1) {
      events.send('app', 'attention', attention(n));
      vi.advanceTimersByTime(1);
    }
    vi.advanceTimersByTime(1000);
    expect(deliver.mock.calls.length).toBeLessThanOrEqual(11);
    expect(deliver).toHaveBeenLastCalledWith('app', 'app.attention', attention(999));
    expect(vi.getTimerCount()).toBe(0);
  });

  it('keeps apart what is told of one thing and of another', () => {
    const deliver = vi.fn<Deliver>();
    const events = createEvents(deliver, silentLog, true);
    const transfers = Array.from({ length: 3 }, () => crypto.randomUUID());
    const at = (transferId: string, bytesDone: number) => ({
      transferId,
      salonId: '!a',
      path: 'plan.pdf',
      size: 9,
      step: { step: 'copying' as const, bytesDone },
    });
    for (let n = 0; n < 100; n += 1) for (const id of transfers) events.send('files', 'transfer', at(id, n));
    vi.advanceTimersByTime(100);
    expect(deliver).toHaveBeenCalledTimes(6);
    for (const id of transfers) expect(deliver).toHaveBeenCalledWith('app', 'files.transfer', at(id, 99));
  });

  it('never sends what breaks the contract', () => {
    const deliver = vi.fn<Deliver>();
    // @ts-expect-error what the compiler refuses may still come from elsewhere
    const wrong: { command: 'search' } = { command: 'format-disk' };
    createEvents(deliver, silentLog, false).send('app', 'command', wrong);
    expect(deliver).not.toHaveBeenCalled();
    expect(() => createEvents(deliver, silentLog, true).send('app', 'command', wrong)).toThrow('app.command');
  });

  it('that wait can be dropped, without a timer left, and later ones go on', () => {
    const deliver = vi.fn<Deliver>();
    const events = createEvents(deliver, silentLog, true);
    events.send('app', 'attention', attention(1));
    events.send('app', 'attention', attention(2));
    events.dropWaiting();
    expect(vi.getTimerCount()).toBe(0);
    events.send('app', 'attention', attention(3));
    expect(deliver.mock.calls.map(([, , payload]) => payload)).toEqual([attention(1), attention(3)]);
  });
});
