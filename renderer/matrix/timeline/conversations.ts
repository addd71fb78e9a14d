import type { PartnerRule } from '../../../preload/contract/partners.ts';
import type { ChatCache } from '../cache/chat-cache.ts';
import { contentOf } from '../events/content.ts';
import type { ReadableEvent, RoomEvent } from '../events/event.ts';
import type { MediaSink } from '../events/media-source.ts';
import type { RoomsApi } from '../http/rooms-api.ts';
import type { Outbox, UnsentMessage } from '../outbox/outbox.ts';
import type { SalonDetails, TimelineItem, TimelinePatch } from '../protocol.ts';
import { KeyedDiff } from '../rooms/keyed-diff.ts';
import type { People } from '../rooms/people.ts';
import { toPerson } from '../rooms/person.ts';
import type { SalonList } from '../rooms/salon-list.ts';
import { Throttle } from '../rooms/throttle.ts';
import type { RoomDelta } from '../sync/delta.ts';
import { Conversation } from './conversation.ts';
import { buildItems } from './items.ts';
import { echoEvent } from './timeline.ts';

const POST_EVERY_MS = 60;
const SAVE_EVERY_MS = 4_000;
/** Conversations kept in memory beside the open one. */
const KEPT = 6;

interface Settings {
  readonly ownId: string;
  readonly partners: PartnerRule;
  readonly people: People;
  readonly list: SalonList;
  readonly api: RoomsApi;
  readonly cache: ChatCache;
  readonly media: MediaSink;
  readonly outbox: Outbox;
  readonly read: (roomId: string, events: readonly RoomEvent[]) => Promise<readonly ReadableEvent[]>;
  readonly now: () => number;
  readonly post: {
    readonly timeline: (patch: TimelinePatch) => void;
    readonly details: (details: SalonDetails) => void;
  };
  /** A write to this PC failed. */
  readonly trouble: (error: unknown) => void;
}

