import type { Conference } from '../../../preload/contract/calls.ts';
import type { Recipient } from '../crypto/shapes.ts';
import type { Content, ReadableEvent } from '../events/event.ts';
import { parseWidget, TYPES } from '../events/state.ts';
import { ChatError } from '../http/chat-error.ts';
import type { ChatHttp } from '../http/chat-http.ts';
import type { RoomsApi } from '../http/rooms-api.ts';
import type { Ringing, Snapshot } from '../protocol.ts';
import { toPerson } from '../rooms/person.ts';
import { type Room, widgetOf } from '../rooms/room.ts';
import type { SalonList } from '../rooms/salon-list.ts';
import { ongoingCall, roomName, type SummaryContext } from '../rooms/summary.ts';
import { conferenceToken } from './jwt.ts';
import { CallPresence } from './presence.ts';
import { RING_MS, type Ring, RingBook } from './ringing.ts';
import {
  conferenceLink,
  newConference,
  type SalonConference,
  usableConferences,
  widgetContent,
} from './widget.ts';

/** How far back the beginnings of calls are looked for; older ones count as equally old. */
const NEWEST = 30;

interface CallSettings {
  readonly ownId: string;
  readonly deviceId: string;
  readonly http: ChatHttp;
  readonly api: RoomsApi;
  readonly list: SalonList;
  readonly context: () => SummaryContext;
  readonly now: () => number;
  /** Sends a message at once, encrypted where the salon is. @returns its event id. */
  readonly send: (roomId: string, type: string, content: Content) => Promise<string>;
  readonly membersOf: (roomId: string) => Promise<readonly Recipient[]>;
  readonly post: (snapshot: Extract<Snapshot, { type: 'ringing' | 'call-answers' }>) => void;
  readonly trouble: (error: unknown) => void;
}

/** Calls of all salons: their conference, who rings, who is there. */
export class Calls {
  readonly #settings: CallSettings;
  readonly #rings: RingBook;
  readonly #presence: CallPresence;

  constructor(settings: CallSettings) {
    this.#settings = settings;
    const { ownId, deviceId, api, now, post, trouble, list } = settings;
    this.#presence = new CallPresence({ ownId, deviceId, api, now, trouble });
    this.#rings = new RingBook({
      ownId,
      now,
      room: (roomId) => list.get(roomId),
      describe: (ring, room) => this.#describe(ring, room),
      post: {
        ringing: (snapshot) => post({ type: 'ringing', snapshot }),
        answers: ({ salonId, declinedBy }) =>
          post({
            type: 'call-answers',
            snapshot: { salonId, declinedBy: declinedBy.map((userId) => this.#nameOf(userId)) },
          }),
      },
    });
  }

  /** A message that came just now. */
  hear(roomId: string, readable: ReadableEvent): void {
    this.#rings.hear(roomId, readable);
  }

  /** Salons changed: someone may have joined or left a call. */
  changed(): void {
    this.#rings.check();
  }

