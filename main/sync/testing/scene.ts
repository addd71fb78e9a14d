import type { PairOptions, PairState, RemoteConfig } from '../api.ts';
import { nodeDatabases } from '../journal/node-databases.ts';
import type { RemoteFailure } from '../model/failures.ts';
import { noLocks } from '../ports/folder-locks.ts';
import type { Hint, Hints } from '../ports/hints.ts';
import { endlessRoom, type Room } from '../ports/room.ts';
import { createSyncPair, type SyncPair } from '../sync-pair.ts';
import { openGate } from './gate.ts';
import { HandClock } from './hand-clock.ts';
import { type Inode, MemoryDisk } from './memory-disk.ts';
import { memoryFileSystem, memoryTrash } from './memory-file-system.ts';
import { MemoryRemote } from './memory-remote.ts';
import { MemoryServer } from './memory-server.ts';

interface SceneOptions {
  readonly url?: string;
  readonly options?: Partial<PairOptions>;
  readonly room?: Room;
}

/** A pair between a disk and a server in memory, on a clock that the test moves. */
export class Scene {
  readonly clock = new HandClock();
  readonly disk: MemoryDisk;
  readonly server: MemoryServer;
  readonly pair: SyncPair;
  /** Why the server refuses a request of that kind, or breaks off at a step of it, for that path; nothing when it does not. */
  fails: (operation: string, path: string) => RemoteFailure | undefined = () => undefined;
  requests = 0;
  /** What of the disk can't be looked at. */
  hidden: Inode | undefined;
  readonly states: PairState['kind'][] = [];
  #tellHere: (hint: Hint) => void = () => undefined;
  #tellThere: (hint: Hint) => void = () => undefined;

  constructor({ url = 'https://cloud.example/', options = {}, room = endlessRoom }: SceneOptions = {}) {
    let ticks = 0n;
    this.disk = new MemoryDisk(() => BigInt(this.clock.now()) * 1_000_000n + (ticks += 1n));
    this.disk.makeFolder('/pair');
    this.disk.makeFolder('/trash');
    this.server = new MemoryServer(() => this.clock.now());
    const remote: RemoteConfig = { url, user: 'ana', password: '-', rootPath: '/' };
    let drawn = 0;
    this.pair = createSyncPair(
      { id: 'pair', remote, localDir: '/pair', journalPath: ':memory:', options },
      {
        fileSystem: memoryFileSystem(this.disk, openGate, undefined, (inode) => inode === this.hidden),
        trash: memoryTrash(this.disk, '/trash'),
        makeFolders: () => Promise.resolve(),
        databases: nodeDatabases,
        locks: noLocks,
        room,
        clock: this.clock,
        random: { hex: (bytes) => String((drawn += 1)).padStart(bytes * 2, '0'), fraction: () => 0.5 },
        openRemote: () => new MemoryRemote(this.server, (step, path) => this.#answer(step, path)),
        localHints: () => hints((tell) => (this.#tellHere = tell)),
        remoteHints: () => hints((tell) => (this.#tellThere = tell)),
      },
    );
    this.pair.subscribe((event) => event.type === 'state' && this.states.push(event.state.kind));
  }

  /** Requests while so many ms pass. */
  async requestsIn(ms: number): Promise<number> {
    const before = this.requests;
    await this.clock.pass(ms);
    return this.requests - before;
  }

  tellHere(hint: Hint): void {
    this.#tellHere(hint);
  }

  tellThere(hint: Hint): void {
    this.#tellThere(hint);
  }

  write(path: string, content: string): void {
    this.disk.write(`/pair/${path}`, new TextEncoder().encode(content));
  }

  /** Called before each request, and for other steps of it. */
  #answer(step: string, path: string): Promise<void> {
    if (!step.includes('-')) this.requests += 1;
    const failure = this.fails(step, path);
    return failure === undefined ? Promise.resolve() : Promise.reject(failure);
  }
}

function hints(keep: (tell: (hint: Hint) => void) => void): Hints {
  return {
    watch: (onHint) => {
      keep(onHint);
      return () => Promise.resolve();
    },
  };
}
