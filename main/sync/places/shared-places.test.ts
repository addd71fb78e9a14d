import { setImmediate } from 'node:timers/promises';
import { array, assert, asyncProperty, constantFrom, integer, record } from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { isAbort, RemoteFailure } from '../model/failures.ts';
import type { Outcome, Place, Places } from '../ports/places.ts';
import { SharedPlaces } from './shared-places.ts';
import { largest } from './window.ts';

const well: Outcome = { kind: 'well' };
const account = {
  url: 'https://cloud.example/',
  user: 'ana',
  password: '-',
  rootPath: '/',
};

/** A transfer that waits, has its place, or is over. */
class Transfer {
  place: Place | undefined;
  failure: unknown;
  readonly done: Promise<void>;
  readonly name: string;
  readonly #stop = new AbortController();

  constructor(name: string, places: Places, entered: Transfer[]) {
    this.name = name;
    this.done = this.#run(places, entered);
  }

  abort(): void {
    this.#stop.abort();
  }

  async #run(places: Places, entered: Transfer[]): Promise<void> {
    try {
      this.place = await places.take(this.#stop.signal);
      entered.push(this);
    } catch (error) {
      this.failure = error;
    }
  }
}

let shared: SharedPlaces;
let entered: Transfer[];
beforeEach(() => {
  shared = new SharedPlaces();
  entered = [];
});

async function begin(places: Places, name: string, count = 1): Promise<Transfer[]> {
  const transfers = Array.from(
    { length: count },
    (_, index) => new Transfer(`${name}${index}`, places, entered),
  );
  await setImmediate();
  return transfers;
}

async function end(transfer: Transfer | undefined, outcome: Outcome = well): Promise<void> {
  transfer?.place?.leave(outcome);
  await setImmediate();
}

const names = (): string[] => entered.map(({ name }) => name);

describe('places', () => {
  test('are given first come, first served, three at a time at first', async () => {
    await begin(shared.open(account), 'a', 9);
    expect(names()).toEqual(['a0', 'a1', 'a2']);
    await end(entered[1]);
    expect(names()).toEqual(['a0', 'a1', 'a2', 'a3']);
  });

  test('are shared by the pairs of an account, not with another account or server', async () => {
    await begin(shared.open(account), 'a', 9);
    await begin(shared.open({ ...account, rootPath: '/other' }), 'b', 9);
    expect(names()).toEqual(['a0', 'a1', 'a2', 'b0']);
    await begin(shared.open({ ...account, user: 'luc' }), 'c', 9);
    await begin(shared.open({ ...account, url: 'https://other.example/' }), 'd', 9);
    expect(names().slice(4)).toEqual(['c0', 'c1', 'c2', 'd0', 'd1', 'd2']);
  });

  test('given back twice count once', async () => {
    await begin(shared.open(account), 'a', 9);
    await end(entered[0]);
    await end(entered[0]);
    expect(names()).toHaveLength(4);
  });
});

describe('pairs', () => {
  test('with a small edit do not wait for the thousand files of another', async () => {
    await begin(shared.open(account), 'a', 1000);
    await begin(shared.open(account), 'edit');
    expect(names()).toEqual(['a0', 'a1', 'a2', 'edit0']);
  });

  test('with a small edit wait for one transfer when two others have thousands', async () => {
    await begin(shared.open(account), 'a', 1000);
    await begin(shared.open(account), 'b', 1000);
    await begin(shared.open(account), 'edit');
    expect(names()).toEqual(['a0', 'a1', 'a2', 'b0']);
    await end(entered[0]);
    expect(names().at(-1)).toBe('edit0');
  });

  test('take turns', async () => {
    await begin(shared.open(account), 'a', 50);
    await begin(shared.open(account), 'b', 50);
    for (let at = 0; at < 40; at += 1) await end(entered[at]);
    const lately = names().slice(10, 40);
    const ofA = lately.filter((name) => name.startsWith('a')).length;
    expect(Math.abs(ofA - 15)).toBeLessThanOrEqual(1);
  });
});

