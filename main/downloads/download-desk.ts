import { randomUUID } from 'node:crypto';
import { basename, dirname } from 'node:path';
import type { Download, DownloadProblem, DownloadStep } from '../../preload/contract/downloads.ts';
import { AppError } from '../contract/app-error.ts';
import type { Log } from '../log/log.ts';
import { Pace } from './pace.ts';

/** A file that comes, as the desktop carries it. */
export interface ComingFile {
  /** Where it goes; null while the person is asked. */
  readonly path: () => string | null;
  readonly bytesDone: () => number;
  /** 0: not known. */
  readonly bytesTotal: () => number;
  readonly mayGoOn: () => boolean;
  readonly stop: () => void;
  readonly goOn: () => void;
}

/**
 * Where a file comes from: its address, the server's name that the person reads (null: a conversation), and the id of the
 * account in which it was begun (null: nobody's).
 */
export interface ComingFrom {
  readonly url: string;
  readonly host: string | null;
  readonly owner: string | null;
}

/**
 * How a file ended: it is where it was meant to be (`done`) or in another folder (`elsewhere`); it is whole and no folder
 * takes it (`unplaced`); or it did not come.
 */
export type Ending = 'done' | 'elsewhere' | 'unplaced' | 'stopped' | 'broken';

/** How the desktop tells of a file that comes. */
export interface Carrier {
  /** More of it came, or its place was chosen. */
  readonly advanced: () => void;
  /** It stands still; it may go on where the file says so. */
  readonly brokeOff: () => void;
  readonly ended: (how: Ending) => void;
}

/** What the desk works with. */
export interface DeskParts {
  readonly now: () => number;
  readonly whyBroken: (folder: string, missing: number | null) => Promise<DownloadProblem>;
  readonly exists: (path: string) => Promise<boolean>;
  readonly reveal: (path: string) => void;
  readonly changed: () => void;
  readonly log: Log;
}

/** The page shows no more of them. */
const MOST = 50;

interface Entry {
  readonly id: string;
  readonly from: ComingFrom;
  /** Null for one that was refused: there is nothing to carry. */
  readonly file: ComingFile | null;
  readonly pace: Pace;
  readonly name: string;
  /** Counts what happened to it: an answer about an earlier break is no news any more. */
  turn: number;
  state:
    | { readonly step: 'running' }
    | { readonly step: 'done'; readonly isElsewhere: boolean }
    | { readonly step: 'failed'; readonly problem: DownloadProblem };
}

/** Every file that came or comes since the program started, and what the person may do about each. */
export class DownloadDesk {
  readonly #parts: DeskParts;
  /** The newest first. */
  #entries: readonly Entry[] = [];

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** The list, as the page shows it. What the person is still asked about is not on it. */
  list(): Download[] {
    return this.#entries.filter(isPlaced).slice(0, MOST).map(describe);
  }

  /** How many are on their way. */
  get running(): number {
    return this.#entries.filter(({ state }) => state.step === 'running').length;
  }

