import type { PartnerRule } from '../../../preload/contract/partners.ts';
import type { LastLine, OngoingCall, SalonSummary } from '../protocol.ts';
import type { People } from './people.ts';
import { toPerson } from './person.ts';
import { type RecentLine, type Room, widgetOf } from './room.ts';

/** What a summary needs beside the room. */
export interface SummaryContext {
  readonly ownId: string;
  readonly people: People;
  readonly partners: PartnerRule;
  readonly now: number;
}

/** A room as a line of the list. */
export function summarise(room: Room, context: SummaryContext): SalonSummary {
  const mentions = room.unread.events.filter((event) => event.mention).length;
  return {
    id: room.id,
    name: roomName(room, context),
    membership: room.membership === 'invite' ? 'invited' : 'joined',
    encrypted: room.encryption !== null,
    pinned: room.pinned,
    lastLine: lastLine(room, context),
    lastAt: room.lastAt,
    unread: room.unread.events.length,
    mentions,
    memberCount: room.joinedCount + room.invitedCount,
    folder: room.folder,
    call: callWithNames(room, context),
    avatar: room.avatar === null ? null : { key: room.avatar, mimeType: 'image/*', size: null },
  };
}

/**
 * The name of a salon: given, its address, or whom it is with
 * (Client-Server API, Calculating the display name for a room). '' for an empty room: the interface has the words.
 */
export function roomName(room: Room, context: Pick<SummaryContext, 'people' | 'partners' | 'ownId'>): string {
  if (room.name !== null) return room.name;
  if (room.alias !== null) return room.alias;
  const others = room.heroes.filter((hero) => hero.userId !== context.ownId);
  const ids =
    others.length === 0 && room.inviter !== null ? [room.inviter] : others.map((hero) => hero.userId);
  return ids.map((userId) => personName(userId, context)).join(', ');
}

function personName(userId: string, context: Pick<SummaryContext, 'people' | 'partners'>): string {
  return toPerson({ userId, ...context.people.get(userId) }, context.partners).name;
}

function lastLine(room: Room, context: SummaryContext): LastLine | null {
  const newest = room.recent.at(-1);
  if (newest !== undefined) return lineWithNames(newest, context);
  if (room.membership !== 'invite') return null;
  const sender = room.inviter === null ? '' : personName(room.inviter, context);
  return { kind: 'invited', mine: false, sender };
}

/** A line with the names as they are now. */
export function lineWithNames(entry: RecentLine, context: SummaryContext): LastLine {
  const who = { mine: entry.sender === context.ownId, sender: personName(entry.sender, context) };
  const { line } = entry;
  switch (line.kind) {
    case 'text':
      return { kind: 'text', ...who, text: line.text };
    case 'file':
    case 'image':
      return { kind: line.kind, ...who, name: line.name };
    case 'call':
    case 'joined':
    case 'invited':
    case 'created':
    case 'unreadable':
      return { kind: line.kind, ...who };
    default:
      return line satisfies never;
  }
}

function callWithNames(room: Room, context: SummaryContext): OngoingCall | null {
  const call = ongoingCall(room, context.now);
  return call && { ...call, people: call.people.map((userId) => personName(userId, context)) };
}

/** The call that people are in, by their user ids; one whose people's presence ran out is over. */
export function ongoingCall(room: Room, now: number): OngoingCall | null {
  const present = Object.entries(room.callMembers).filter(([, member]) => member.expires > now);
  const widgetId = present.map(([, member]) => member.widgetId).find((id) => widgetOf(room, id) !== null);
  const conference = widgetId === undefined ? null : widgetOf(room, widgetId);
  if (widgetId === undefined || conference === null) return null;
  const there = present.filter(([, member]) => member.widgetId === widgetId);
  return {
    conference,
    widgetId,
    people: there.map(([userId]) => userId).toSorted(),
    startedAt: Math.min(...there.map(([, member]) => member.since)),
  };
}

/** The order of the list: pinned, then the most recent; the id decides between equals. */
export function compareSalons(
  a: Pick<SalonSummary, 'id' | 'pinned' | 'lastAt'>,
  b: Pick<SalonSummary, 'id' | 'pinned' | 'lastAt'>,
): number {
  if (a.pinned !== b.pinned) return a.pinned ? -1 : 1;
  return b.lastAt - a.lastAt || (a.id < b.id ? -1 : 1);
}
