import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SessionBus, SignalRule } from './bus.ts';
import { KeptBus } from './kept-bus.ts';

// Buses that come and go as a session's do; the clock is turned by hand.
const RULE: SignalRule = { service: 'a.b', interface: 'a.b', member: 'Changed' };
const SECOND = 1000;

class Desktop {
  /** How many buses were opened, and how many of them are still. */
  opened = 0;
  open = 0;
  isThere = true;
  takesRules = true;
  rules = 0;
  tell: (body: readonly unknown[]) => void = () => undefined;
  lose: () => void = () => undefined;

  readonly connect = (onLost: () => void): Promise<SessionBus> => {
    this.opened += 1;
    if (!this.isThere) return Promise.reject(new Error('no bus'));
    this.open += 1;
    this.lose = () => {
      this.open -= 1;
      onLost();
    };
    return Promise.resolve({
      call: () => Promise.resolve([this.opened]),
      hear: (_rule, listener) => {
        this.tell = listener;
        this.rules += 1;
        return this.takesRules ? Promise.resolve() : Promise.reject(new Error('no rules'));
      },
      close: () => {
        this.open -= 1;
        return Promise.resolve();
      },
    });
  };
}

let desktop: Desktop;
let bus: KeptBus;
beforeEach(() => {
  vi.useFakeTimers();
  desktop = new Desktop();
  bus = new KeptBus(desktop.connect);
});
afterEach(async () => {
  await bus.close();
  vi.useRealTimers();
});

test('after it was lost it is opened again by itself, and what was heard is heard again', async () => {
  const heard: unknown[] = [];
  const reopened = vi.fn<() => void>();
  await bus.hear(RULE, (body) => heard.push(body));
  bus.onReopened(reopened);
  desktop.lose();
  expect(desktop.open).toBe(0);
  await vi.advanceTimersByTimeAsync(SECOND);
  desktop.tell(['again']);
  expect(heard).toEqual([['again']]);
  expect(reopened).toHaveBeenCalledOnce();
  expect(desktop.open).toBe(1);
});

test('while there is none it is tried less and less often, once a minute at the least', async () => {
  await bus.hear(RULE, () => undefined);
  desktop.isThere = false;
  desktop.lose();
  const before = desktop.opened;
  await vi.advanceTimersByTimeAsync(63 * SECOND);
  expect(desktop.opened - before).toBe(6);
  await vi.advanceTimersByTimeAsync(600 * SECOND);
  expect(desktop.opened - before).toBe(16);
  desktop.isThere = true;
  await vi.advanceTimersByTimeAsync(60 * SECOND);
  expect(desktop.open).toBe(1);
  await vi.advanceTimersByTimeAsync(600 * SECOND);
  expect(desktop.opened - before).toBe(17);
});

test('one that takes no rules is closed again', async () => {
  await bus.hear(RULE, () => undefined);
  desktop.takesRules = false;
  desktop.lose();
  await vi.advanceTimersByTimeAsync(SECOND);
  expect(desktop.opened).toBe(2);
  expect(desktop.open).toBe(0);
});

test('a rule that was refused is not heard later', async () => {
  desktop.takesRules = false;
  await expect(bus.hear(RULE, () => undefined)).rejects.toThrow('no rules');
  desktop.takesRules = true;
  desktop.lose();
  await bus.call({ service: 'a.b', path: '/', interface: 'a.b', member: 'Get' });
  expect(desktop.rules).toBe(1);
});

test('where nothing is heard a lost bus waits for the next call', async () => {
  const asked = { service: 'a.b', path: '/', interface: 'a.b', member: 'Get' };
  expect(await bus.call(asked)).toEqual([1]);
  desktop.lose();
  await vi.advanceTimersByTimeAsync(600 * SECOND);
  expect(desktop.opened).toBe(1);
  expect(await bus.call(asked)).toEqual([2]);
});

test('a closed one stays closed', async () => {
  await bus.hear(RULE, () => undefined);
  desktop.lose();
  await bus.close();
  await vi.advanceTimersByTimeAsync(600 * SECOND);
  expect(desktop.opened).toBe(1);
});