  /** Takes a file that begins to come. */
  begin(file: ComingFile, from: ComingFrom): Carrier {
    const entry = this.#add(file, from, '', { step: 'running' });
    return {
      advanced: () => {
        entry.pace.take(this.#parts.now(), file.bytesDone());
        this.#take(entry, { step: 'running' });
      },
      brokeOff: () => void this.#broke(entry),
      ended: (how) => this.#ended(entry, how),
    };
  }

  /** A file of which nothing comes: the person reads why. */
  refuse(name: string, from: ComingFrom, problem: DownloadProblem): void {
    this.#parts.log.warn('download.refused', { host: from.host ?? '', problem });
    this.#add(null, from, name, { step: 'failed', problem });
    this.#parts.changed();
  }

  stop(id: string): void {
    this.#find(id).file?.stop();
  }

  goOn(id: string): void {
    const { file } = this.#find(id);
    if (file?.mayGoOn()) file.goOn();
  }

  /** Throws `not-found.download` when the file is not where it was put. */
  async reveal(id: string): Promise<void> {
    const path = this.#find(id).file?.path();
    if (!path || !(await this.#parts.exists(path))) throw new AppError('not-found.download');
    this.#parts.reveal(path);
  }

  forget(id: string): void {
    const entry = this.#find(id);
    letGo(entry);
    this.#drop((each) => each === entry && each.state.step !== 'running');
  }

  forgetEnded(): void {
    for (const entry of this.#entries) letGo(entry);
    this.#drop(({ state }) => state.step !== 'running');
  }

  /** Stops and forgets what was begun in an account: nobody is signed in to it any more. */
  clear(owner: string): void {
    this.#stop((entry) => entry.from.owner === owner);
    this.#drop((entry) => entry.from.owner === owner);
  }

  /** Stops all that runs: the program ends. */
  stopAll(): void {
    this.#stop(() => true);
  }

  #stop(isMeant: (entry: Entry) => boolean): void {
    for (const entry of this.#entries.filter(isMeant)) if (entry.state.step !== 'done') entry.file?.stop();
  }

  #add(file: ComingFile | null, from: ComingFrom, name: string, state: Entry['state']): Entry {
    const entry = { id: randomUUID(), from, file, pace: new Pace(), name, state, turn: 0 };
    const all = [entry, ...this.#entries];
    this.#entries = all.filter((each, index) => index < MOST || each.state.step === 'running');
    // One that broke off and nobody sees any more gives its unfinished file back to the disk.
    for (const each of all) if (!this.#entries.includes(each)) letGo(each);
    return entry;
  }

  #find(id: string): Entry {
    const entry = this.#entries.find((each) => each.id === id);
    if (!entry) throw new AppError('not-found.download');
    return entry;
  }

  #drop(isUnwanted: (entry: Entry) => boolean): void {
    this.#entries = this.#entries.filter((entry) => !isUnwanted(entry));
    this.#parts.changed();
  }

  #ended(entry: Entry, how: Ending): void {
    switch (how) {
      case 'stopped':
        return this.#drop((each) => each === entry);
      case 'broken':
        return void this.#broke(entry);
      case 'unplaced':
        return this.#take(entry, { step: 'failed', problem: 'not-placed' });
      case 'done':
      case 'elsewhere':
        return this.#take(entry, { step: 'done', isElsewhere: how === 'elsewhere' });
    }
  }

  #take(entry: Entry, state: Entry['state']): void {
    entry.turn += 1;
    entry.state = state;
    this.#parts.changed();
  }

  /** That a file broke off is told also where nobody can say why. */
  async #why(folder: string, missing: number | null): Promise<DownloadProblem> {
    try {
      return await this.#parts.whyBroken(folder, missing);
    } catch (error) {
      this.#parts.log.warn('download.reason-unknown', {}, error);
      return 'broken-off';
    }
  }

  async #broke(entry: Entry): Promise<void> {
    const path = entry.file?.path() ?? null;
    const total = entry.file?.bytesTotal() ?? 0;
    const { turn } = entry;
    const missing = total > 0 ? total - (entry.file?.bytesDone() ?? 0) : null;
    const problem = path === null ? 'broken-off' : await this.#why(dirname(path), missing);
    this.#parts.log.warn('download.broke-off', { problem });
    if (entry.turn !== turn) return;
    entry.state = { step: 'failed', problem };
    this.#parts.changed();
  }
}

/** What broke off and could go on is over for good. */
function letGo({ state, file }: Entry): void {
  if (state.step === 'failed') file?.stop();
}

function isPlaced({ file }: Entry): boolean {
  return file === null || file.path() !== null;
}

function describe({ id, from, file, pace, name, state }: Entry): Download {
  const path = file?.path() ?? null;
  const bytesDone = file?.bytesDone() ?? 0;
  const total = file?.bytesTotal() ?? 0;
  const bytesTotal = total > 0 ? Math.max(total, bytesDone) : null;
  return {
    id,
    name: (path === null ? name : basename(path)).slice(0, 500),
    folder: path === null ? '' : dirname(path),
    host: from.host,
    bytesDone,
    bytesTotal,
    state: stepOf(state, file, pace, bytesTotal),
  };
}

function stepOf(
  state: Entry['state'],
  file: ComingFile | null,
  pace: Pace,
  bytesTotal: number | null,
): DownloadStep {
  switch (state.step) {
    case 'running':
      return {
        step: 'running',
        bytesPerSecond: pace.bytesPerSecond,
        secondsLeft: pace.secondsLeft(bytesTotal),
      };
    case 'done':
      return { step: 'done', isElsewhere: state.isElsewhere };
    case 'failed':
      return { step: 'failed', problem: state.problem, mayGoOn: file?.mayGoOn() ?? false };
  }
}
