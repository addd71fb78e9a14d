import { KeyedList } from './keyed-list.ts';
import type { SalonListPatch, SalonListSnapshot, SalonSummary } from './protocol.ts';

/** Puts the list of salons together from the worker's patches. */
export class ListAssembler {
  readonly #salons = new KeyedList<SalonSummary>((salon) => salon.id);

  /** The list after a patch. */
  apply(patch: SalonListPatch): SalonListSnapshot {
    return { connection: patch.connection, total: patch.total, salons: this.#salons.apply(patch) };
  }

  /** The worker began anew. */
  reset(): void {
    this.#salons.reset();
  }
}
