import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Surroundings } from './api.ts';
import { atDesk } from './conduct.ts';
import { RemoteFailure } from './model/failures.ts';
import { Scene } from './testing/scene.ts';

const hour = 3_600_000;
const minute = 60_000;
const desk = atDesk.surroundings;
const away: Surroundings = { ...desk, attention: 'background' };
const offline: Surroundings = { ...desk, network: { kind: 'offline' } };

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
});
afterEach(() => scene.pair.stop());

describe('an idle hour asks the server', () => {
  const idleHour = async (...surroundings: readonly Surroundings[]): Promise<number> => {
    scene.pair.start();
    await scene.clock.pass(minute);
    for (const each of surroundings) scene.pair.setSurroundings(each);
    await scene.clock.pass(minute);
    return scene.requestsIn(hour);
  };

  test('every 30 s at first, then every 2 min, with somebody before the program', async () => {
    scene.pair.start();
    await scene.clock.pass(0);
    expect(await scene.requestsIn(5 * minute)).toBe(10);
    expect(await scene.requestsIn(hour)).toBe(31);
    expect(await scene.requestsIn(hour)).toBe(30);
  });

  test('every 5 min in the background', async () => {
    expect(await idleHour(away)).toBe(12);
  });

  test('every 10 min when the server tells of changes', async () => {
    scene.pair.start();
    await scene.clock.pass(minute);
    scene.tellThere('live');
    await scene.clock.pass(minute);
    expect(await scene.requestsIn(hour)).toBe(6);
  });

  test('never when offline', async () => {
    expect(await idleHour(offline)).toBe(0);
    expect(scene.pair.state()).toEqual({ kind: 'offline', code: 'unreachable' });
  });

  test('never while it is paused by a rule, although the disk tells of changes', async () => {
    scene.pair.setRules({ pauseOnBattery: 'always', pauseOnMetered: false });
    expect(await idleHour({ ...desk, power: { kind: 'battery' } })).toBe(0);
    scene.write('a', 'a');
    scene.tellHere('changed');
    expect(await scene.requestsIn(hour)).toBe(0);
    expect(scene.pair.state()).toEqual({ kind: 'paused', reason: 'battery' });
  });

  test('a server on this computer is asked without a line', async () => {
    await scene.pair.stop();
    scene = new Scene({ url: 'http://localhost:8080/' });
    expect(await idleHour(offline)).toBeGreaterThan(20);
  });
});

describe('a look at once', () => {
  beforeEach(async () => {
    scene.pair.start();
    scene.pair.setSurroundings(away);
    await scene.clock.pass(3 * hour);
  });

  test.each<[string, Surroundings]>([
    ['when somebody comes to the program', desk],
    ['when the computer woke', { ...away, wokeAt: 1 }],
    ['when the line is another', { ...away, network: { kind: 'online', line: 'vpn' } }],
  ])('%s', async (_, surroundings) => {
    scene.pair.setSurroundings(surroundings);
    expect(await scene.requestsIn(1000)).toBe(1);
  });

  test('when the line is back, and what was written meanwhile leaves', async () => {
    scene.pair.setSurroundings(offline);
    scene.write('a', 'written offline');
    scene.tellHere('changed');
    expect(await scene.requestsIn(hour)).toBe(0);
    scene.pair.setSurroundings(away);
    await scene.clock.pass(5000);
    expect(scene.server.find('a')).toBeDefined();
  });

  test('not when the battery sinks, and the next look is when it would have been', async () => {
    const sinking = (level: number): Surroundings => ({ ...away, power: { kind: 'battery', level } });
    let asked = 0;
    for (let step = 0; step < 60; step += 1) {
      scene.pair.setSurroundings(sinking(0.9 - step / 100));
      asked += await scene.requestsIn(minute);
    }
    expect(asked).toBe(12);
  });

  test('with the old pace again afterwards, when the server stopped telling', async () => {
    scene.pair.setSurroundings(desk);
    scene.tellThere('live');
    await scene.clock.pass(3 * minute);
    expect(await scene.requestsIn(5 * minute)).toBe(0);
    scene.tellThere('lost');
    expect(await scene.requestsIn(5 * minute)).toBeGreaterThan(5);
  });
});

describe('a swarm of hints', () => {
  test('is one look, and starts within two seconds however long it lasts', async () => {
    scene.pair.start();
    await scene.clock.pass(1000);
    let asked = 0;
    for (let step = 0; step < 20; step += 1) {
      scene.tellHere('changed');
      asked += await scene.requestsIn(100);
    }
    expect(asked).toBe(1);
  });
});

