import type { Conference } from '../../../preload/contract/calls.ts';
import type { FolderLink } from '../../../preload/contract/values.ts';
import type { LineDraft } from '../events/content.ts';
import type { Content } from '../events/event.ts';
import type { CallMember } from '../events/state.ts';
import type { Hero } from '../sync/delta.ts';
import { NOTHING_UNREAD, type Unread } from './unread.ts';

/** An event that may be a room's last line. */
export interface RecentLine {
  readonly eventId: string;
  readonly at: number;
  readonly sender: string;
  readonly line: LineDraft;
}

/**
 * All that the list keeps of a salon: about a kilobyte, so that a thousand of them are cheap.
 * Plain data: it is stored as it is. Changed only by the functions of `reduce.ts`.
 */
export interface Room {
  readonly id: string;
  readonly membership: 'join' | 'invite';
  readonly name: string | null;
  readonly alias: string | null;
  readonly heroes: readonly Hero[];
  readonly joinedCount: number;
  readonly invitedCount: number;
  readonly avatar: string | null;
  /** Content of `m.room.encryption`; once set it stays, whatever the server says later. */
  readonly encryption: Content | null;
  readonly folder: FolderLink | null;
  /** `fr.traboule.creation` of the creation content. */
  readonly creationId: string | null;
  /** A space is no salon and never shown. */
  readonly space: boolean;
  readonly widgets: Readonly<Record<string, Conference>>;
  readonly callMembers: Readonly<Record<string, CallMember>>;
  readonly pinned: boolean;
  /** The last ones, oldest first. */
  readonly recent: readonly RecentLine[];
  /** Time of the last line, else of the last event of any kind, 0 when none is known. */
  readonly lastAt: number;
  readonly unread: Unread;
  /** All unread messages are counted, not only those of the last answer. */
  readonly counted: boolean;
  readonly fullyRead: string | null;
  readonly inviter: string | null;
  /** Newest event of any kind: where a read receipt goes. */
  readonly newestId: string | null;
  /** From where older events than the known ones can be asked for. */
  readonly olderToken: string | null;
}

/**
 * The conference of a widget of the room. The id may be whatever another client wrote: one that names a part of every
 * object (`constructor`) is no widget.
 */
export function widgetOf(room: Pick<Room, 'widgets'>, widgetId: string): Conference | null {
  return Object.hasOwn(room.widgets, widgetId) ? (room.widgets[widgetId] ?? null) : null;
}

/** A room of which nothing is known yet. */
export function unknownRoom(id: string): Room {
  return {
    id,
    membership: 'join',
    name: null,
    alias: null,
    heroes: [],
    joinedCount: 0,
    invitedCount: 0,
    avatar: null,
    encryption: null,
    folder: null,
    creationId: null,
    space: false,
    widgets: {},
    callMembers: {},
    pinned: false,
    recent: [],
    lastAt: 0,
    unread: NOTHING_UNREAD,
    counted: false,
    fullyRead: null,
    inviter: null,
    newestId: null,
    olderToken: null,
  };
}
