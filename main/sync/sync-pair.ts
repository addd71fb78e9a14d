import type {
  Conflict,
  EntryInfo,
  FolderWeight,
  Imported,
  ImportSource,
  PairConfig,
  PairState,
  PauseRules,
  Problem,
  RunReport,
  Surroundings,
  SyncEvent,
  Waiting,
} from './api.ts';
import { defaultPorts } from './default-ports.ts';
import { Pair } from './pair.ts';
import type { SyncPorts } from './ports/sync-ports.ts';
import { Watcher } from './watcher.ts';

/** One pair, to be watched or run once. Commands take effect at once; what follows is told by events. */
export interface SyncPair {
  /** Calls the listener with the present state, then with every event; the returned function ends it. */
  subscribe(listener: (event: SyncEvent) => void): () => void;
  /** Watches: runs now, then on changes, retries and polls. */
  start(): void;
  /** One run to rest. Not together with `start`. Never throws for what the report can say. */
  syncOnce(signal?: AbortSignal): Promise<RunReport>;
  syncNow(): void;
  pause(): void;
  resume(): void;
  /** Works although the rules say to pause, until what they pause for is over. */
  overrule(): void;
  /** Of the computer; until told, one at a desk: on mains, online, somebody before it. */
  setSurroundings(surroundings: Surroundings): void;
  /** When to pause by itself; until told, never. */
  setRules(rules: PauseRules): void;
  /**
   * From now on these folders are not wanted here, and all others are; see `PairOptions.unwanted`. What is under way
   * ends and begins anew.
   */
  choose(unwanted: readonly string[]): void;
  /** Folders that are not wanted here, where they are now. Nothing before the first run. */
  unwanted(): readonly string[];
  /** Tries a path, or everything below a folder, again without waiting. */
  retry(path: string): void;
  confirmGuard(guardId: string): void;
  refuseGuard(guardId: string): void;
  /** New credentials after `signedOut`. */
  setPassword(password: string): void;
  /** Copies a file into the pair's folder, beside what is there, and starts its upload. */
  importFile(
    source: ImportSource,
    targetDir: string,
    onProgress?: (bytesDone: number, bytesTotal: number) => void,
  ): Promise<Imported>;
  list(folder: string): Promise<EntryInfo[]>;
  /** Files that wait for their turn in the run under way. */
  waiting(): Waiting;
  /** What the folders in the root weigh here; `''` stands for the files that are in none of them. */
  weigh(): Promise<FolderWeight[]>;
  problems(): Problem[];
  conflicts(): Conflict[];
  /** Takes a conflict up again that was settled: a person undid that. */
  noteConflict(conflict: Conflict): void;
  state(): PairState;
  /** Ends the run under way, if any, and closes everything. */
  stop(): Promise<void>;
}

/**
 * Opens a pair. Nothing is touched before `start` or `syncOnce`.
 *
 * @param ports what differs from this computer and a Nextcloud server: a trash of the shell, a clock of a test
 */
export function createSyncPair(config: PairConfig, ports: Partial<SyncPorts> = {}): SyncPair {
  const allPorts = { ...defaultPorts(), ...ports };
  const pair = new Pair(config, allPorts);
  const watcher = new Watcher(pair, allPorts);
  return {
    subscribe: (listener) => pair.subscribe(listener),
    start: () => {
      pair.noteRoom();
      watcher.start();
    },
    syncOnce: (signal) => watcher.once(signal ?? new AbortController().signal),
    syncNow: () => watcher.wake(),
    pause: () => watcher.pause(),
    resume: () => watcher.resume(),
    overrule: () => watcher.overrule(),
    setSurroundings: (surroundings) => watcher.setSurroundings(surroundings),
    setRules: (rules) => watcher.setRules(rules),
    choose: (unwanted) => {
      pair.choose(unwanted);
      watcher.restart();
    },
    unwanted: () => pair.unwanted(),
    retry: (path) => {
      pair.retry(path);
      watcher.wake();
    },
    confirmGuard: (id) => {
      if (pair.confirmGuard(id)) watcher.wake();
    },
    refuseGuard: (id) => {
      if (pair.refuseGuard(id)) watcher.wake();
    },
    setPassword: (password) => {
      pair.setPassword(password);
      watcher.wake();
    },
    importFile: async (source, targetDir, onProgress = () => undefined) => {
      const imported = await pair.importFile(source, targetDir, onProgress);
      watcher.wake();
      return imported;
    },
    list: (folder) => pair.list(folder),
    waiting: () => pair.waiting(),
    weigh: () => pair.weigh(),
    problems: () => pair.problems(),
    conflicts: () => pair.conflicts(),
    noteConflict: (conflict) => pair.noteConflict(conflict),
    state: () => pair.state(),
    stop: async () => {
      await watcher.stop();
      await pair.close();
    },
  };
}