/** The conversations in memory, and what of the open one the interface has seen. */
export class Conversations {
  readonly #settings: Settings;
  readonly #known = new Map<string, Conversation>();
  readonly #diff = new KeyedDiff<TimelineItem>((item) => item.key);
  readonly #posting: Throttle;
  readonly #saving: Throttle;
  readonly #unsaved = new Set<string>();
  #openId: string | null = null;
  #fresh = true;
  #edges = '';
  #details = '';

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#posting = new Throttle(() => this.#post(), POST_EVERY_MS);
    this.#saving = new Throttle(() => void this.save().catch(settings.trouble), SAVE_EVERY_MS);
  }

  get openId(): string | null {
    return this.#openId;
  }

  /** The conversation when it is in memory. */
  peek(roomId: string): Conversation | null {
    return this.#known.get(roomId) ?? null;
  }

  /** The conversation, taken from this PC when it is not in memory. */
  async get(roomId: string): Promise<Conversation> {
    const known = this.#known.get(roomId);
    if (known) return known;
    const stored = await this.#settings.cache.timeline(roomId);
    const raced = this.#known.get(roomId);
    if (raced) return raced;
    const { api, read } = this.#settings;
    const conversation = new Conversation({ roomId, api, read, changed: () => this.changed(roomId) }, stored);
    this.#known.set(roomId, conversation);
    this.#forgetOldest();
    return conversation;
  }

  #forgetOldest(): void {
    for (const roomId of [...this.#known.keys()].slice(0, -KEPT)) {
      if (roomId === this.#openId || this.#unsaved.has(roomId)) continue;
      if (this.#settings.outbox.of(roomId).length === 0) this.#known.delete(roomId);
    }
  }

  /** Shows a salon: what is known at once, then what the server has. @throws ChatError when it can't be asked. */
  async open(roomId: string | null): Promise<void> {
    if (this.#openId !== null && this.#openId !== roomId) this.peek(this.#openId)?.timeline.trim();
    this.#openId = roomId;
    this.#fresh = true;
    this.#edges = '';
    this.#details = '';
    this.#diff.reset();
    if (roomId === null) return;
    const conversation = await this.get(roomId);
    if (this.#openId !== roomId) return;
    this.#known.delete(roomId);
    this.#known.set(roomId, conversation);
    this.#noteOpening(conversation);
    this.#posting.now();
    await this.refreshOpen();
  }

  /** What nobody opens is not kept for ever, however much is written there: so it is stored when somebody does. */
  #noteOpening(conversation: Conversation): void {
    if (conversation.timeline.events.length === 0) return;
    this.#unsaved.add(conversation.roomId);
    this.#saving.ask();
  }

  /** Asks for what the open conversation may have missed. @throws ChatError */
  async refreshOpen(): Promise<void> {
    const conversation = this.#openId === null ? null : this.peek(this.#openId);
    if (conversation === null) return;
    if (this.#settings.list.get(conversation.roomId)?.membership === 'invite') return;
    await Promise.all([conversation.refresh(), conversation.ensureState()]);
  }

  async loadOlder(roomId: string): Promise<void> {
    const conversation = await this.get(roomId);
    await conversation.loadOlder((readable) => contentOf(readable, { add: () => undefined }) !== null);
  }

  /** Takes over what an answer of the server says about a room whose conversation is in memory. */
  feed(delta: RoomDelta, timeline: readonly ReadableEvent[]): void {
    const arrived = this.#arrived(timeline);
    const conversation = this.peek(delta.roomId);
    if (conversation === null) return;
    for (const [eventId, key] of arrived) conversation.keys.set(eventId, key);
    if (delta.gap) conversation.timeline.miss();
    // A room that comes anew tells a part of its state only, and nothing of who left since.
    if (delta.gap || delta.initial) conversation.state.miss();
    const history = delta.initial && conversation.timeline.events.length > 0;
    if (history) conversation.timeline.miss();
    else if (!conversation.timeline.stale || delta.live > 0)
      conversation.timeline.append(this.#newOnes(delta, timeline));
    for (const event of delta.state) conversation.state.apply(event);
    for (const { event } of timeline.slice(timeline.length - delta.live)) conversation.state.apply(event);
    if (this.#openId !== delta.roomId) conversation.timeline.trimIfLong();
    if (delta.typing !== null) conversation.typing = delta.typing;
    this.changed(delta.roomId);
  }

  #newOnes(delta: RoomDelta, timeline: readonly ReadableEvent[]): readonly ReadableEvent[] {
    return timeline.slice(timeline.length - delta.live);
  }

  /** Events of this device whose answer was lost need not go again; each keeps the key it had as an echo. */
  #arrived(timeline: readonly ReadableEvent[]): readonly (readonly [eventId: string, key: string])[] {
    return timeline.flatMap(({ event }) =>
      event.txnId !== null && this.#settings.outbox.arrived(event.txnId) ? [[event.id, event.txnId]] : [],
    );
  }

  /** The server took a message of this device. */
  sent(message: UnsentMessage, eventId: string): ReadableEvent {
    const readable = echoEvent({ ...message, eventId }, this.#settings.ownId);
    const conversation = this.peek(message.roomId);
    conversation?.timeline.addSent(readable);
    conversation?.keys.set(eventId, message.key);
    this.changed(message.roomId);
    return readable;
  }

  /** An event can be read now. */
  replace(roomId: string, readable: ReadableEvent): void {
    if (this.peek(roomId)?.timeline.replace(readable)) this.changed(roomId);
  }

  /**
   * All that is known may be old: the line was gone. Also whether a salon is encrypted and who is in it: what waits to be
   * sent goes before the sync has told of every salon again.
   */
  missAll(): void {
    for (const [roomId, conversation] of this.#known) {
      conversation.timeline.miss();
      conversation.state.miss();
      if (conversation.typing.length === 0) continue;
      conversation.typing = [];
      this.changed(roomId);
    }
  }

  /** Something of the conversation changed: it is posted if open, and stored. */
  changed(roomId: string): void {
    if (!this.#known.has(roomId)) return;
    this.#unsaved.add(roomId);
    this.#saving.ask();
    if (roomId === this.#openId) this.#posting.ask();
  }

  /** Stores what changed. */
  async save(): Promise<void> {
    const roomIds = [...this.#unsaved];
    this.#unsaved.clear();
    for (const roomId of roomIds) {
      const conversation = this.peek(roomId);
      if (conversation === null) continue;
      const kept = conversation.stored(this.#settings.now(), roomId === this.#openId);
      await this.#settings.cache.saveTimeline(roomId, kept);
    }
  }

  stop(): void {
    this.#posting.stop();
    this.#saving.stop();
  }

  #post(): void {
    const conversation = this.#openId === null ? null : this.peek(this.#openId);
    if (conversation === null) return;
    this.#postTimeline(conversation);
    this.#postDetails(conversation);
  }

  #postTimeline(conversation: Conversation): void {
    const { roomId, timeline, keys } = conversation;
    const { ownId, people, partners, media, list } = this.#settings;
    const person = (userId: string) => toPerson({ userId, ...people.get(userId) }, partners);
    const echoes = this.#settings.outbox.of(roomId);
    const encrypted = (list.get(roomId)?.encryption ?? null) !== null;
    const items = buildItems(timeline.events, { ownId, encrypted, person, media, echoes, keys });
    const edges = {
      older: conversation.older,
      typing: conversation.typing.filter((userId) => userId !== ownId).map((userId) => person(userId).name),
      readUpTo: list.get(roomId)?.unread.readId ?? null,
    };
    const patch = this.#diff.next(items);
    const print = JSON.stringify(edges);
    if (patch === null && print === this.#edges && !this.#fresh) return;
    this.#edges = print;
    this.#settings.post.timeline({
      order: null,
      changed: [],
      ...patch,
      salonId: roomId,
      fresh: this.#fresh,
      ...edges,
    });
    this.#fresh = false;
  }

  #postDetails(conversation: Conversation): void {
    if (!conversation.state.complete) return;
    const { ownId, partners } = this.#settings;
    const details = conversation.state.details(conversation.roomId, ownId, partners);
    const print = JSON.stringify(details);
    if (print === this.#details) return;
    this.#details = print;
    this.#settings.post.details(details);
  }
}
