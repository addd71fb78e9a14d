import type {
  Conflict,
  EntryInfo,
  FolderWeight,
  Imported,
  ImportSource,
  PairConfig,
  PairOptions,
  PairState,
  Problem,
  RunReport,
  SyncEvent,
  Waiting,
} from './api.ts';
import { ignoring } from './discover/ignore.ts';
import { allConflicts, saveConflict } from './journal/conflicts.ts';
import type { Journal } from './journal/journal.ts';
import { allLeftOut } from './journal/left-out.ts';
import { openJournal } from './journal/open.ts';
import { assertNever } from './model/assert-never.ts';
import { LocalFailure } from './model/failures.ts';
import { type LocalPath, localPath, rootPath, type SyncPath, toSyncPath } from './model/paths.ts';
import { defaultOptions } from './options.ts';
import type { Remote } from './ports/remote.ts';
import type { SyncPorts } from './ports/sync-ports.ts';
import type { Deletions } from './reconcile/guard.ts';
import { relistAbove } from './run/complete-folders.ts';
import { readExcludeList } from './run/exclude-list.ts';
import { importFile } from './run/import-file.ts';
import { journalFailure } from './run/journal-failure.ts';
import { listFolder } from './run/listing.ts';
import type { Tell } from './run/meter.ts';
import { isNoted, unwantedPaths } from './run/note-choice.ts';
import { ProblemBook } from './run/problem-book.ts';
import type { Limits } from './run/propagation.ts';
import { RootPlace } from './run/root-place.ts';
import { type Run, type RunOutcome, startRun } from './run/run-once.ts';
import type { Sight } from './run/sight.ts';
import { weighFolders } from './run/weigh.ts';
import { type Held, holdBack, isSameState, outcomeOf } from './state.ts';

type ProgressListener = (bytesDone: number, bytesTotal: number) => void;

/**
 * One pair: its journal, its server, its state, and the runs that keep both sides equal, one at a time.
 * `Watcher` decides when; this decides what.
 */
