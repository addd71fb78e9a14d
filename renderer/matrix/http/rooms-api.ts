import { z } from 'zod';
import { type Content, parseEvents, type RoomEvent } from '../events/event.ts';
import { ChatError } from './chat-error.ts';
import type { ChatHttp } from './chat-http.ts';

/** The requests about one room that the worker makes (Client-Server API, Rooms). All throw ChatError. */
export interface RoomsApi {
  /** A page of history, newest first as the server answers, turned oldest first. `from` null: the newest events. */
  messages(
    roomId: string,
    from: string | null,
    limit: number,
  ): Promise<{ readonly events: readonly RoomEvent[]; readonly older: string | null }>;
  state(roomId: string): Promise<readonly RoomEvent[]>;
  /** @returns the event's id. */
  send(roomId: string, type: string, txnId: string, content: Content): Promise<string>;
  redact(roomId: string, eventId: string, txnId: string): Promise<string>;
  setState(roomId: string, type: string, stateKey: string, content: Content): Promise<string>;
  readUpTo(roomId: string, eventId: string): Promise<void>;
  typing(roomId: string, ownId: string, typing: boolean): Promise<void>;
  join(roomId: string): Promise<void>;
  leave(roomId: string): Promise<void>;
  invite(roomId: string, userId: string): Promise<void>;
  tag(roomId: string, ownId: string, tag: string, on: boolean): Promise<void>;
}

const Page = z.object({ chunk: z.unknown().optional(), end: z.string().nullish() });
const Sent = z.object({ event_id: z.string() });
const TYPING_MS = 20_000;

/** @param http the session's requests. */
export function createRoomsApi(http: ChatHttp): RoomsApi {
  const path = (roomId: string, rest: string): string =>
    `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/${rest}`;
  const sent = (answer: unknown): string => {
    const parsed = Sent.safeParse(answer);
    if (!parsed.success) throw new ChatError('unknown', 'answer without event id');
    return parsed.data.event_id;
  };
  const act = async (roomId: string, verb: string, body: object): Promise<void> => {
    await http.json('POST', path(roomId, verb), { body });
  };

  return {
    async messages(roomId, from, limit) {
      const query = {
        dir: 'b',
        limit: String(limit),
        filter: JSON.stringify({ lazy_load_members: true }),
        ...(from === null ? {} : { from }),
      };
      const page = Page.safeParse(await http.json('GET', path(roomId, 'messages'), { query }));
      if (!page.success) throw new ChatError('unknown', 'malformed history');
      return { events: parseEvents(page.data.chunk).toReversed(), older: page.data.end ?? null };
    },
    async state(roomId) {
      return parseEvents(await http.json('GET', path(roomId, 'state')));
    },
    async send(roomId, type, txnId, content) {
      const rest = `send/${encodeURIComponent(type)}/${encodeURIComponent(txnId)}`;
      return sent(await http.json('PUT', path(roomId, rest), { body: content }));
    },
    async redact(roomId, eventId, txnId) {
      const rest = `redact/${encodeURIComponent(eventId)}/${encodeURIComponent(txnId)}`;
      return sent(await http.json('PUT', path(roomId, rest), { body: {} }));
    },
    async setState(roomId, type, stateKey, content) {
      const rest = `state/${encodeURIComponent(type)}/${encodeURIComponent(stateKey)}`;
      return sent(await http.json('PUT', path(roomId, rest), { body: content }));
    },
    readUpTo: (roomId, eventId) =>
      act(roomId, 'read_markers', { 'm.fully_read': eventId, 'm.read': eventId }),
    async typing(roomId, ownId, typing) {
      const body = typing ? { typing, timeout: TYPING_MS } : { typing };
      await http.json('PUT', path(roomId, `typing/${encodeURIComponent(ownId)}`), { body });
    },
    join: (roomId) => act(roomId, 'join', {}),
    leave: (roomId) => act(roomId, 'leave', {}),
    invite: (roomId, userId) => act(roomId, 'invite', { user_id: userId }),
    async tag(roomId, ownId, tag, on) {
      const base = `/_matrix/client/v3/user/${encodeURIComponent(ownId)}/rooms/${encodeURIComponent(roomId)}/tags/`;
      await http.json(
        on ? 'PUT' : 'DELETE',
        base + encodeURIComponent(tag),
        on ? { body: { order: 0.5 } } : {},
      );
    },
  };
}
