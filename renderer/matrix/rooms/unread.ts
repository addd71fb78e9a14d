/** A message someone else wrote after the last one this person read. */
export interface UnreadEvent {
  readonly eventId: string;
  readonly at: number;
  readonly mention: boolean;
}

/** What is unread in a salon, as this device counts it: the server of sliding sync does not, and may not see mentions. */
export interface Unread {
  readonly events: readonly UnreadEvent[];
  /** Where this person's read receipt stands. */
  readonly readId: string | null;
  /** When it was set, milliseconds since 1970; 0 when never. */
  readonly readAt: number;
}

/** The count stops here: "99+" says enough. */
export const MAX_UNREAD = 100;

/** Nothing read, nothing unread. */
export const NOTHING_UNREAD: Unread = { events: [], readId: null, readAt: 0 };

/** A new message of someone else that the rules count. One that is known or read already changes nothing. */
export function addUnread(unread: Unread, event: UnreadEvent): Unread {
  if (event.eventId === unread.readId) return unread;
  if (unread.events.some((known) => known.eventId === event.eventId)) return unread;
  return { ...unread, events: [...unread.events, event].slice(-MAX_UNREAD) };
}

/** Messages found in the past: before those known, or between them where some had been missed. */
export function addOlderUnread(unread: Unread, older: readonly UnreadEvent[]): Unread {
  const known = new Set(unread.events.map((event) => event.eventId));
  const fresh = older.filter((event) => !known.has(event.eventId));
  if (fresh.length === 0) return unread;
  const events = [...fresh, ...unread.events].toSorted((a, b) => a.at - b.at);
  return { ...unread, events: events.slice(-MAX_UNREAD) };
}

/**
 * This person's receipt: everything up to the event is read.
 * When the event is not among the unread ones, its time decides: what is newer than the receipt stays.
 */
export function markRead(unread: Unread, eventId: string, at: number): Unread {
  if (eventId === unread.readId) return unread;
  const index = unread.events.findIndex((event) => event.eventId === eventId);
  if (index >= 0) {
    return { events: unread.events.slice(index + 1), readId: eventId, readAt: Math.max(at, unread.readAt) };
  }
  if (at < unread.readAt) return unread;
  return { events: unread.events.filter((event) => event.at > at), readId: eventId, readAt: at };
}

/** Whoever writes has read: this person's own message clears what was there before. A newer receipt stays. */
export function readByWriting(unread: Unread, eventId: string, at: number): Unread {
  return at < unread.readAt ? { ...unread, events: [] } : { events: [], readId: eventId, readAt: at };
}

/** A deleted message is not unread any more. */
export function dropUnread(unread: Unread, eventId: string): Unread {
  const events = unread.events.filter((event) => event.eventId !== eventId);
  return events.length === unread.events.length ? unread : { ...unread, events };
}
