import type { Conflict } from '../../preload/contract/files.ts';
import type { KnownPair } from './files-state.ts';
import type { OpenPairs } from './open-pairs.ts';

/** What the book is kept in. */
export interface ConflictBookParts {
  /** The pair of a salon's folder. Throws when it has none. */
  readonly pairOf: (salonId: string) => string;
  readonly pairs: Pick<OpenPairs, 'conflictsOf' | 'reportOf' | 'tolerant'>;
  readonly known: (pairId: string) => KnownPair | undefined;
  readonly remember: (pairId: string, known: KnownPair) => Promise<void>;
  /** The page should see it. */
  readonly tell: () => void;
}

/** Which files in two versions wait for a person, as the engine and the person's decisions have it. */
export class ConflictBook {
  readonly #parts: ConflictBookParts;

  constructor(parts: ConflictBookParts) {
    this.#parts = parts;
  }

  /** The person settled a conflict, or keeps both versions as they are. */
  async forget(salonId: string, copyPath: string): Promise<void> {
    await this.#forget(this.#parts.pairOf(salonId), copyPath);
  }

  /**
   * There is nothing to decide about a file of which this computer's version was set aside: gives where it is, and null
   * when none was.
   */
  async withdraw(pairId: string, path: string): Promise<string | null> {
    const conflicts = this.#parts.pairs.reportOf(pairId)?.conflicts ?? [];
    const last = conflicts.findLast((conflict) => conflict.path === path);
    if (!last) return null;
    await this.#forget(pairId, last.copyPath);
    return last.copyPath;
  }

  /** A settled conflict is one again. */
  async recall(salonId: string, conflict: Conflict): Promise<void> {
    const { pairs, pairOf, tell } = this.#parts;
    const { path, copyPath: copy, at } = conflict;
    const pair = pairOf(salonId);
    await this.#change(pair, (settled) => settled.filter((each) => each !== copy));
    pairs.reportOf(pair)?.addConflict(conflict);
    await pairs.tolerant({ type: 'noteConflict', pair, conflict: { path, copy, at } });
    tell();
  }

  /** The engine rests: conflicts that were settled by hand are none any more, nor need they be remembered. */
  async lookAgain(pairId: string): Promise<void> {
    const settled = this.#settled(pairId);
    const open = await this.#parts.pairs.conflictsOf(pairId, settled.length > 0);
    if (open === null) return;
    if (settled.some((copy) => !open.has(copy)))
      await this.#change(pairId, (copies) => copies.filter((copy) => open.has(copy)));
    this.#parts.tell();
  }

  async #forget(pairId: string, copyPath: string): Promise<void> {
    this.#parts.pairs.reportOf(pairId)?.removeConflict(copyPath);
    await this.#change(pairId, (settled) => [...settled, copyPath]);
    this.#parts.tell();
  }

  #settled(pairId: string): readonly string[] {
    return this.#parts.known(pairId)?.settledCopies ?? [];
  }

  async #change(pairId: string, change: (settled: readonly string[]) => string[]): Promise<void> {
    const known = this.#parts.known(pairId);
    if (!known) return;
    const settledCopies = change(known.settledCopies);
    await this.#parts.remember(pairId, { ...known, settledCopies });
  }
}
