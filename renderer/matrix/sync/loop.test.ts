import { expect, test } from 'vitest';
import { ChatError } from '../http/chat-error.ts';
import type { Connection } from '../protocol.ts';
import type { SyncDelta } from './delta.ts';
import { SyncLoop } from './loop.ts';
import type { SyncSource } from './source.ts';

const EMPTY: SyncDelta = {
  rooms: [],
  accountData: [],
  crypto: {
    toDevice: [],
    deviceLists: { changed: [], left: [] },
    oneTimeKeys: {},
    fallbackKeys: null,
    sliding: true,
    forgotDevices: false,
  },
  total: null,
  complete: true,
  whole: null,
  position: { kind: 'classic', since: 's' },
};

/** A source that gives or throws one thing after the other and then ends the loop. */
class Script implements SyncSource {
  readonly kind: SyncSource['kind'];
  readonly calls: string[] = [];
  end: () => void = () => undefined;
  readonly #steps: (Error | null)[];

  constructor(kind: SyncSource['kind'], steps: readonly (Error | null)[]) {
    this.kind = kind;
    this.#steps = [...steps];
  }
  next(): Promise<SyncDelta> {
    this.calls.push('next');
    const step = this.#steps.shift();
    if (step === undefined) this.end();
    return step === undefined || step !== null
      ? Promise.reject(step ?? new Error('end'))
      : Promise.resolve(EMPTY);
  }
  commit(): void {
    this.calls.push('commit');
  }
  watch(): void {
    this.calls.push('watch');
  }
  restart(): void {
    this.calls.push('restart');
  }
}

async function run(
  source: Script,
  fallback = new Script('classic', []),
  apply = () => Promise.resolve(),
  now = () => 0,
) {
  const connections: Connection[] = [];
  const waits: number[] = [];
  const troubles: unknown[] = [];
  const loop = new SyncLoop({
    source,
    fallback: () => fallback,
    apply,
    trouble: (error) => troubles.push(error),
    connection: (connection) => connections.push(connection),
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
    now,
    chance: () => 0.5,
  });
  source.end = () => loop.stop();
  fallback.end = () => loop.stop();
  await loop.run();
  return { connections, waits, troubles, kind: loop.kind };
}

test('pauses grow while the server can’t be reached, and begin anew after it was', async () => {
  const gone = new ChatError('offline', 'no answer');
  const { connections, waits } = await run(new Script('sliding', [gone, gone, gone, null, gone]));
  expect(waits).toEqual([750, 1500, 3000, 750]);
  expect(connections).toEqual(['offline', 'offline', 'offline', 'live', 'offline']);
});

test('a computer that slept does not come back at the same moment as all the others', async () => {
  let clock = 0;
  const later = () => (clock += 3_600_000);
  const gone = new ChatError('offline', 'no answer');
  const { waits } = await run(new Script('sliding', [gone]), undefined, undefined, later);
  expect(waits).toEqual([5000]);
});

test('a server that asks to wait longer is given the time', async () => {
  const busy = new ChatError('rate-limited', 'HTTP 429', { retryAfterMs: 7000 });
  expect((await run(new Script('sliding', [busy]))).waits).toEqual([7000]);
});

test('a server without sliding sync is asked the classic way at once', async () => {
  const old = new ChatError('unsupported', 'HTTP 404 M_UNRECOGNIZED');
  const { kind, waits } = await run(new Script('sliding', [old]), new Script('classic', [null]));
  expect({ kind, waits }).toEqual({ kind: 'classic', waits: [] });
});

test('a proxy that finds nothing behind it does not change the way of syncing', async () => {
  const gone = new ChatError('not-found', 'HTTP 404', { status: 404 });
  const { kind, waits, connections } = await run(new Script('sliding', [gone, null]));
  expect({ kind, waits, connections }).toEqual({
    kind: 'sliding',
    waits: [750],
    connections: ['offline', 'live'],
  });
});

test('a forgotten position begins anew without a pause', async () => {
  const source = new Script('sliding', [new ChatError('unknown', '', { errcode: 'M_UNKNOWN_POS' }), null]);
  const { waits } = await run(source);
  expect(source.calls).toEqual(['next', 'restart', 'next', 'commit', 'next']);
  expect(waits).toEqual([]);
});

test('a revoked session ends it', async () => {
  const { connections } = await run(new Script('sliding', [new ChatError('signed-out', 'HTTP 401')]));
  expect(connections).toEqual(['signed-out']);
});

test('an answer that could not be taken in is asked for again', async () => {
  const source = new Script('sliding', [null, null]);
  let failures = 1;
  const { troubles } = await run(source, undefined, () => {
    failures -= 1;
    return failures >= 0 ? Promise.reject(new Error('disk full')) : Promise.resolve();
  });
  expect(troubles).toEqual([new Error('disk full')]);
  expect(source.calls).toEqual(['next', 'next', 'commit', 'next']);
});
