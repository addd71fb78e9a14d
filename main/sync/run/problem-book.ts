import type { ItemAction, Problem, ProblemCode } from '../api.ts';
import type { Finding } from '../discover/finding.ts';
import type { Journal } from '../journal/journal.ts';
import {
  allProblems,
  backOff,
  forgetProblem,
  type KeptProblem,
  keptProblem,
  saveProblem,
} from '../journal/problems.ts';
import type { FailureData } from '../model/failures.ts';
import { knownSyncPath, type SyncPath } from '../model/paths.ts';
import type { Clock } from '../ports/clock.ts';
import { keptWhere } from '../propagate/react.ts';

/** Told when a problem comes up or is solved. */
export interface ProblemListener {
  problem(problem: Problem): void;
  solved(path: string): void;
}

/**
 * All that is not in sync, and why. Findings of discovery hold as long as discovery meets them; failures of
 * items wait in the journal and are tried again after a time, or as soon as either side looks different.
 */
export class ProblemBook {
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #listener: ProblemListener;
  #findings = new Map<string, Problem>();

  constructor(journal: Journal, clock: Clock, listener: ProblemListener) {
    this.#journal = journal;
    this.#clock = clock;
    this.#listener = listener;
  }

  all(): Problem[] {
    const items = allProblems(this.#journal).map(({ problem }) => problem);
    return [...this.#findings.values(), ...items].toSorted((one, other) => (one.path < other.path ? -1 : 1));
  }

  /** When the next waiting item may be tried again; nothing when none waits. */
  nextRetry(): number | undefined {
    const times = allProblems(this.#journal).map((kept) => this.#dueAt(kept));
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Takes what discovery found now in place of what it found before. */
  setFindings(findings: readonly Finding[]): void {
    const before = this.#findings;
    this.#findings = new Map();
    for (const { path, code, action, data } of findings) {
      const kept = action === 'list' ? 'server' : 'here';
      const problem: Problem = { code, path, action, kept, data };
      this.#findings.set(path, problem);
      if (before.get(path)?.code !== code) this.#listener.problem(problem);
    }
    for (const path of before.keys()) if (!this.#findings.has(path)) this.#listener.solved(path);
  }

  /** Whether an item failed lately, looking the same as now, and must wait. */
  mustWait(path: SyncPath, signature: string): boolean {
    const kept = keptProblem(this.#journal, path);
    return kept !== undefined && kept.signature === signature && this.#dueAt(kept) > this.#clock.now();
  }

  failed(
    path: SyncPath,
    action: ItemAction,
    code: ProblemCode,
    detail: { readonly signature: string; readonly data: FailureData },
  ): void {
    const before = keptProblem(this.#journal, path);
    const tries = before?.signature === detail.signature ? before.tries + 1 : 1;
    const retryAt = this.#clock.now() + backOff(tries);
    const problem: Problem = { code, path, action, kept: keptWhere(action), retryAt, data: detail.data };
    saveProblem(this.#journal, { problem, signature: detail.signature, tries });
    this.#listener.problem(problem);
  }

  /** When it is due: at once if that is further away than it can be, since the clock was then put back. */
  #dueAt({ problem: { retryAt = 0 }, tries }: KeptProblem): number {
    return retryAt > this.#clock.now() + backOff(tries) ? 0 : retryAt;
  }

  succeeded(path: SyncPath): void {
    if (forgetProblem(this.#journal, path)) this.#listener.solved(path);
  }

  /** Lets an item, or everything below a folder, be tried again at once. */
  retry(path: string): void {
    for (const { problem } of allProblems(this.#journal)) {
      const isMeant = path === '' || problem.path === path || problem.path.startsWith(`${path}/`);
      if (isMeant) this.#journal.run('UPDATE problem SET retry_at = 0 WHERE path = ?', problem.path);
    }
  }

  /** Forgets problems of paths that no plan speaks of any more. */
  keepOnly(paths: ReadonlySet<string>): void {
    for (const { problem } of allProblems(this.#journal)) {
      if (!paths.has(problem.path)) this.succeeded(knownSyncPath(problem.path));
    }
  }
}