  /**
   * The salon's conference, made when there is none on an allowed domain.
   * @param domains allowed ones; the first is for a new conference. @throws ChatError
   */
  async prepare(
    roomId: string,
    domains: readonly string[],
    auth: Conference['auth'],
  ): Promise<SalonConference & { readonly jwt: string | null }> {
    const { ownId, http, list } = this.#settings;
    const room = list.get(roomId);
    if (room === null) throw new ChatError('not-found', 'no such salon');
    const found = (await this.#find(room, domains)) ?? (await this.#make(room, domains, auth));
    const name = this.#nameOf(ownId);
    const { domain } = found.conference;
    const jwt =
      found.conference.auth === 'none'
        ? null
        : await conferenceToken(http, { userId: ownId, name, roomId, domain });
    return { ...found, jwt };
  }

  /** The one that people are in, else the only one; the server is asked where there is none or a choice. */
  async #find(room: Room, domains: readonly string[]): Promise<SalonConference | null> {
    const usable = usableConferences(room, domains);
    const busy = ongoingCall(room, this.#settings.now())?.widgetId;
    const there =
      usable.find((one) => one.widgetId === busy) ?? (usable.length === 1 ? usable[0] : undefined);
    return there ?? (await this.#ask(room, domains));
  }

  /**
   * Another may have made one a moment ago: two people in two conferences would never meet. Of several the oldest
   * counts, in the order in which the server took them: their times are of before that.
   */
  async #ask(room: Room, domains: readonly string[]): Promise<SalonConference | null> {
    const { api } = this.#settings;
    const widgets = (await api.state(room.id)).flatMap(({ type, stateKey, content }) => {
      const conference = type === TYPES.widget ? parseWidget(content) : null;
      return conference === null || stateKey === null ? [] : [[stateKey, conference] as const];
    });
    const usable = usableConferences({ widgets: Object.fromEntries(widgets) }, domains);
    if (usable.length < 2) return usable[0] ?? null;
    const { events } = await api.messages(room.id, null, NEWEST);
    const age = (one: SalonConference): number =>
      events.findLastIndex(({ type, stateKey }) => type === TYPES.widget && stateKey === one.widgetId);
    return usable.toSorted((a, b) => age(a) - age(b))[0] ?? null;
  }

  async #make(room: Room, domains: readonly string[], auth: Conference['auth']): Promise<SalonConference> {
    const [domain] = domains;
    if (domain === undefined) throw new ChatError('unsupported', 'no conference server');
    const { api, ownId, context, list } = this.#settings;
    const made = newConference(room.id, domain, auth);
    const content = widgetContent(made.conference, roomName(room, context()), ownId);
    await api.setState(room.id, TYPES.widget, made.widgetId, content);
    // Both may have pressed in the same moment, when there was none: the one who was second comes to the first.
    const first = await this.#ask(room, domains);
    if (first !== null && first.widgetId !== made.widgetId) {
      await api.setState(room.id, TYPES.widget, made.widgetId, {});
      return first;
    }
    // Known before the server tells it back, so that a second click makes no second conference.
    const current = list.get(room.id);
    if (current)
      list.set(room.id, { ...current, widgets: { ...current.widgets, [made.widgetId]: made.conference } });
    return made;
  }

  /** Rings everyone of the salon. @returns the ring's event id. @throws ChatError */
  async ring(roomId: string, widgetId: string, text: string): Promise<string> {
    const { ownId, list, send, membersOf } = this.#settings;
    const room = list.get(roomId);
    const conference = room === null ? null : widgetOf(room, widgetId);
    if (conference === null) throw new ChatError('not-found', 'no such conference');
    const others = (await membersOf(roomId)).filter(
      (one) => one.membership === 'join' && one.userId !== ownId,
    );
    const ringId = await send(roomId, 'm.room.message', {
      msgtype: 'm.text',
      body: `${text}\n${conferenceLink(conference)}`,
      'm.mentions': { user_ids: others.map((one) => one.userId) },
      [TYPES.ring]: { widgetId, conferenceId: conference.conferenceId, lifetime: RING_MS },
    });
    this.#rings.sent(ringId, roomId);
    return ringId;
  }

  /** The others' windows stop ringing (`stopped`), or the caller learns that this person won't come (`declined`). */
  async answer(roomId: string, ringId: string, answer: 'stopped' | 'declined'): Promise<void> {
    this.#rings.end(ringId);
    await this.#settings.send(roomId, TYPES.callAnswer, {
      answer,
      'm.relates_to': { rel_type: 'm.reference', event_id: ringId },
    });
  }

  /** Says whether this device is in the call. @throws ChatError */
  async setInCall(roomId: string, widgetId: string, inCall: boolean): Promise<void> {
    if (inCall) await this.#presence.join(roomId, widgetId);
    else await this.#presence.leave(roomId);
  }

  async stop(): Promise<void> {
    this.#rings.stop();
    await this.#presence.stop();
  }

  #nameOf(userId: string): string {
    const { people, partners } = this.#settings.context();
    return toPerson({ userId, ...people.get(userId) }, partners).name;
  }

  #describe(ring: Ring, room: Room): Ringing | null {
    const conference = widgetOf(room, ring.widgetId);
    if (conference === null) return null;
    const context = this.#settings.context();
    const call = ongoingCall(room, this.#settings.now());
    return {
      salonId: room.id,
      salonName: roomName(room, context),
      callerName: this.#nameOf(ring.caller),
      conference,
      widgetId: ring.widgetId,
      ringId: ring.ringId,
      peopleThere: call?.widgetId === ring.widgetId ? call.people.length : 0,
      until: ring.until,
    };
  }
}
