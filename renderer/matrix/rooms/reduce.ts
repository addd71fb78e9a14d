import { z } from 'zod';
import { relationOf } from '../events/content.ts';
import { type BareEvent, isEncrypted, type ReadableEvent, type RoomEvent } from '../events/event.ts';
import {
  mxcIn,
  nameIn,
  parseCallMember,
  parseFolder,
  parseMember,
  parseWidget,
  TYPES,
} from '../events/state.ts';
import type { RoomDelta } from '../sync/delta.ts';
import type { PushDecision } from './push-rules.ts';
import { withEvents, withOlderEvents } from './recent-lines.ts';
import { type Room, unknownRoom } from './room.ts';
import { addOlderUnread, addUnread, dropUnread, markRead, NOTHING_UNREAD, readByWriting } from './unread.ts';

/** What the reduction asks of the account. */
export interface Reading {
  readonly ownId: string;
  /** Whether an event of someone else counts as unread, and as a mention. */
  readonly decide: (readable: ReadableEvent, room: Room) => PushDecision;
  /** Milliseconds since 1970: when an invitation was first seen, which bears no time. */
  readonly now: number;
}

/**
 * A room after an answer of the server; null when this person is not in it any more.
 * Pure: the same answers in the same order give the same room, whichever way of syncing brought them.
 * @param timeline the delta's timeline, decrypted as far as possible.
 */
export function reduceRoom(
  before: Room | null,
  delta: RoomDelta,
  timeline: readonly ReadableEvent[],
  reading: Reading,
): Room | null {
  // A receipt or someone typing in a room that has not come itself.
  if (
    before === null &&
    !delta.initial &&
    delta.stripped.length + delta.state.length + timeline.length === 0
  ) {
    return null;
  }
  const receipt = ownReceipt(delta, reading.ownId);
  if (before !== null && receipt === null && tellsNothing(delta)) return before;
  const start = before === null || delta.initial ? fresh(delta, before, receipt, reading.now) : before;
  const withState = [...delta.state, ...timeline.map((readable) => readable.event)].reduce<Room | null>(
    (room, event) =>
      room === null || event.stateKey === null ? room : applyState(room, event, reading.ownId),
    start,
  );
  if (withState === null || delta.membership === 'leave') return null;
  const invited = delta.stripped.reduce(
    (room, event) => applyStripped(room, event, reading.ownId),
    withState,
  );
  const counted = applyTimeline(applyCounts(invited, delta), delta, timeline, reading);
  const marked = delta.accountData.reduce(applyAccountData, counted);
  return receipt === null || delta.initial ? marked : withReceipt(marked, receipt.eventId, receipt.at);
}

/** Someone types, or another person read: nothing the list shows. */
function tellsNothing(delta: RoomDelta): boolean {
  const { initial, membership, state, timeline, stripped, accountData, heroes, joinedCount, invitedCount } =
    delta;
  if (initial || membership === 'leave') return false;
  const told = state.length + timeline.length + stripped.length + accountData.length;
  return told === 0 && heroes === null && joinedCount === null && invitedCount === null;
}

/**
 * A room that comes anew keeps what only time can tell (what was read, that it was encrypted).
 * Where the person's receipt stands is known before its events are counted: those after it are unread.
 */
function fresh(delta: RoomDelta, before: Room | null, receipt: OwnReceipt | null, now: number): Room {
  const invited = delta.membership === 'invite';
  const same = before !== null && (before.membership === 'invite') === invited ? before : null;
  const known = same?.unread ?? NOTHING_UNREAD;
  const newer = receipt !== null && receipt.at >= known.readAt;
  return {
    ...unknownRoom(delta.roomId),
    membership: invited ? 'invite' : 'join',
    lastAt: invited ? (same?.lastAt ?? now) : 0,
    unread: newer ? { events: known.events, readId: receipt.eventId, readAt: receipt.at } : known,
    encryption: same?.encryption ?? null,
    pinned: same?.pinned ?? false,
  };
}

