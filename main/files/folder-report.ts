import type { Conflict, FolderActivity, Problem } from '../../preload/contract/files.ts';
import type { PairState, Progress, SyncEvent } from '../sync/api.ts';
import { activityOf, problemOf } from './activity.ts';
import type { Count } from './count.ts';

const MOST = 100;

/** What is known of one folder from the engine's events since it was opened. */
export class FolderReport {
  state: PairState = { kind: 'scanning' };
  readonly #problems = new Map<string, Problem>();
  readonly #conflicts = new Map<string, Conflict>();
  #progress: Progress | null = null;
  totals: Count = { files: 0, bytes: 0 };
  #lastChange: number | null = null;

  /** Takes an event in; answers whether entries of the folder changed by it. */
  take(event: SyncEvent): boolean {
    switch (event.type) {
      case 'state':
        this.#takeState(event.state);
        return true;
      case 'progress':
        this.#progress = event.progress;
        return false;
      case 'item':
        if (event.phase === 'done') this.#lastChange = event.at;
        return event.phase !== 'progress';
      case 'problem':
        this.#problems.set(event.problem.path, problemOf(event.problem));
        return true;
      case 'solved':
        this.#problems.delete(event.path);
        return true;
      case 'conflict':
        this.addConflict({ path: event.conflict.path, copyPath: event.conflict.copy, at: event.conflict.at });
        return true;
      case 'notice':
        return false;
      case 'unwanted':
        return true;
    }
  }

  addProblem(problem: Problem): void {
    this.#problems.set(problem.path, problem);
  }

  addConflict(conflict: Conflict): void {
    this.#conflicts.set(conflict.copyPath, conflict);
  }

  /** All there are. */
  setConflicts(conflicts: readonly Conflict[]): void {
    this.#conflicts.clear();
    for (const conflict of conflicts) this.addConflict(conflict);
  }

  removeConflict(copyPath: string): void {
    this.#conflicts.delete(copyPath);
  }

  get activity(): FolderActivity {
    return activityOf(this.state, this.#progress);
  }

  get problems(): Problem[] {
    return [...this.#problems.values()].slice(0, MOST);
  }

  get conflicts(): Conflict[] {
    return [...this.#conflicts.values()].slice(0, MOST);
  }

  get lastChange(): number | null {
    return this.#lastChange;
  }

  #takeState(state: PairState): void {
    this.state = state;
    if (state.kind === 'scanning') this.#progress = null;
    if (state.kind !== 'idle') return;
    this.#lastChange ??= state.lastSync ?? null;
  }
}
