import type { WorkerSnapshot } from '../protocol.ts';

/** What the chat needs of its surroundings: a worker of the page, or Node in tests. */
export interface Ports {
  readonly fetch: typeof fetch;
  readonly indexedDb: IDBFactory;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** 0 to 1, another at each call. */
  readonly chance: () => number;
  readonly post: (snapshot: WorkerSnapshot) => void;
  /** Calls back when the computer says that it is online again. @returns how to stop listening. */
  readonly onOnline: (listener: () => void) => () => void;
  /** Something failed that nobody waits for; no secrets in it. */
  readonly trouble: (what: string) => void;
}
