import type { EncryptionTarget } from '../crypto/shapes.ts';
import { relationOf } from '../events/content.ts';
import type { ReadableEvent, RoomEvent } from '../events/event.ts';
import { isPassing } from '../http/chat-error.ts';
import type { RoomsApi } from '../http/rooms-api.ts';
import type { TimelineSnapshot } from '../protocol.ts';
import { SalonState } from '../rooms/salon-state.ts';
import { type StoredTimeline, Timeline } from './timeline.ts';

const FIRST_PAGE = 40;
const NEXT_PAGE = 60;
/** Pages in which nothing shows (reactions, settings) are passed over, this many at a time. */
const MAX_EMPTY_PAGES = 4;

interface ConversationSettings {
  readonly roomId: string;
  readonly api: Pick<RoomsApi, 'messages' | 'state'>;
  readonly read: (roomId: string, events: readonly RoomEvent[]) => Promise<readonly ReadableEvent[]>;
  readonly changed: () => void;
}

/** One salon's events and state, kept while it is open and for a while after. */
export class Conversation {
  readonly roomId: string;
  readonly timeline: Timeline;
  readonly state = new SalonState();
  /** Keys under which events were shown while they were on their way. */
  readonly keys = new Map<string, string>();
  typing: readonly string[] = [];
  readonly #settings: ConversationSettings;
  /** When somebody opened it last, milliseconds since 1970; null before it is kept for the first time. */
  #openedAt: number | null;
  #loading: Promise<void> | null = null;
  #failed = false;
  #stateRequest: Promise<void> | null = null;

  constructor(settings: ConversationSettings, stored: StoredTimeline | null) {
    this.#openedAt = stored?.openedAt ?? stored?.savedAt ?? null;
    this.roomId = settings.roomId;
    this.#settings = settings;
    this.timeline = new Timeline(stored);
  }

  /**
   * What is kept of it. One that only others write in is not kept for that: it counts as opened when somebody opens it, and
   * at first when it is kept.
   */
  stored(now: number, isOpen: boolean): StoredTimeline {
    if (isOpen) this.#openedAt = now;
    this.#openedAt ??= now;
    return this.timeline.stored(now, this.#openedAt);
  }

  /** Where the known part begins, for the interface. */
  get older(): TimelineSnapshot['older'] {
    if (this.#loading !== null) return 'loading';
    if (this.#failed) return 'failed';
    return this.timeline.older.kind === 'start' ? 'start' : 'more';
  }

  /**
   * Asks for the newest events where they may have been missed. Older ones than are known stay.
   * @throws ChatError
   */
  async refresh(): Promise<void> {
    while (this.timeline.stale) {
      if (this.#loading === null) await this.#load(() => this.#newestPage());
      // How that ends is told to who asked for it.
      else await this.#loading.catch(() => undefined);
    }
  }

  async #newestPage(): Promise<void> {
    const { misses } = this.timeline;
    const page = await this.#settings.api.messages(this.roomId, null, FIRST_PAGE);
    this.timeline.refresh({ events: await this.#readAll(page.events), older: page.older }, misses);
  }

  /** Asks for older events. Does nothing at the beginning or while a request is under way. @throws ChatError */
  async loadOlder(shows: (readable: ReadableEvent) => boolean): Promise<void> {
    if (this.timeline.stale) await this.refresh();
    for (let page = 0; page < MAX_EMPTY_PAGES; page += 1) {
      const { older } = this.timeline;
      if (older.kind !== 'token' || this.#loading !== null) return;
      const found = await this.#loadPage(older.token);
      if (found.some(shows)) return;
    }
  }

  async #loadPage(token: string): Promise<readonly ReadableEvent[]> {
    let events: readonly ReadableEvent[] = [];
    await this.#load(async () => {
      const page = await this.#settings.api.messages(this.roomId, token, NEXT_PAGE);
      events = await this.#readAll(page.events);
      // A page may be empty and not the last: of what was said before this person joined nothing is shown.
      this.timeline.prepend({ events, older: page.older === token ? null : page.older }, token);
    });
    return events;
  }

  async #load(request: () => Promise<void>): Promise<void> {
    this.#failed = false;
    const loading = request();
    this.#loading = loading;
    this.#settings.changed();
    try {
      await loading;
    } catch (error) {
      // Offline, what is known stays and a later refresh asks again; anything else the person may try again.
      this.#failed = !isPassing(error) || this.timeline.events.length === 0;
      throw error;
    } finally {
      this.#loading = null;
      this.#settings.changed();
    }
  }

  #readAll(events: readonly RoomEvent[]): Promise<readonly ReadableEvent[]> {
    return this.#settings.read(this.roomId, events);
  }

  /** Asks for the whole state unless it is known. @throws ChatError */
  async ensureState(): Promise<void> {
    if (this.state.complete) return;
    // Missed while it was asked for: once more, for whoever encrypts goes by it.
    while (!this.state.complete) {
      this.#stateRequest ??= this.state.loadFrom(this.#settings.api.state(this.roomId)).finally(() => {
        this.#stateRequest = null;
      });
      await this.#stateRequest;
    }
    this.#settings.changed();
  }

  /** The event of this person's own reaction to an event; null when there is none. */
  ownReaction(ownId: string, eventId: string, reaction: string): string | null {
    const found = this.timeline.events.findLast(({ event, clear }) => {
      const relation = clear === null || event.redacted || event.sender !== ownId ? null : relationOf(clear);
      return relation?.type === 'm.annotation' && relation.eventId === eventId && relation.key === reaction;
    });
    const gone = this.timeline.events.some(
      ({ event }) => event.redacts !== null && event.redacts === found?.event.id,
    );
    return gone ? null : (found?.event.id ?? null);
  }

  /** What encryption asks before it sends here. @param settings content of `m.room.encryption`. */
  target(settings: EncryptionTarget['settings']): EncryptionTarget {
    return {
      roomId: this.roomId,
      settings,
      historyVisibility: this.state.historyVisibility,
      recipients: async () => {
        await this.ensureState();
        return this.state.recipients();
      },
    };
  }
}
