import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MatrixWorkerClient, type WorkerLike } from './client.ts';
import { KeyedList } from './keyed-list.ts';
import type { FromWorker, SalonSummary, Snapshot, ToWorker } from './protocol.ts';
import { KeyedDiff } from './rooms/keyed-diff.ts';

class FakeWorker extends EventTarget implements WorkerLike {
  readonly asked: ToWorker[] = [];
  ended = false;

  postMessage(message: ToWorker): void {
    this.asked.push(message);
  }
  terminate(): void {
    this.ended = true;
  }
  tell(data: FromWorker): void {
    this.dispatchEvent(new MessageEvent('message', { data: structuredClone(data) }));
  }
  crash(): void {
    this.dispatchEvent(new Event('error'));
  }
}

const salon = (id: string, name = id): SalonSummary => ({
  id,
  name,
  membership: 'joined',
  encrypted: true,
  pinned: false,
  lastLine: null,
  lastAt: 0,
  unread: 0,
  mentions: 0,
  memberCount: 2,
  folder: null,
  call: null,
  avatar: null,
});

function begin() {
  const workers: FakeWorker[] = [];
  let restarts = 0;
  const client = new MatrixWorkerClient(
    () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
    () => {
      restarts += 1;
    },
  );
  const snapshots: Snapshot[] = [];
  const stop = client.subscribe((snapshot) => snapshots.push(snapshot));
  return { client, workers, snapshots, stop, restarts: () => restarts };
}

const list = (snapshot: Snapshot | undefined) => (snapshot?.type === 'salons' ? snapshot.snapshot : null);

describe('the page’s end of the worker', () => {
  test('answers find their commands, also out of order', async () => {
    const { client, workers } = begin();
    const first = client.run('markRead', { salonId: '!a' });
    const second = client.run('resend', { salonId: '!a', key: 'k' });
    const [a, b] = workers[0]?.asked ?? [];
    expect(a).toMatchObject({ name: 'markRead', request: { salonId: '!a' } });
    workers[0]?.tell({
      type: 'answer',
      id: b?.id ?? 0,
      ok: false,
      error: { code: 'not-found', detail: 'x' },
    });
    workers[0]?.tell({ type: 'answer', id: a?.id ?? 0, ok: true, value: null });
    expect(await first).toEqual({ ok: true, value: null });
    expect(await second).toEqual({ ok: false, error: { code: 'not-found', detail: 'x' } });
  });

  test('patches become whole lists in which the unchanged stays the same object', () => {
    const { workers, snapshots, stop } = begin();
    const tell = (order: string[] | null, changed: SalonSummary[]) =>
      workers[0]?.tell({ type: 'salons-patch', patch: { connection: 'live', total: 2, order, changed } });
    tell(['!a', '!b'], [salon('!a'), salon('!b')]);
    tell(['!b', '!a'], [salon('!b', 'renamed')]);
    tell(['!a'], []);
    const [one, two, three] = snapshots.map(list);
    expect(two?.salons.map((each) => each.name)).toEqual(['renamed', '!a']);
    expect(two?.salons[1]).toBe(one?.salons[0]);
    expect(three?.salons).toEqual([salon('!a')]);
    stop();
    tell(null, [salon('!a', 'unheard')]);
    expect(snapshots).toHaveLength(3);
  });

  test('a worker that breaks is replaced, and whoever waits hears of it', async () => {
    const { client, workers, restarts } = begin();
    const waiting = client.run('markRead', { salonId: '!a' });
    workers[0]?.crash();
    expect(await waiting).toMatchObject({ ok: false });
    expect([workers.length, workers[0]?.ended, restarts()]).toEqual([2, true, 1]);
    const next = client.run('markRead', { salonId: '!a' });
    const id = workers[1]?.asked[0]?.id ?? 0;
    workers[0]?.tell({ type: 'answer', id, ok: false, error: { code: 'unknown', detail: 'from the dead' } });
    workers[1]?.tell({ type: 'answer', id, ok: true, value: null });
    expect(await next).toEqual({ ok: true, value: null });
  });

  test('after close every command is answered with an error', async () => {
    const { client, workers } = begin();
    const waiting = client.run('markRead', { salonId: '!a' });
    client.close();
    expect(await waiting).toMatchObject({ ok: false });
    expect(await client.run('markRead', { salonId: '!a' })).toMatchObject({ ok: false });
    expect(workers[0]?.ended).toBe(true);
  });
});

test('whatever lists follow each other, patches give the same lists', () => {
  const lists = fc.array(
    fc.uniqueArray(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), value: fc.nat(3) }), {
      selector: (item) => item.id,
    }),
  );
  fc.assert(
    fc.property(lists, (states) => {
      const diff = new KeyedDiff<{ id: string; value: number }>((item) => item.id);
      const assembled = new KeyedList<{ id: string; value: number }>((item) => item.id);
      for (const state of states) {
        const patch = diff.next(state) ?? { order: null, changed: [] };
        expect(assembled.apply(patch)).toEqual(state);
      }
    }),
  );
});
