import { asReadable, type Content, type ReadableEvent, type RoomEvent } from '../events/event.ts';
import { emptyRoomDelta, type RoomDelta } from '../sync/delta.ts';

/** An event for tests; what is left out is ordinary. */
export function event(parts: Partial<RoomEvent> & { readonly id: string }): RoomEvent {
  return {
    type: 'm.room.message',
    sender: '@bo:x',
    at: 1000,
    stateKey: null,
    content: { msgtype: 'm.text', body: parts.id },
    txnId: null,
    age: null,
    redacted: false,
    redacts: null,
    bundledEdit: null,
    previous: null,
    ...parts,
  };
}

/** A text message. */
export function text(id: string, at: number, sender = '@bo:x', body = id): ReadableEvent {
  return asReadable(event({ id, at, sender, content: { msgtype: 'm.text', body } }));
}

/** A message or state event with a content of its own. */
export function other(
  id: string,
  type: string,
  content: Content,
  rest: Partial<RoomEvent> = {},
): ReadableEvent {
  return asReadable(event({ id, type, content, ...rest }));
}

/** What an answer says about the room `!r`. */
export function delta(parts: Partial<RoomDelta>): RoomDelta {
  return { ...emptyRoomDelta('!r'), ...parts };
}