export class Pair {
  readonly config: PairConfig;
  readonly options: PairOptions;
  readonly #ports: SyncPorts;
  readonly #remote: Remote;
  readonly #place: RootPlace;
  readonly #listeners = new Set<(event: SyncEvent) => void>();
  readonly #limits: Limits = {
    quota: undefined,
    disk: undefined,
    ignoresCase: undefined,
    noArchives: false,
    bulk: 'unasked',
    asking: undefined,
  };
  readonly #importing = new Set<string>();
  readonly #imports = new AbortController();
  #journal: Journal | undefined;
  #problems: ProblemBook | undefined;
  #state: PairState = { kind: 'idle', problems: 0 };
  #held: Held | undefined;
  #confirmed: Deletions | undefined;
  /** What a person decided about a guard and the journal is to hear of, at the start of the next run. */
  #decided: ((journal: Journal) => void) | undefined;
  #run: Run | undefined;
  #lastSync: number | undefined;
  /** Folders that are not wanted here, as they were asked for last. */
  #unwanted: readonly string[];
  #toldUnwanted: string | undefined;
  #claimed: { readonly path: LocalPath; readonly release: () => void } | undefined;

  constructor(config: PairConfig, ports: SyncPorts) {
    this.config = config;
    this.options = { ...defaultOptions, ...config.options };
    this.#unwanted = this.options.unwanted;
    this.#ports = ports;
    this.#remote = ports.openRemote(config);
    this.#place = new RootPlace(ports.fileSystem, ports.clock, localPath(config.localDir));
  }

  state(): PairState {
    return this.#state;
  }

  subscribe(listener: (event: SyncEvent) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#stateEvent());
    return () => this.#listeners.delete(listener);
  }

  /** Runs until both sides are at rest or something stops it. Never throws; the state tells how it went. */
  async run(signal: AbortSignal): Promise<{ readonly outcome: RunOutcome; readonly report: RunReport }> {
    let journal: Journal;
    try {
      journal = this.#openJournal();
      this.#decided?.(journal);
      this.#decided = undefined;
    } catch (error) {
      this.closeJournal();
      const outcome = journalFailure(error);
      return { outcome, report: this.#close(outcome, undefined) };
    }
    const run = startRun({
      config: this.config,
      options: { ...this.options, unwanted: this.#unwanted },
      ports: this.#ports,
      remote: this.#remote,
      journal,
      problems: this.#book(journal),
      limits: this.#limits,
      confirmed: this.#confirmed,
      importing: this.#importing,
      place: this.#place,
      claimFolder: (path) => this.#claimFolder(path),
      tell: this.#tell,
      phase: (kind) => this.setState({ kind }),
      signal,
    });
    this.#run = run;
    const outcome = await run.outcome;
    this.#run = undefined;
    try {
      return { outcome, report: this.#close(outcome, run) };
    } catch (error) {
      // The journal itself fails: the next run reads it anew.
      this.closeJournal();
      return { outcome: journalFailure(error), report: { ...run.report(), outcome: 'failed', problems: [] } };
    }
  }

  setState(state: PairState): void {
    if (isSameState(this.#state, state)) return;
    this.#state = state;
    this.#emit(this.#stateEvent());
  }

  problems(): Problem[] {
    return this.#ask(() => this.#problems?.all()) ?? [];
  }

  conflicts(): Conflict[] {
    return this.#ask(() => (this.#journal === undefined ? [] : allConflicts(this.#journal))) ?? [];
  }

  /** Takes a conflict up again that was settled: a person undid that. */
  noteConflict(conflict: Conflict): void {
    saveConflict(this.#openJournal(), conflict);
    this.#tell({ type: 'conflict', conflict });
  }

  /** When a waiting item may be tried again; nothing when none waits. */
  nextRetry(): number | undefined {
    return this.#ask(() => this.#problems?.nextRetry());
  }

  /** Asks the journal. One that fails is closed and answers nothing: the next run opens it anew and says what is wrong. */
  #ask<Answer>(question: () => Answer): Answer | undefined {
    try {
      return question();
    } catch {
      this.closeJournal();
      return undefined;
    }
  }

  retry(path: string): void {
    this.#limits.quota = undefined;
    this.#problems?.retry(toSyncPath(path));
  }

  /** Goes on as a guard's table says for `confirmGuard`; false when it is not the present one. */
  confirmGuard(id: string): boolean {
    const held = this.#held;
    if (held?.guard.id !== id) return false;
    if (isAboutDeletions(held)) this.#confirmed = held.deletions;
    else this.#decided = (journal) => journal.forgetAll();
    this.#held = undefined;
    return true;
  }

  /** Goes on as a guard's table says for `refuseGuard`; false when it is not the present one, or means to stay. */
  refuseGuard(id: string): boolean {
    const held = this.#held;
    if (held?.guard.id !== id || !isAboutDeletions(held)) return false;
    this.#decided = (journal) => forgetPaths([...held.deletions.local, ...held.deletions.remote], journal);
    this.#held = undefined;
    return true;
  }

  setPassword(password: string): void {
    this.#remote.setPassword(password);
  }

  /** From the next run on these folders are not wanted here, and all others are. */
  choose(unwanted: readonly string[]): void {
    this.#unwanted = unwanted;
  }

  /** Folders that are not wanted here, where they are now. */
  unwanted(): readonly string[] {
    return this.#ask(() => (this.#journal === undefined ? undefined : unwantedPaths(this.#journal))) ?? [];
  }

  async importFile(source: ImportSource, targetDir: string, onProgress: ProgressListener): Promise<Imported> {
    return importFile({
      source,
      targetDir,
      root: localPath(this.config.localDir),
      place: this.#place,
      mayMakeRoot: this.#openJournal().synced.root === undefined,
      ports: this.#ports,
      importing: this.#importing,
      onProgress,
      signal: this.#imports.signal,
    });
  }

  async list(folder: string): Promise<EntryInfo[]> {
    const sight = await this.#look();
    if (sight === undefined) return [];
    const running = this.#run?.meter.running ?? new Map();
    return listFolder({ ...sight, folder: toSyncPath(folder), running, problems: this.problems() });
  }

  /** Files that wait for their turn; none while no run is under way. */
  waiting(): Waiting {
    return this.#run?.meter.queue.list() ?? { count: 0, bytes: 0, files: [] };
  }

  /** What the folders in the root weigh here; `''` stands for the files that are in none of them. */
  async weigh(): Promise<FolderWeight[]> {
    const sight = await this.#look();
    return sight === undefined ? [] : weighFolders(sight);
  }

  /** The folder as it is here; nothing when it is not there. */
  async #look(): Promise<Sight | undefined> {
    const journal = this.#openJournal();
    const { fileSystem } = this.#ports;
    const root = await this.#findRoot();
    if (root === undefined) return undefined;
    const { patterns } = await readExcludeList(root, fileSystem, journal);
    const ignoredBy = ignoring(this.options.ignore, patterns);
    return { fileSystem, root, synced: journal.synced, ignoredBy, leftOut: new Set(allLeftOut(journal)) };
  }

  async #findRoot(): Promise<LocalPath | undefined> {
    try {
      return await this.#place.find(this.#imports.signal);
    } catch (error) {
      if (error instanceof LocalFailure && error.code === 'missing') return undefined;
      throw error;
    }
  }

  closeJournal(): void {
    this.#journal?.close();
    this.#journal = undefined;
    this.#problems = undefined;
  }

  /** Tells what its files took here when they were last in sync, so that those of others do not take its room. */
  noteRoom(): void {
    if (this.options.mostBytes < Number.POSITIVE_INFINITY)
      this.#ask(() => this.#ports.room.note(this.config.id, this.#openJournal().synced.bytes()));
  }

  /** Closes everything. No run may be under way. */
  async close(): Promise<void> {
    this.#ports.room.forget(this.config.id);
    this.#imports.abort();
    this.closeJournal();
    this.#claimed?.release();
    this.#claimed = undefined;
    await this.#remote.close();
    this.setState({ kind: 'stopped' });
  }

  readonly #tell: Tell = (event) =>
    this.#emit({ ...event, pair: this.config.id, at: this.#ports.clock.now() });

  #claimFolder(path: LocalPath): void {
    if (this.#claimed?.path === path) return;
    this.#claimed?.release();
    this.#claimed = undefined;
    this.#claimed = { path, release: this.#ports.locks.take(path) };
  }

  #stateEvent(): SyncEvent {
    return { type: 'state', pair: this.config.id, at: this.#ports.clock.now(), state: this.#state };
  }

  #emit(event: SyncEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  #openJournal(): Journal {
    if (this.#journal !== undefined) return this.#journal;
    const { journal, setAside } = openJournal(this.#ports.databases, this.config.journalPath);
    this.#journal = journal;
    if (setAside !== undefined)
      this.#tell({ type: 'notice', code: 'journalRebuilt', path: rootPath, count: 1 });
    return journal;
  }

  #book(journal: Journal): ProblemBook {
    this.#problems ??= new ProblemBook(journal, this.#ports.clock, {
      problem: (problem) => this.#tell({ type: 'problem', problem }),
      solved: (path) => this.#tell({ type: 'solved', path }),
    });
    return this.#problems;
  }

  #close(outcome: RunOutcome, run: Run | undefined): RunReport {
    if (outcome.kind === 'failed' && outcome.code === 'internal') this.closeJournal();
    if (outcome.kind === 'guarded') this.#held = holdBack(outcome, this.#held, this.#ports.random);
    if (outcome.kind === 'atRest') {
      this.#held = undefined;
      this.#confirmed = undefined;
      this.#lastSync = this.#ports.clock.now();
    }
    this.#tellUnwanted();
    const problems = this.problems();
    const nothing = { uploaded: 0, downloaded: 0, moved: 0, removed: 0, conflicts: 0, bytes: 0, requests: 0 };
    const done = run?.report() ?? nothing;
    return { ...done, outcome: outcomeOf(outcome, problems.length > 0), problems };
  }

  /** Says where they are now, once the journal knows: a run that got nowhere must not take a wish back. */
  #tellUnwanted(): void {
    const journal = this.#journal;
    if (journal === undefined || this.#ask(() => isNoted(journal, this.#unwanted)) !== true) return;
    const paths = this.#ask(() => unwantedPaths(journal));
    if (paths === undefined) return;
    const key = JSON.stringify(paths);
    this.#toldUnwanted ??= JSON.stringify([...this.#unwanted].toSorted());
    if (this.#toldUnwanted === key) return;
    this.#toldUnwanted = key;
    this.#tell({ type: 'unwanted', paths });
  }

  /** The state that follows from how a run ended. */
  stateAfter(outcome: RunOutcome, retryAt: number): PairState {
    switch (outcome.kind) {
      case 'atRest': {
        const last = this.#lastSync === undefined ? {} : { lastSync: this.#lastSync };
        return { kind: 'idle', problems: this.problems().length, ...last };
      }
      case 'guarded':
        return this.#held === undefined
          ? { kind: 'idle', problems: 0 }
          : { kind: 'guarded', guard: this.#held.guard };
      case 'offline':
        return { kind: 'offline', code: outcome.code, retryAt };
      case 'failed':
        return { kind: 'error', code: outcome.code, detail: outcome.detail, retryAt };
      case 'signedOut':
        return { kind: 'signedOut' };
      case 'aborted':
        return { kind: 'paused', reason: 'person' };
      default:
        return assertNever(outcome);
    }
  }
}

/** What is forgotten is joined anew: whichever side still has it brings it back to the other. */
function forgetPaths(paths: readonly SyncPath[], journal: Journal): void {
  journal.transaction(() => {
    for (const path of paths) {
      const row = journal.synced.find(path)?.row;
      if (row === undefined) continue;
      relistAbove(row, journal);
      journal.forget(row);
    }
  });
}

function isAboutDeletions({ guard }: Held): boolean {
  return guard.reason === 'manyDeletions' || guard.reason === 'emptied';
}
