import { KeyedList } from './keyed-list.ts';
import type { SalonListPatch, SalonListSnapshot, SalonSummary } from './protocol.ts';

/** Puts the list of salons together from the worker's patches. */
export class ListAssembler {
  readonly #salons = new KeyedList<SalonSummary>((salon) => salon.id);

  /** The list after a patch. Without a line nobody knows which calls go on: none is shown, not the last that was known. */
  apply(patch: SalonListPatch): SalonListSnapshot {
    const { connection, total } = patch;
    const salons = this.#salons.apply(patch);
    return { connection, total, salons: connection === 'offline' ? salons.map(withoutCall) : salons };
  }

  /** The worker began anew. */
  reset(): void {
    this.#salons.reset();
  }
}

function withoutCall(salon: SalonSummary): SalonSummary {
  return salon.call === null ? salon : { ...salon, call: null };
}
