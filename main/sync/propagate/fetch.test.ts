import { array, assert, asyncProperty, constantFrom, nat, record } from 'fast-check';
import { expect, test } from 'vitest';
import { nodeDatabases } from '../journal/node-databases.ts';
import { RemoteFailure } from '../model/failures.ts';
import { noLocks } from '../ports/folder-locks.ts';
import { createSyncPair, type SyncPair } from '../sync-pair.ts';
import { HandClock } from '../testing/hand-clock.ts';
import { MemoryDisk } from '../testing/memory-disk.ts';
import { memoryFileSystem, memoryTrash } from '../testing/memory-file-system.ts';
import { MemoryRemote } from '../testing/memory-remote.ts';
import { MemoryServer } from '../testing/memory-server.ts';

/** What ends a download before its end, after so many pieces. */
interface Interruption {
  readonly pieces: number;
  /** The line breaks; or the computer stops, and what was not flushed is lost, but for what the journal says. */
  readonly kind: 'line' | 'power';
}

const content = Buffer.from(Array.from({ length: 1000 }, (_, index) => 1 + (index % 251)));

/** One file that comes from a server which states no checksum: nothing but its length tells whether it is whole. */
class Comes {
  readonly clock = new HandClock();
  readonly disk: MemoryDisk;
  readonly pair: SyncPair;
  /** First byte that each request asked for. */
  readonly offsets: number[] = [];
  #next: Interruption | undefined;
  #pieces = 0;
  #power = new AbortController();

  constructor() {
    let ticks = 0n;
    this.disk = new MemoryDisk(() => BigInt(this.clock.now()) * 1_000_000n + (ticks += 1n));
    this.disk.makeFolder('/pair');
    const server = new MemoryServer(() => this.clock.now());
    server.write('film', content, server.time - 100);
    const remote = new MemoryRemote(server, (step) => this.#passes(step));
    const download = remote.download;
    remote.download = (request) => {
      this.offsets.push(request.offset);
      return download(request);
    };
    let drawn = 0;
    this.pair = createSyncPair(
      {
        id: 'pair',
        remote: { url: 'https://cloud.example/', user: 'ana', password: '-', rootPath: '/' },
        localDir: '/pair',
        journalPath: ':memory:',
        options: { smallFile: 0 },
      },
      {
        fileSystem: memoryFileSystem(this.disk),
        trash: memoryTrash(this.disk, '/trash'),
        makeFolders: () => Promise.resolve(),
        databases: nodeDatabases,
        locks: noLocks,
        clock: this.clock,
        random: { hex: (bytes) => String((drawn += 1)).padStart(bytes * 2, '0'), fraction: () => 0.5 },
        openRemote: () => remote,
      },
    );
  }

  async run(interruption?: Interruption): Promise<void> {
    this.#next = interruption;
    this.#pieces = 0;
    this.#power = new AbortController();
    this.pair.retry('film');
    await this.pair.syncOnce(this.#power.signal);
    if (this.#power.signal.aborted) this.disk.loseUnflushed();
  }

  async #passes(step: string): Promise<void> {
    if (step !== 'download-more') return;
    this.#pieces += 1;
    if (this.#next === undefined || this.#pieces <= this.#next.pieces) return;
    if (this.#next.kind === 'power') this.#power.abort();
    else throw new RemoteFailure('interrupted');
  }
}

const interruptions = array(
  record({ pieces: nat({ max: 20 }), kind: constantFrom('line' as const, 'power' as const) }),
  { maxLength: 5 },
);

test('a download that goes on after broken lines and power cuts takes up no byte that was not flushed', async () => {
  await assert(
    asyncProperty(interruptions, async (all) => {
      const comes = new Comes();
      for (const interruption of all) await comes.run(interruption);
      await comes.run();
      expect(Buffer.from(comes.disk.find('/pair/film')?.content ?? [])).toEqual(content);
      await comes.pair.stop();
    }),
  );
});

test('it goes on where the line broke, also when the power goes after that', async () => {
  const comes = new Comes();
  await comes.run({ pieces: 3, kind: 'line' });
  await comes.run({ pieces: 2, kind: 'power' });
  await comes.run();
  const [first, second, third] = comes.offsets;
  expect(first).toBe(0);
  expect(second).toBeGreaterThan(0);
  expect(third).toBe(second);
  await comes.pair.stop();
});