describe('a pause by a rule', () => {
  beforeEach(async () => {
    scene.pair.setRules({ pauseOnBattery: 'low', pauseOnMetered: true });
    scene.pair.setSurroundings({ ...desk, power: { kind: 'battery', level: 0.1 } });
    scene.write('a', 'a');
    scene.pair.start();
    await scene.clock.pass(hour);
  });

  test('ends when the reason does', async () => {
    scene.pair.setSurroundings(desk);
    await scene.clock.pass(10_000);
    expect(scene.server.find('a')).toBeDefined();
    expect(scene.pair.state()).toMatchObject({ kind: 'idle' });
  });

  test('is overruled by a person until the reason is gone', async () => {
    scene.pair.overrule();
    await scene.clock.pass(10_000);
    expect(scene.server.find('a')).toBeDefined();
    scene.pair.setSurroundings(desk);
    scene.pair.setSurroundings({ ...desk, metered: true });
    expect(scene.pair.state()).toEqual({ kind: 'paused', reason: 'metered' });
  });

  test('is not ended by resuming what nobody paused', async () => {
    scene.pair.pause();
    expect(scene.pair.state()).toMatchObject({ reason: 'person' });
    scene.pair.resume();
    await scene.clock.pass(hour);
    expect(scene.pair.state()).toMatchObject({ reason: 'battery' });
  });
});

describe('a server that does not do its work', () => {
  const fail = async (failure: RemoteFailure): Promise<void> => {
    scene.pair.start();
    await scene.clock.pass(1000);
    scene.fails = () => failure;
    scene.pair.syncNow();
    await scene.clock.pass(1000);
    scene.requests = 0;
  };

  test('is tried again after 10 s, then ever more seldom, at least every 5 min', async () => {
    await fail(new RemoteFailure('unreachable'));
    expect(await scene.requestsIn(10 * minute)).toBe(5);
    expect(await scene.requestsIn(hour)).toBe(12);
  });

  test('is not asked more often because the disk tells of changes', async () => {
    await fail(new RemoteFailure('unreachable'));
    let asked = 0;
    for (let step = 0; step < 600; step += 1) {
      scene.tellHere('changed');
      asked += await scene.requestsIn(1000);
    }
    expect(asked).toBe(5);
  });

  test('is asked at once when the line is another', async () => {
    await fail(new RemoteFailure('unreachable'));
    await scene.clock.pass(hour);
    scene.pair.setSurroundings({ ...desk, network: { kind: 'online', line: 'vpn' } });
    expect(await scene.requestsIn(1000)).toBe(1);
  });

  test.each<[string, RemoteFailure, number]>([
    ['maintenance', new RemoteFailure('maintenance', { status: 503, retryAfter: '900' }), 15],
    ['too many requests', new RemoteFailure('unavailable', { status: 429, retryAfter: '900' }), 15],
    [
      'a date to come back at',
      new RemoteFailure('unavailable', { retryAfter: new Date(1_800_000_902_000).toUTCString() }),
      15,
    ],
    ['no end in sight', new RemoteFailure('maintenance', { retryAfter: '99999999' }), 60],
  ])('and says when to come back is left alone until then: %s', async (_, failure, minutes) => {
    await fail(failure);
    expect(scene.pair.state()).toMatchObject({ kind: 'offline' });
    let asked = 0;
    for (let step = 1; step < minutes; step += 1) {
      scene.tellHere('changed');
      scene.tellThere('live');
      scene.pair.setSurroundings({ ...desk, wokeAt: step });
      asked += await scene.requestsIn(minute);
    }
    expect(asked).toBe(0);
    expect(await scene.requestsIn(minutes * minute)).toBeGreaterThan(0);
  });

  test('but for a person who asks', async () => {
    await fail(new RemoteFailure('maintenance', { retryAfter: '900' }));
    scene.pair.syncNow();
    expect(await scene.requestsIn(1000)).toBe(1);
  });

  test.each(['soon', '-5', '0', ''])('and says %j about when is tried again as usual', async (retryAfter) => {
    await fail(new RemoteFailure('unavailable', { retryAfter }));
    expect(await scene.requestsIn(10 * minute)).toBe(5);
  });

  test('for want of a valid password is asked once, until there is another', async () => {
    await fail(new RemoteFailure('unauthorised'));
    expect(scene.pair.state()).toEqual({ kind: 'signedOut' });
    scene.states.length = 0;
    for (let step = 0; step < 60; step += 1) {
      scene.tellHere('changed');
      scene.pair.setSurroundings({ ...desk, wokeAt: step });
      await scene.clock.pass(minute);
    }
    expect(scene.requests).toBe(0);
    expect(scene.states).toEqual([]);
    scene.fails = () => undefined;
    scene.pair.setPassword('another');
    await scene.clock.pass(1000);
    expect(scene.pair.state()).toMatchObject({ kind: 'idle' });
  });
});
