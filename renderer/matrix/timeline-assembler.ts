import { KeyedList } from './keyed-list.ts';
import type { TimelineItem, TimelinePatch, TimelineSnapshot } from './protocol.ts';

/** Puts the open conversation together from the worker's patches. */
export class TimelineAssembler {
  readonly #items = new KeyedList<TimelineItem>((item) => item.key);

  /** The conversation after a patch. */
  apply(patch: TimelinePatch): TimelineSnapshot {
    if (patch.fresh) this.#items.reset();
    const { salonId, older, typing, readUpTo } = patch;
    return { salonId, older, typing, readUpTo, items: this.#items.apply(patch) };
  }

  /** The worker began anew. */
  reset(): void {
    this.#items.reset();
  }
}