function applyState(room: Room, event: BareEvent | RoomEvent, ownId: string): Room | null {
  const { content } = event;
  const key = event.stateKey ?? '';
  switch (event.type) {
    case 'm.room.create':
      return applyCreate(room, content);
    case 'm.room.name':
      return { ...room, name: nameIn(content, 'name') };
    case 'm.room.canonical_alias':
      return { ...room, alias: nameIn(content, 'alias') };
    case 'm.room.avatar':
      return { ...room, avatar: mxcIn(content, 'url') };
    case 'm.room.encryption':
      return typeof content.algorithm === 'string' ? { ...room, encryption: content } : room;
    case 'm.room.member':
      return key === ownId ? applyOwnMembership(room, event) : room;
    case TYPES.folder:
      return { ...room, folder: parseFolder(content) };
    case TYPES.widget:
      return { ...room, widgets: withEntry(room.widgets, key, parseWidget(content)) };
    case TYPES.callMember:
      return applyCallMember(room, event);
    default:
      return room;
  }
}

/** Only of the person the state key names, and never of an invitation, whose events bear no time. */
function applyCallMember(room: Room, event: BareEvent | RoomEvent): Room {
  const { sender, stateKey, content } = event;
  if (sender === null || sender !== stateKey || !('at' in event)) return room;
  return { ...room, callMembers: withEntry(room.callMembers, sender, parseCallMember(content, event.at)) };
}

function withEntry<T>(
  map: Readonly<Record<string, T>>,
  key: string,
  value: T | null,
): Readonly<Record<string, T>> {
  const { [key]: _old, ...rest } = map;
  return value === null ? rest : { ...rest, [key]: value };
}

function applyCreate(room: Room, content: BareEvent['content']): Room {
  const creationId = content[TYPES.creation];
  return {
    ...room,
    creationId: typeof creationId === 'string' ? creationId : null,
    space: content.type === 'm.space',
  };
}

function applyOwnMembership(room: Room, event: BareEvent): Room | null {
  const member = parseMember(event.content);
  if (member === null) return room;
  if (member.membership === 'invite') return { ...room, membership: 'invite', inviter: event.sender };
  return member.membership === 'join' ? { ...room, membership: 'join' } : null;
}

function applyStripped(room: Room, event: BareEvent, ownId: string): Room {
  return event.stateKey === null ? room : (applyState(room, event, ownId) ?? room);
}

function applyCounts(room: Room, delta: RoomDelta): Room {
  return {
    ...room,
    heroes: delta.heroes ?? room.heroes,
    joinedCount: delta.joinedCount ?? room.joinedCount,
    invitedCount: delta.invitedCount ?? room.invitedCount,
  };
}

function applyTimeline(
  room: Room,
  delta: RoomDelta,
  timeline: readonly ReadableEvent[],
  reading: Reading,
): Room {
  const newest = timeline.at(-1)?.event;
  if (newest === undefined) return room;
  const liveFrom = delta.initial ? 0 : timeline.length - delta.live;
  const past = timeline.slice(0, liveFrom);
  const live = timeline.slice(liveFrom);
  const known = delta.gap ? [] : room.recent;
  const seen = past.length === 0 ? room : reduceHistory(room, past, reading, room.counted);
  const recent = withEvents(withOlderEvents(known, past), live);
  return {
    ...countUnread(delta.gap ? { ...seen, counted: false } : seen, live, reading),
    recent,
    lastAt: recent.at(-1)?.at ?? Math.max(newest.at, room.lastAt),
    newestId: newest.id,
    olderToken: delta.initial || delta.gap || room.olderToken === null ? delta.olderToken : room.olderToken,
  };
}

/** Goes through events in order: others' messages count, one's own mean that all before was read. */
function countUnread(room: Room, timeline: readonly ReadableEvent[], reading: Reading): Room {
  return timeline.reduce((at, readable) => countEvent(at, readable, reading), room);
}

function countEvent(room: Room, readable: ReadableEvent, reading: Reading): Room {
  const { event } = readable;
  // A receipt may stand on any event, also on one that does not count.
  if (event.id === room.unread.readId) {
    return { ...room, unread: { ...room.unread, events: [] }, counted: true };
  }
  if (event.type === 'm.room.redaction' && event.redacts !== null) {
    return { ...room, unread: dropUnread(room.unread, event.redacts) };
  }
  if (event.sender === reading.ownId) return ownEvent(room, readable, reading.ownId);
  return countOne(room, readable, reading);
}

function countOne(room: Room, readable: ReadableEvent, reading: Reading): Room {
  const { event } = readable;
  if (!counts(readable)) return room;
  const { notify, highlight } = reading.decide(readable, room);
  if (!notify) return room;
  return { ...room, unread: addUnread(room.unread, { eventId: event.id, at: event.at, mention: highlight }) };
}

