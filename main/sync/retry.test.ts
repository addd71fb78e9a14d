import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RemoteFailure, type RemoteFailureCode } from './model/failures.ts';
import { Scene } from './testing/scene.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** When a file was tried, in seconds since the first time. */
class Tries {
  readonly #scene: Scene;
  readonly #path: string;
  readonly #at: number[] = [];
  failure: RemoteFailure | undefined;

  constructor(scene: Scene, path: string, code: RemoteFailureCode) {
    this.#scene = scene;
    this.#path = path;
    this.failure = new RemoteFailure(code);
  }

  readonly fails = (operation: string, path: string): RemoteFailure | undefined => {
    if (path !== this.#path || (operation !== 'upload' && operation !== 'download')) return undefined;
    this.#at.push(this.#scene.clock.now());
    return this.failure;
  };

  get seconds(): number[] {
    const [first = 0] = this.#at;
    return this.#at.map((at) => Math.round((at - first) / second));
  }

  /** Seconds from one to the next. */
  get waits(): number[] {
    return this.seconds.slice(1).map((at, index) => at - (this.seconds[index] ?? 0));
  }
}

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
});
afterEach(() => scene.pair.stop());

async function written(...paths: readonly string[]): Promise<void> {
  for (const path of paths) scene.write(path, `content of ${path}`);
  await scene.clock.pass(3 * second);
}

describe('a file that fails again and again', () => {
  test('is tried after 25 s, then five times as long each time, at last once a day', async () => {
    await written('a.txt', 'b.txt');
    const tries = new Tries(scene, 'a.txt', 'locked');
    scene.fails = tries.fails;
    scene.pair.start();
    await scene.clock.pass(5 * 24 * hour);
    expect(tries.waits).toEqual([25, 125, 625, 3125, 15_625, 78_125, 86_400, 86_400, 86_400]);
    expect(scene.server.find('b.txt')).toBeDefined();
    expect(scene.pair.problems()).toMatchObject([{ path: 'a.txt', kept: 'here' }]);
  });

  test.each(['forbidden', 'serverError', 'tooLarge', 'nameRefused', 'refused'] as const)(
    'waits so whatever the reason is: %s',
    async (code) => {
      await written('a.txt');
      const tries = new Tries(scene, 'a.txt', code);
      scene.fails = tries.fails;
      scene.pair.start();
      await scene.clock.pass(20 * minute);
      expect(tries.waits).toEqual([25, 125, 625]);
    },
  );

  test('coming down waits as long as going up', async () => {
    scene.server.write('a.txt', new TextEncoder().encode('there'), 1_700_000_000);
    const tries = new Tries(scene, 'a.txt', 'interrupted');
    scene.fails = tries.fails;
    scene.pair.start();
    await scene.clock.pass(hour);
    expect(tries.waits).toEqual([25, 125, 625]);
    expect(scene.pair.problems()).toMatchObject([{ path: 'a.txt', kept: 'server' }]);
  });

  test('is tried at once when it changes, and begins anew', async () => {
    await written('a.txt');
    const tries = new Tries(scene, 'a.txt', 'locked');
    scene.fails = tries.fails;
    scene.pair.start();
    await scene.clock.pass(20 * minute);
    expect(tries.waits).toEqual([25, 125, 625]);
    scene.write('a.txt', 'changed');
    scene.tellHere('changed');
    await scene.clock.pass(40 * second);
    expect(tries.seconds).toHaveLength(6);
    expect(tries.waits.at(-1)).toBe(25);
  });

  test('is tried at once when a person says so, without losing its place in the row', async () => {
    await written('a.txt');
    const tries = new Tries(scene, 'a.txt', 'locked');
    scene.fails = tries.fails;
    scene.pair.start();
    await scene.clock.pass(minute);
    expect(tries.seconds).toHaveLength(2);
    scene.pair.retry('a.txt');
    await scene.clock.pass(2 * second);
    expect(tries.seconds).toHaveLength(3);
    await scene.clock.pass(12 * minute);
    expect(tries.waits.at(-1)).toBe(625);
  });

  test('is well again without a word from anybody once it goes', async () => {
    await written('a.txt');
    const tries = new Tries(scene, 'a.txt', 'locked');
    scene.fails = tries.fails;
    scene.pair.start();
    await scene.clock.pass(minute);
    tries.failure = undefined;
    await scene.clock.pass(3 * minute);
    expect(scene.server.find('a.txt')).toBeDefined();
    expect(scene.pair.problems()).toEqual([]);
    const { length } = tries.seconds;
    await scene.clock.pass(24 * hour);
    expect(tries.seconds).toHaveLength(length);
  });

  test('waits no longer because the clock was put back by a year', async () => {
    await written('a.txt');
    const tries = new Tries(scene, 'a.txt', 'locked');
    scene.fails = tries.fails;
    scene.pair.start();
    await scene.clock.pass(10 * second);
    scene.clock.putBack(365 * 24 * hour);
    tries.failure = undefined;
    await scene.clock.pass(minute);
    expect(scene.server.find('a.txt')).toBeDefined();
  });
});

describe('a server that has no room', () => {
  test('is not sent what is as large or larger for ten minutes, and all that is smaller', async () => {
    await scene.pair.stop();
    scene = new Scene({ options: { parallel: 1 } });
    scene.server.quota = 500;
    for (const [path, size] of [
      ['1-large', 600],
      ['2-larger', 700],
      ['3-small', 100],
    ] as const)
      scene.write(path, 'x'.repeat(size));
    await scene.clock.pass(3 * second);
    const sent: string[] = [];
    scene.fails = (operation, path) => {
      if (operation === 'upload') sent.push(path);
      return undefined;
    };
    scene.pair.start();
    await scene.clock.pass(9 * minute);
    // The first found out; it is not tried again before its memory fades, although its own wait is over.
    expect(sent).toEqual(['1-large', '3-small']);
    expect(scene.server.find('3-small')).toBeDefined();
    expect(scene.pair.problems().map(({ path, code }) => [path, code])).toEqual([
      ['1-large', 'quotaFull'],
      ['2-larger', 'quotaFull'],
    ]);
    scene.server.quota = 10_000;
    scene.pair.retry('');
    await scene.clock.pass(5 * second);
    expect(scene.server.find('1-large')).toBeDefined();
    expect(scene.server.find('2-larger')).toBeDefined();
  });
});

describe('a run that fails as a whole', () => {
  test('keeps what it did, and the next goes on from there', async () => {
    await written('a.txt', 'b.txt', 'c.txt');
    let left = 1;
    scene.fails = (operation) => {
      if (operation !== 'upload' || left > 0) {
        if (operation === 'upload') left -= 1;
        return undefined;
      }
      return new RemoteFailure('maintenance', { status: 503, retryAfter: '120' });
    };
    scene.pair.start();
    await scene.clock.pass(5 * second);
    expect(scene.pair.state()).toMatchObject({ kind: 'offline', code: 'maintenance' });
    const before = scene.requests;
    await scene.clock.pass(110 * second);
    expect(scene.requests).toBe(before);
    scene.fails = () => undefined;
    await scene.clock.pass(60 * second);
    expect(scene.server.root.children.size).toBe(3);
    expect(scene.pair.problems()).toEqual([]);
  });
});
