import type { CryptoMachine } from '../crypto/machine.ts';
import type { Content } from '../events/event.ts';
import { asReadable, isEncrypted, type ReadableEvent } from '../events/event.ts';
import { parseMember } from '../events/state.ts';
import type { People } from '../rooms/people.ts';
import { evaluate, type PushRules, parsePushRules } from '../rooms/push-rules.ts';
import { type Reading, reduceDecrypted, reduceRoom, reduceSent } from '../rooms/reduce.ts';
import type { Room } from '../rooms/room.ts';
import type { SalonList } from '../rooms/salon-list.ts';
import type { RoomDelta, SyncDelta } from '../sync/delta.ts';
import type { Conversation } from '../timeline/conversation.ts';
import type { Conversations } from '../timeline/conversations.ts';
import { breathe } from './pause.ts';

/** Rooms taken in before other work of the worker gets its turn. */
const ROOMS_AT_ONCE = 20;

type Machine = Pick<CryptoMachine, 'receive' | 'readAll' | 'memberChanged'>;

interface PipelineSettings {
  readonly ownId: string;
  readonly list: SalonList;
  readonly people: People;
  readonly conversations: Pick<Conversations, 'feed' | 'replace'> & {
    peek(roomId: string): Pick<Conversation, 'state'> | null;
  };
  readonly machine: () => Promise<Machine>;
  readonly machineNow: () => Machine | null;
  readonly now: () => number;
  /** A message came just now (or can be read just now), with what it is in the list. */
  readonly heard: (room: Room, readable: ReadableEvent) => void;
  /** Rooms changed: who is in calls, which gaps are to be filled. */
  readonly changed: (rooms: readonly RoomDelta[]) => void;
  /** A room's news could not be taken in. */
  readonly trouble: (error: unknown) => void;
}

/** Takes the server's answers into the list and the conversations, in order. */
export class Pipeline {
  readonly #settings: PipelineSettings;
  #pushRules: PushRules | null = null;
  #rawRules: Content | null = null;

  constructor(settings: PipelineSettings) {
    this.#settings = settings;
  }

  /** Account data `m.push_rules`, to be stored. */
  get rawRules(): Content | null {
    return this.#rawRules;
  }

  setRules(content: Content | null): void {
    this.#rawRules = content;
    this.#pushRules = content === null ? null : parsePushRules(content);
  }

  /** @throws when encryption could not take its part in: the same answer must come again. */
  async apply(delta: SyncDelta): Promise<void> {
    for (const event of delta.accountData) if (event.type === 'm.push_rules') this.setRules(event.content);
    for (const room of delta.rooms) this.#learnNames(room);
    if (!delta.complete) this.#settings.list.setTotal(delta.total);
    if (this.#settings.machineNow() === null) this.#preview(delta);
    const machine = await this.#settings.machine();
    await machine.receive(delta.crypto);
    let count = 0;
    for (const room of delta.rooms) {
      await this.#applyRoom(room, machine);
      count += 1;
      if (count % ROOMS_AT_ONCE === 0) await breathe();
    }
    if (delta.whole !== null) this.#keepOnly(delta.whole);
    // A whole list is its own count (the server counts spaces too).
    if (delta.complete) this.#settings.list.setTotal(0);
    this.#settings.changed(delta.rooms);
  }

  /** Salons that were left while the server's place in its stream was lost. */
  #keepOnly(whole: ReadonlySet<string>): void {
    const { list } = this.#settings;
    for (const roomId of list.rooms.keys()) if (!whole.has(roomId)) list.set(roomId, null);
  }

  #learnNames(delta: RoomDelta): void {
    const { people } = this.#settings;
    for (const event of delta.state) people.learn(event);
    for (const event of delta.timeline) people.learn(event);
    if (delta.heroes !== null) people.learnHeroes(delta.heroes);
    for (const bare of delta.stripped) {
      const member = bare.type === 'm.room.member' ? parseMember(bare.content) : null;
      if (member && bare.stateKey) people.set(bare.stateKey, { name: member.name, avatar: member.avatar });
    }
  }

  /** The list is shown before encryption is ready; lines that need it stay empty until then. */
  #preview(delta: SyncDelta): void {
    const { list } = this.#settings;
    for (const room of delta.rooms) {
      const timeline = room.timeline.map((event) =>
        isEncrypted(event) ? { event, clear: null, unreadable: null } : asReadable(event),
      );
      if (list.get(room.roomId) !== null) continue;
      const next = reduceRoom(null, room, timeline, this.reading());
      list.set(room.roomId, next === null ? null : withoutUnreadable(next));
    }
    list.flush();
  }

  async #applyRoom(delta: RoomDelta, machine: Machine): Promise<void> {
    const timeline = await machine.readAll(delta.roomId, delta.timeline);
    try {
      this.#takeIn(delta, timeline, machine);
    } catch (error) {
      // It would fail each time it is asked for again, and keep all other salons from their news.
      this.#settings.trouble(error);
    }
  }

  #takeIn(delta: RoomDelta, timeline: readonly ReadableEvent[], machine: Machine): void {
    const { list, conversations, heard } = this.#settings;
    const after = reduceRoom(list.get(delta.roomId), delta, timeline, this.reading());
    list.set(delta.roomId, after);
    conversations.feed(delta, timeline);
    const live = timeline.slice(timeline.length - delta.live);
    for (const { event } of live) this.#tellMembership(delta.roomId, event, machine);
    if (after !== null) for (const readable of live) heard(after, readable);
  }

  #tellMembership(roomId: string, event: ReadableEvent['event'], machine: Machine): void {
    if (event.type !== 'm.room.member' || event.stateKey === null) return;
    const member = parseMember(event.content);
    if (member !== null) machine.memberChanged(roomId, event.stateKey, member.membership);
  }

  /** A message of this device that the server took: the last line, before the sync tells it. */
  sent(roomId: string, readable: ReadableEvent): void {
    const { list } = this.#settings;
    const room = list.get(roomId);
    if (room !== null) list.set(roomId, reduceSent(room, readable));
  }

  /** An event that came before its key. */
  decrypted(roomId: string, readable: ReadableEvent): void {
    const after = this.reread(roomId, readable);
    if (after !== null) this.#settings.heard(after, readable);
  }

  /** An event that was unreadable in an earlier run and is no news. @returns the room after it. */
  reread(roomId: string, readable: ReadableEvent): Room | null {
    const { list, conversations } = this.#settings;
    conversations.replace(roomId, readable);
    const room = list.get(roomId);
    if (room === null) return null;
    const after = reduceDecrypted(room, readable, this.reading());
    list.set(roomId, after);
    return after;
  }

  /** What the reduction of rooms asks of the account. */
  reading(): Reading {
    const { ownId, people, now } = this.#settings;
    return {
      ownId,
      now: now(),
      decide: (readable, room) => {
        const { event, clear } = readable;
        const { type, content } = clear ?? event;
        const candidate = { roomId: room.id, sender: event.sender, type, stateKey: event.stateKey, content };
        const ownName = people.get(ownId).name ?? '';
        const memberCount = room.joinedCount;
        // Who may notify a whole room is in its power levels, which the list does not keep: an open salon's does.
        const level = this.#settings.conversations.peek(room.id)?.state.levelOf(event.sender) ?? 0;
        return evaluate(this.#pushRules, candidate, {
          ownId,
          ownName,
          memberCount,
          mayNotifyRoom: level >= 50,
        });
      },
    };
  }
}

function withoutUnreadable(room: Room): Room {
  return { ...room, recent: room.recent.filter((line) => line.line.kind !== 'unreadable') };
}
