import type { ReadableEvent, RoomEvent } from '../events/event.ts';

/** Where a conversation's known part begins. `unknown`: the server was not asked yet. */
export type OlderEdge =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'start' };

/** A conversation as it is kept on this PC. */
export interface StoredTimeline {
  readonly savedAt: number;
  /** When somebody opened it last, milliseconds since 1970. Missing in what older versions stored. */
  readonly openedAt?: number;
  readonly events: readonly ReadableEvent[];
}

/** A page of history, oldest first. `older`: null when it reaches the beginning. */
export interface HistoryPage {
  readonly events: readonly ReadableEvent[];
  readonly older: string | null;
}

/** How much of a conversation is kept when it is not open. */
const KEPT_EVENTS = 60;
const MOST_UNSEEN = 300;

/**
 * The known part of a conversation, without holes: it ends at the newest event and grows backwards.
 * Where events are missing the older part is given up; the server has it.
 */
export class Timeline {
  #events: readonly ReadableEvent[] = [];
  #older: OlderEdge = { kind: 'unknown' };
  /** Sent from here and known by the server's answer only: their place is told by the next sync. */
  readonly #local = new Set<string>();
  /** Events may be missing before the one at this index; null: none are. */
  #hole: number | null = 0;
  #misses = 0;

  constructor(stored: StoredTimeline | null) {
    if (stored === null) return;
    this.#events = stored.events;
    this.#hole = stored.events.length;
  }

  get events(): readonly ReadableEvent[] {
    return this.#events;
  }
  get older(): OlderEdge {
    return this.#older;
  }
  /** Whether `refresh` must be called with the newest page. */
  get stale(): boolean {
    return this.#hole !== null;
  }

  /** How often a hole was made: a page that was asked for before the last one does not close it. */
  get misses(): number {
    return this.#misses;
  }

  /** New events, oldest first; known ones are taken over in place. */
  append(events: readonly ReadableEvent[]): void {
    this.#events = this.#merge(this.#events, events);
  }

  /** A message of this device that the server took: shown last until the sync tells its place. */
  addSent(readable: ReadableEvent): void {
    if (this.#events.some(({ event }) => event.id === readable.event.id)) return;
    this.#events = [...this.#events, readable];
    this.#local.add(readable.event.id);
  }

  /** Events were missed after those known: the newest page must be asked for. */
  miss(): void {
    if (this.#hole !== null && this.#hole < this.#events.length) {
      // A second hole: what lies before the first can't be joined any more.
      this.#events = this.#events.slice(this.#hole);
      this.#older = { kind: 'unknown' };
    }
    this.#tear();
  }

  #tear(): void {
    this.#hole = this.#events.length;
    this.#misses += 1;
  }

  /**
   * The newest page of the server. Joins what is known where they overlap; without overlap the part before the
   * hole is given up. Events that came after the page was made stay.
   * @param asked `misses` when the page was asked for: one from before the last hole says nothing of it.
   */
  refresh(page: HistoryPage, asked = this.#misses): void {
    const hole = this.#hole;
    if (hole === null || asked !== this.#misses) return;
    const ids = new Set(page.events.map(({ event }) => event.id));
    const known = this.#events.slice(0, hole);
    const joint = known.findIndex(({ event }) => ids.has(event.id));
    const joined = joint > 0 && this.#older.kind !== 'unknown';
    this.#events = [
      ...(joined ? known.slice(0, joint) : []),
      ...page.events,
      ...after(this.#events.slice(hole), page.events, ids),
    ];
    if (!joined) this.#older = edge(page);
    this.#hole = null;
  }

  /**
   * A page before the first known event.
   * @param from the token it was asked with: what was forgotten or given up meanwhile would leave a hole after it.
   */
  prepend(page: HistoryPage, from: string): void {
    if (this.#older.kind !== 'token' || this.#older.token !== from) return;
    const known = new Set(this.#events.map(({ event }) => event.id));
    const fresh = page.events.filter(({ event }) => !known.has(event.id));
    this.#events = [...fresh, ...this.#events];
    if (this.#hole !== null) this.#hole += fresh.length;
    this.#older = edge(page);
  }

  /** An event that could not be read before. @returns whether it is part of this conversation. */
  replace(readable: ReadableEvent): boolean {
    const index = this.#events.findIndex(({ event }) => event.id === readable.event.id);
    if (index < 0) return false;
    this.#events = this.#events.with(index, readable);
    return true;
  }

  /** Forgets all but the newest part: the conversation is not shown any more. */
  trim(): void {
    if (this.#events.length <= KEPT_EVENTS) return;
    this.#events = this.#events.slice(-KEPT_EVENTS);
    this.#older = { kind: 'unknown' };
    this.#tear();
  }

  /** A conversation nobody looks at does not grow for ever. */
  trimIfLong(): void {
    if (this.#events.length > MOST_UNSEEN) this.trim();
  }

  stored(now: number, openedAt: number): StoredTimeline {
    return { savedAt: now, openedAt, events: this.#events.slice(-KEPT_EVENTS) };
  }

  #merge(known: readonly ReadableEvent[], events: readonly ReadableEvent[]): readonly ReadableEvent[] {
    const placed = new Set(events.map(({ event }) => event.id).filter((id) => this.#local.delete(id)));
    const merged = known.filter(({ event }) => !placed.has(event.id));
    const index = new Map(merged.map(({ event }, at) => [event.id, at]));
    for (const readable of events) {
      const at = index.get(readable.event.id);
      if (at === undefined) merged.push(readable);
      else merged[at] = better(merged[at], readable);
    }
    return merged;
  }
}

/** The one of two copies of an event that tells more: redacted, else readable. */
function better(known: ReadableEvent | undefined, next: ReadableEvent): ReadableEvent {
  if (known === undefined || next.event.redacted || next.clear !== null) return next;
  return known;
}

/** What of the events since the hole came after the page was made; what lies before the page is given up. */
function after(
  recent: readonly ReadableEvent[],
  page: readonly ReadableEvent[],
  ids: ReadonlySet<string>,
): readonly ReadableEvent[] {
  const last = recent.findLastIndex(({ event }) => ids.has(event.id));
  if (last >= 0) return recent.slice(last + 1);
  const begin = page[0]?.event.at ?? Number.NEGATIVE_INFINITY;
  return recent.filter(({ event }) => event.at >= begin);
}

function edge(page: HistoryPage): OlderEdge {
  const whole = page.older === null || page.events[0]?.event.type === 'm.room.create';
  return page.older === null || whole ? { kind: 'start' } : { kind: 'token', token: page.older };
}

/** The event that a message of the outbox is shown as until the real one comes. */
export function echoEvent(
  message: {
    /** Under which the server knows it; left out: it does not yet. */
    readonly eventId?: string;
    readonly key: string;
    readonly type: string;
    readonly content: RoomEvent['content'];
    readonly at: number;
  },
  ownId: string,
): ReadableEvent {
  const event: RoomEvent = {
    id: message.eventId ?? message.key,
    type: message.type,
    sender: ownId,
    at: message.at,
    stateKey: null,
    content: message.content,
    txnId: message.key,
    age: null,
    redacted: false,
    redacts:
      message.type === 'm.room.redaction' && typeof message.content.redacts === 'string'
        ? message.content.redacts
        : null,
    bundledEdit: null,
    previous: null,
  };
  return { event, clear: { type: message.type, content: message.content }, unreadable: null, local: true };
}
