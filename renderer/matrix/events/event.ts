import { z } from 'zod';

/** The content of an event: whatever its sender's client put there. Read it only through a schema. */
export type Content = Readonly<Record<string, unknown>>;

/** A room event after the outer shape was checked; the content was not. */
export interface RoomEvent {
  readonly id: string;
  readonly type: string;
  readonly sender: string;
  /** The sender's server's clock, milliseconds since 1970. */
  readonly at: number;
  /** null for a message event. */
  readonly stateKey: string | null;
  readonly content: Content;
  /** Transaction id, for events this device sent (Client-Server API, Local echo). */
  readonly txnId: string | null;
  /** Milliseconds since it was sent, as the server says; null when unknown. */
  readonly age: number | null;
  readonly redacted: boolean;
  /** The event this redaction deletes. */
  readonly redacts: string | null;
  /** The newest edit, when the server bundled it (Aggregations of child events). */
  readonly bundledEdit: RoomEvent | null;
  /** Content of the state event it replaced. */
  readonly previous: Content | null;
}

const AnyContent = z.record(z.string(), z.unknown());

const Unsigned = z
  .object({
    age: z.number().optional().catch(undefined),
    transaction_id: z.string().optional().catch(undefined),
    redacted_because: z.unknown().optional(),
    prev_content: AnyContent.optional().catch(undefined),
    'm.relations': z.object({ 'm.replace': z.unknown().optional() }).optional().catch(undefined),
  })
  .optional()
  .catch(undefined);

const WireEvent = z.object({
  event_id: z.string().min(1).max(500),
  type: z.string().max(500),
  sender: z.string().min(2).max(500),
  origin_server_ts: z.number().nonnegative().catch(0),
  state_key: z.string().optional(),
  content: AnyContent.catch({}),
  redacts: z.string().optional().catch(undefined),
  unsigned: Unsigned,
});

/**
 * Checks the outer shape of an event of `/sync`, `/messages` or `/state`.
 * @returns null for what is no event at all: the caller leaves it out.
 */
export function parseEvent(raw: unknown): RoomEvent | null {
  return parse(raw, true);
}

/** All well-formed events of a list, in order. */
export function parseEvents(raw: unknown): readonly RoomEvent[] {
  return Array.isArray(raw) ? raw.map(parseEvent).filter((event) => event !== null) : [];
}

function parse(raw: unknown, withEdit: boolean): RoomEvent | null {
  const parsed = WireEvent.safeParse(raw);
  if (!parsed.success) return null;
  const { data } = parsed;
  const edit = withEdit ? data.unsigned?.['m.relations']?.['m.replace'] : undefined;
  return {
    id: data.event_id,
    type: data.type,
    sender: data.sender,
    at: Math.trunc(data.origin_server_ts),
    stateKey: data.state_key ?? null,
    content: data.content,
    txnId: data.unsigned?.transaction_id ?? null,
    age: data.unsigned?.age ?? null,
    redacted: data.unsigned?.redacted_because !== undefined,
    redacts: data.redacts ?? contentRedacts(data.content),
    bundledEdit: edit === undefined ? null : parse(edit, false),
    previous: data.unsigned?.prev_content ?? null,
  };
}

/** Since room version 11 the id stands in the content (Room version 11, Redactions). */
function contentRedacts(content: Content): string | null {
  return typeof content.redacts === 'string' ? content.redacts : null;
}

/** Stripped state (of an invite) and account data: no id, no time. */
export interface BareEvent {
  readonly type: string;
  readonly stateKey: string | null;
  readonly sender: string | null;
  readonly content: Content;
}

const WireBare = z.object({
  type: z.string().max(500),
  state_key: z.string().optional(),
  sender: z.string().optional().catch(undefined),
  content: AnyContent.catch({}),
});

/** Checks stripped state, ephemeral events and account data; leaves out what is malformed. */
export function parseBareEvents(raw: unknown): readonly BareEvent[] {
  if (!Array.isArray(raw)) return [];
  return raw.flatMap((item) => {
    const parsed = WireBare.safeParse(item);
    if (!parsed.success) return [];
    const { type, state_key: stateKey, sender, content } = parsed.data;
    return [{ type, stateKey: stateKey ?? null, sender: sender ?? null, content }];
  });
}

/** What encryption hid: the real type and content. */
export interface Clear {
  readonly type: string;
  readonly content: Content;
}

/** Why an encrypted event can't be read here. */
export type Unreadable = 'waiting-for-key' | 'withheld' | 'before-this-device' | 'broken';

/** An event as far as this device can read it. `clear` is the event itself when it never was encrypted. */
export interface ReadableEvent {
  readonly event: RoomEvent;
  readonly clear: Clear | null;
  readonly unreadable: Unreadable | null;
  /** Made by this device and not heard from the server: what the event looks like there is not known yet. */
  readonly local?: true;
}

/** Whether the event must be decrypted before it can be read. */
export function isEncrypted(event: RoomEvent): boolean {
  return event.type === 'm.room.encrypted' && event.stateKey === null && !event.redacted;
}

/** Whether nobody but who has the salon's keys can have written it: it came encrypted, or this device wrote it. */
export function isProtected({ event, local }: ReadableEvent): boolean {
  return local === true || isEncrypted(event);
}

/** An event that is readable as it came. */
export function asReadable(event: RoomEvent): ReadableEvent {
  return { event, clear: { type: event.type, content: event.content }, unreadable: null };
}
