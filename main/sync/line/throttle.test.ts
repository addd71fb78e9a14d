import { array, assert, asyncProperty, constantFrom, integer, record } from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { isAbort } from '../model/failures.ts';
import type { Flow } from '../ports/line.ts';
import { HandClock } from '../testing/hand-clock.ts';
import { burstOf } from './bucket.ts';
import { paced } from './paced.ts';
import { Throttle } from './throttle.ts';

const second = 1000;
const never = new AbortController().signal;

/** Somebody who carries bytes as fast as the flow lets them. */
class Carrier {
  carried = 0;
  readonly done: Promise<void>;
  readonly #stop = new AbortController();

  constructor(
    flow: Flow,
    total = Number.POSITIVE_INFINITY,
    chunk = 64 * 1024,
    onPiece: (bytes: number) => void = () => undefined,
  ) {
    this.done = this.#carry(flow, total, chunk, onPiece).catch((error: unknown) => {
      if (!isAbort(error)) throw error;
    });
  }

  stop(): void {
    this.#stop.abort();
  }

  async #carry(flow: Flow, total: number, chunk: number, onPiece: (bytes: number) => void): Promise<void> {
    while (this.carried < total) {
      const granted = await flow.grant(Math.min(chunk, total - this.carried), this.#stop.signal);
      this.carried += granted;
      onPiece(granted);
    }
  }
}

let clock: HandClock;
let throttle: Throttle;
beforeEach(() => {
  clock = new HandClock();
  throttle = new Throttle(clock);
});
const limit = (bytesPerSecond: number): void => throttle.setLimit({ kind: 'fixed', bytesPerSecond });

describe('a limit', () => {
  test('is kept, and used to the full', async () => {
    limit(100_000);
    const carrier = new Carrier(throttle.open());
    await clock.pass(10 * second);
    expect(carrier.carried).toBeGreaterThan(990_000);
    expect(carrier.carried).toBeLessThanOrEqual(1_000_000 + burstOf(100_000));
    carrier.stop();
  });

  test('is no limit when there is none: all passes at once', () => {
    const flow = throttle.open();
    expect(flow.grant(1e9, never)).toBe(1e9);
  });

  test('that changes holds at once, for what waits already too', async () => {
    limit(10_000);
    const carrier = new Carrier(throttle.open(), 10_000_000);
    await clock.pass(2 * second);
    const before = carrier.carried;
    limit(1_000_000);
    await clock.pass(2 * second);
    expect(carrier.carried - before).toBeGreaterThan(1_900_000);
    const faster = carrier.carried;
    limit(10_000);
    await clock.pass(2 * second);
    expect(carrier.carried - faster).toBeLessThan(20_000 + burstOf(10_000));
    throttle.setLimit({ kind: 'none' });
    await carrier.done;
    expect(carrier.carried).toBe(10_000_000);
  });

  test('is shared by pairs alike, however many transfers each has', async () => {
    limit(100_000);
    const [one, other] = [throttle.open(), throttle.open()];
    const many = Array.from({ length: 6 }, () => new Carrier(one));
    const alone = new Carrier(other);
    await clock.pass(20 * second);
    const together = many.reduce((sum, { carried }) => sum + carried, 0);
    expect(Math.abs(together - alone.carried)).toBeLessThan(100_000);
    const shares = many.map(({ carried }) => carried);
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThan(20_000);
    for (const carrier of [...many, alone]) carrier.stop();
  });

  test('gives a stopped transfer’s turn to the others', async () => {
    limit(50_000);
    const flow = throttle.open();
    const [stopped, going] = [new Carrier(flow), new Carrier(flow)];
    await clock.pass(second);
    stopped.stop();
    await stopped.done;
    const before = going.carried;
    await clock.pass(10 * second);
    expect(going.carried - before).toBeGreaterThan(490_000);
    going.stop();
  });

  test('holds when the clock is put back', async () => {
    let now = 5_000_000;
    const odd = new Throttle({ now: () => now, sleep: (ms, signal) => clock.sleep(ms, signal) });
    odd.setLimit({ kind: 'fixed', bytesPerSecond: 100_000 });
    const carrier = new Carrier(odd.open(), 200_000);
    await clock.pass(second);
    now -= 4_000_000;
    for (let step = 0; step < 40; step += 1) {
      now += 100;
      await clock.pass(100);
    }
    await carrier.done;
    expect(carrier.carried).toBe(200_000);
  });
});

