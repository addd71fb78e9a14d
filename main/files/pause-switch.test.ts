import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PauseSwitch } from './pause-switch.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const HOUR_MS = 3_600_000;

function folders(
  state: { paused: boolean; pausedUntil: number | null } = { paused: false, pausedUntil: null },
) {
  return {
    now: () => state.paused,
    overview: () => state,
    setPaused: async (paused: boolean, pausedUntil: number | null) => {
      state = { paused, pausedUntil };
    },
  };
}
const unexpected = (error: unknown): never => {
  throw error;
};

describe('a pause', () => {
  it('of an hour ends after an hour, not before', async () => {
    const those = folders();
    const pause = new PauseSwitch(those, unexpected);
    await pause.set(true, 60);
    await vi.advanceTimersByTimeAsync(HOUR_MS - 1);
    expect(those.now()).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    expect(those.now()).toBe(false);
  });

  it('without an end lasts until it is ended', async () => {
    const those = folders();
    const pause = new PauseSwitch(those, unexpected);
    await pause.set(true, 60);
    await pause.set(true, null);
    await vi.advanceTimersByTimeAsync(48 * HOUR_MS);
    expect(those.now()).toBe(true);
    await pause.set(false, null);
    expect(those.now()).toBe(false);
  });

  it('that the person ended is not ended once more', async () => {
    const those = folders();
    const pause = new PauseSwitch(those, unexpected);
    await pause.set(true, 60);
    await pause.set(false, null);
    await pause.set(true, null);
    await vi.advanceTimersByTimeAsync(2 * HOUR_MS);
    expect(those.now()).toBe(true);
  });

  it('goes on over a restart for the rest of its time, and ends at once when that is over', async () => {
    const those = folders({ paused: true, pausedUntil: Date.now() + 1000 });
    new PauseSwitch(those, unexpected).begin();
    await vi.advanceTimersByTimeAsync(1000);
    expect(those.now()).toBe(false);
    const late = folders({ paused: true, pausedUntil: Date.now() - HOUR_MS });
    new PauseSwitch(late, unexpected).begin();
    await vi.advanceTimersByTimeAsync(0);
    expect(late.now()).toBe(false);
  });

  it('that ended while the computer slept ends soon after it woke', async () => {
    const those = folders();
    const pause = new PauseSwitch(those, unexpected);
    await pause.set(true, 60);
    await vi.advanceTimersByTimeAsync(1000);
    vi.setSystemTime(Date.now() + 8 * HOUR_MS);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(those.now()).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });
});
