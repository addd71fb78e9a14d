import { contentOf, draftLine } from '../events/content.ts';
import type { ReadableEvent } from '../events/event.ts';
import type { Snapshot } from '../protocol.ts';
import type { Reading } from '../rooms/reduce.ts';
import type { Room } from '../rooms/room.ts';
import { lineWithNames, roomName, type SummaryContext } from '../rooms/summary.ts';

type Notable = Extract<Snapshot, { type: 'notable' }>['snapshot'];

/** Older messages are no news: they came while this PC was off. */
const FRESH_MS = 5 * 60_000;
const REMEMBERED = 500;

interface NotableSettings {
  readonly reading: () => Reading;
  readonly context: () => SummaryContext;
  readonly post: (notable: Notable) => void;
}

/** Chooses the messages that deserve a notification: new, unread, of someone else, and the account's rules say so. */
export class Notables {
  readonly #settings: NotableSettings;
  readonly #told = new Set<string>();

  constructor(settings: NotableSettings) {
    this.#settings = settings;
  }

  /** @param room as it is after the message. */
  hear(room: Room, readable: ReadableEvent): void {
    const { event } = readable;
    const reading = this.#settings.reading();
    const stillUnread = room.unread.events.find((unread) => unread.eventId === event.id);
    if (stillUnread === undefined || this.#told.has(event.id)) return;
    if ((event.age ?? reading.now - event.at) > FRESH_MS) return;
    // A message whose key is still on its way is told once it can be read.
    const content = readable.clear === null ? null : contentOf(readable, { add: () => undefined });
    const line = content === null ? null : draftLine(content);
    if (line === null) return;
    this.#remember(event.id);
    const context = this.#settings.context();
    const entry = { eventId: event.id, at: event.at, sender: event.sender, line };
    const written = lineWithNames(entry, context);
    this.#settings.post({
      salonId: room.id,
      salonName: roomName(room, context),
      eventId: event.id,
      senderName: written.sender,
      line: written,
      mention: stillUnread.mention,
    });
  }

  #remember(eventId: string): void {
    this.#told.add(eventId);
    const oldest = this.#told.values().next().value;
    if (this.#told.size > REMEMBERED && oldest !== undefined) this.#told.delete(oldest);
  }
}