test('whatever is carried, and however the limit changes: never more than rate × time + burst, and all of it in the end', async () => {
  const rates = constantFrom(10_000, 64_000, 300_000, 2_000_000);
  const carriers = array(
    record({
      pair: integer({ min: 0, max: 2 }),
      total: integer({ min: 1, max: 400_000 }),
      chunk: integer({ min: 1000, max: 70_000 }),
    }),
    { minLength: 1, maxLength: 6 },
  );
  await assert(
    asyncProperty(array(rates, { minLength: 1, maxLength: 4 }), carriers, async (limits, wanted) => {
      clock = new HandClock();
      throttle = new Throttle(clock);
      const pairs = [throttle.open(), throttle.open(), throttle.open()];
      let carried = 0;
      let all: Carrier[] | undefined;
      for (const rate of limits) {
        limit(rate);
        const [before, began] = [carried, clock.now()];
        const check = (bytes: number): void => {
          carried += bytes;
        };
        all ??= wanted.map(
          ({ pair, total, chunk }) => new Carrier(pairs[pair] ?? throttle.open(), total, chunk, check),
        );
        await clock.pass(second);
        const seconds = (clock.now() - began) / second;
        expect(carried - before).toBeLessThanOrEqual(rate * seconds + burstOf(rate) + 1);
      }
      const total = wanted.reduce((sum, each) => sum + each.total, 0);
      const slowest = Math.min(...limits);
      await clock.pass((total / slowest + 1) * second);
      expect(carried).toBe(total);
    }),
    { numRuns: 40 },
  );
});

describe('a share of the line', () => {
  /** A line that carries so much by itself. */
  async function* line(bytesPerSecond: number): AsyncGenerator<Uint8Array> {
    for (;;) {
      await clock.sleep(100, never);
      yield new Uint8Array(bytesPerSecond / 10);
    }
  }

  async function carriedIn(ms: number, counted: { bytes: number }): Promise<number> {
    const before = counted.bytes;
    await clock.pass(ms);
    return counted.bytes - before;
  }

  /** Reads the line, through the throttle, as TCP would: what is not taken is not sent. */
  function reading(bytesPerSecond: number, stop: AbortSignal): { bytes: number; done: Promise<void> } {
    const counted = { bytes: 0, done: Promise.resolve() };
    const read = async (): Promise<void> => {
      for await (const piece of paced(line(bytesPerSecond), throttle.open(), stop)) {
        counted.bytes += piece.length;
      }
    };
    counted.done = read().catch((error: unknown) => {
      if (!isAbort(error)) throw error;
    });
    return counted;
  }

  test('is that share of what it carries without limit, measured again every five minutes', async () => {
    throttle.setLimit({ kind: 'share', share: 0.25 });
    const stop = new AbortController();
    const counted = reading(1_000_000, stop.signal);
    expect(await carriedIn(4 * second, counted)).toBeGreaterThan(3_800_000);
    const limited = await carriedIn(60 * second, counted);
    expect(limited / 60).toBeGreaterThan(230_000);
    expect(limited / 60).toBeLessThan(260_000);
    await clock.pass(4 * 60 * second - 5 * second);
    expect(await carriedIn(10 * second, counted)).toBeGreaterThan(4_000_000);
    stop.abort();
    await clock.pass(5 * second);
    await counted.done;
  });

  test('is measured anew on another line', async () => {
    throttle.setLimit({ kind: 'share', share: 0.5 });
    const stop = new AbortController();
    const counted = reading(400_000, stop.signal);
    await clock.pass(10 * second);
    throttle.measureAgain();
    expect(await carriedIn(3 * second, counted)).toBeGreaterThan(1_000_000);
    stop.abort();
    await clock.pass(5 * second);
    await counted.done;
  });
});

test('what is paced is the same bytes in the same order', async () => {
  limit(50_000);
  const whole = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < whole.length; at += 33_333) {
      await Promise.resolve();
      yield whole.subarray(at, at + 33_333);
    }
  }
  const received: Uint8Array[] = [];
  const reading = (async () => {
    for await (const piece of paced(chunks(), throttle.open(), never)) received.push(piece);
  })();
  await clock.pass(3 * second);
  await reading;
  expect(Buffer.concat(received)).toEqual(Buffer.from(whole));
});