describe('a transfer that is stopped', () => {
  test('while it waits leaves the queue, at once', async () => {
    const [, , , waiting] = await begin(shared.open(account), 'a', 5);
    waiting?.abort();
    await waiting?.done;
    expect(isAbort(waiting?.failure)).toBe(true);
    await end(entered[0]);
    expect(names()).toEqual(['a0', 'a1', 'a2', 'a4']);
  });

  test('while it has a place gives it back', async () => {
    const [first] = await begin(shared.open(account), 'a', 5);
    first?.abort();
    await setImmediate();
    expect(names()).toEqual(['a0', 'a1', 'a2', 'a3']);
    await end(first);
    expect(names()).toHaveLength(4);
  });

  test('before it asks gets none', async () => {
    const stopped = shared.open(account).take(AbortSignal.abort());
    await expect(stopped).rejects.toSatisfy(isAbort);
    await begin(shared.open(account), 'a', 5);
    expect(names()).toHaveLength(3);
  });
});

describe('a server in trouble', () => {
  test('gets fewer at a time, and more again when it is well', async () => {
    await begin(shared.open(account), 'a', 100);
    await end(entered[0], { kind: 'trouble' });
    await end(entered[1]);
    expect(names()).toHaveLength(3);
    await end(entered[2]);
    expect(names()).toHaveLength(4);
    for (let at = 3; at < 60; at += 1) await end(entered[at]);
    expect(names()).toHaveLength(60 + largest);
  });

  test('that is out of reach turns away whoever waits, of all pairs, and nobody who comes later', async () => {
    const [a, b] = [shared.open(account), shared.open(account)];
    const waiting = (await begin(a, 'a', 5)).slice(3);
    waiting.push(...(await begin(b, 'b', 3)).slice(1));
    await end(entered[0], {
      kind: 'trouble',
      forAll: new RemoteFailure('unreachable', { code: 'X' }),
    });
    await Promise.all(waiting.map(({ done }) => done));
    const codes = waiting.map(({ failure }) => failure instanceof RemoteFailure && failure.code);
    expect(codes).toEqual(['unreachable', 'unreachable', 'unreachable', 'unreachable']);
    for (const transfer of entered.slice(1)) await end(transfer);
    await begin(a, 'later');
    expect(names().at(-1)).toBe('later0');
  });
});

test('whatever comes, ends, fails or is stopped: never too many at a time, and in the end nobody is left waiting', async () => {
  const steps = array(
    record({
      act: constantFrom<'begin' | 'end' | 'abort'>('begin', 'end', 'abort'),
      pair: integer({ min: 0, max: 4 }),
      pick: integer({ min: 0, max: 100 }),
      count: integer({ min: 1, max: 12 }),
      outcome: constantFrom<Outcome>(well, { kind: 'trouble' }, { kind: 'silent' }),
    }),
    { minLength: 1, maxLength: 40 },
  );
  await assert(
    asyncProperty(steps, async (all) => {
      shared = new SharedPlaces();
      entered = [];
      const pairs = Array.from({ length: 5 }, () => shared.open(account));
      const begun: Transfer[] = [];
      const over = new Set<Transfer>();
      const present = (): Transfer[] => entered.filter((transfer) => !over.has(transfer));
      for (const { act, pair, pick, count, outcome } of all) {
        if (act === 'begin')
          begun.push(...(await begin(pairs[pair] ?? shared.open(account), `${pair}-`, count)));
        const ending = act === 'end' ? present().at(pick % Math.max(1, present().length)) : undefined;
        const stopped = act === 'abort' ? begun.at(pick % Math.max(1, begun.length)) : undefined;
        if (ending !== undefined) over.add(ending);
        if (stopped !== undefined) over.add(stopped);
        stopped?.abort();
        await end(ending, outcome);
        expect(present().length).toBeLessThanOrEqual(largest + 1);
      }
      for (let next = present()[0]; next !== undefined; next = present()[0]) {
        over.add(next);
        await end(next);
      }
      await Promise.all(begun.map(({ done }) => done));
      expect(begun.filter((transfer) => !over.has(transfer))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