/** Joining means that what was said before is no news; writing means that it was read. */
function ownEvent(room: Room, readable: ReadableEvent, ownId: string): Room {
  const { event } = readable;
  const joined = event.type === 'm.room.member' && event.stateKey === ownId;
  if (!joined && event.stateKey !== null) return room;
  return { ...room, unread: readByWriting(room.unread, event.id, event.at), counted: true };
}

/** Messages count, and what may be one; reactions, edits and settings do not. */
function counts(readable: ReadableEvent): boolean {
  const { event, clear } = readable;
  if (event.stateKey !== null || event.redacted) return false;
  if (clear === null) return isEncrypted(event);
  if (clear.type !== 'm.room.message' && clear.type !== 'm.sticker') return false;
  return relationOf(clear)?.type !== 'm.replace';
}

const Tags = z.object({ tags: z.record(z.string(), z.unknown()) });

function applyAccountData(room: Room, event: BareEvent): Room {
  if (event.type === 'm.tag') {
    const tags = Tags.safeParse(event.content);
    return { ...room, pinned: tags.success && Object.hasOwn(tags.data.tags, 'm.favourite') };
  }
  if (event.type === 'm.fully_read') return { ...room, fullyRead: nameIn(event.content, 'event_id') };
  return room;
}

const Receipt = z.object({ ts: z.number().nonnegative().catch(0) });
const Receipts = z.record(
  z.string(),
  z
    .object({
      'm.read': z.record(z.string(), Receipt).optional(),
      'm.read.private': z.record(z.string(), Receipt).optional(),
    })
    .catch({}),
);

interface OwnReceipt {
  readonly eventId: string;
  readonly at: number;
}

/** This person's newest receipt of an answer, set here or on another device (`m.read`, `m.read.private`). */
function ownReceipt(delta: RoomDelta, ownId: string): OwnReceipt | null {
  const parsed = Receipts.safeParse(delta.receipts);
  if (!parsed.success) return null;
  const own = Object.entries(parsed.data).flatMap(([eventId, kinds]) => {
    const receipt = kinds['m.read']?.[ownId] ?? kinds['m.read.private']?.[ownId];
    return receipt === undefined ? [] : [{ eventId, at: receipt.ts }];
  });
  return own.toSorted((a, b) => b.at - a.at)[0] ?? null;
}

/** A room after this person read up to an event (seen or set at `at`, milliseconds since 1970). */
export function withReceipt(room: Room, eventId: string, at: number): Room {
  if (eventId === room.newestId) {
    return {
      ...room,
      unread: { events: [], readId: eventId, readAt: Math.max(at, room.unread.readAt) },
      counted: true,
    };
  }
  const unread = markRead(room.unread, eventId, at);
  return { ...room, unread, counted: room.counted || unread.events.length < room.unread.events.length };
}

/**
 * A room after a look into its past (a page of `/messages`, oldest first).
 * @param whole nothing older is missing for counting: the beginning was found, or enough was seen.
 */
export function reduceHistory(
  room: Room,
  older: readonly ReadableEvent[],
  reading: Reading,
  whole: boolean,
): Room {
  const { readId, readAt } = room.unread;
  const past = countUnread(
    { ...room, unread: { events: [], readId, readAt }, counted: false },
    older,
    reading,
  );
  const recent = withOlderEvents(room.recent, older);
  return {
    ...room,
    unread: addOlderUnread(room.unread, past.unread.events),
    recent,
    lastAt: recent.at(-1)?.at ?? room.lastAt,
    counted: whole || past.counted,
  };
}

/** An event could be read later, when its key came: the line and the mention are put right. */
export function reduceDecrypted(room: Room, readable: ReadableEvent, reading: Reading): Room {
  const { id, at } = readable.event;
  const known = room.recent.some((line) => line.eventId === id);
  const recent = known ? withEvents(room.recent, [readable]) : room.recent;
  const index = room.unread.events.findIndex((event) => event.eventId === id);
  if (index < 0) return recent === room.recent ? room : { ...room, recent };
  const { notify, highlight } = counts(readable) ? reading.decide(readable, room) : SILENT;
  const unread = notify
    ? { ...room.unread, events: room.unread.events.with(index, { eventId: id, at, mention: highlight }) }
    : dropUnread(room.unread, id);
  return { ...room, recent, unread };
}

/** A message of this device that the server took. */
export function reduceSent(room: Room, readable: ReadableEvent): Room {
  const recent = withEvents(room.recent, [readable]);
  return { ...room, recent, lastAt: recent.at(-1)?.at ?? room.lastAt };
}

const SILENT: PushDecision = { notify: false, highlight: false };
