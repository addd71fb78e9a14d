import { contentOf, editedContent, relationOf } from '../events/content.ts';
import { asReadable, type Clear, isEncrypted, isProtected, type ReadableEvent } from '../events/event.ts';
import type { MediaSink } from '../events/media-source.ts';
import type { Echo } from '../outbox/outbox.ts';
import type { Person, Sending, TimelineContent, TimelineItem } from '../protocol.ts';
import { echoEvent } from './timeline.ts';

/** What the items of a conversation are made of beside its events. */
export interface ItemContext {
  readonly ownId: string;
  /** Whether the salon's messages are encrypted. */
  readonly encrypted: boolean;
  readonly person: (userId: string) => Person;
  readonly media: MediaSink;
  readonly echoes: readonly Echo[];
  /** Keys of events that were shown as echoes before: the item keeps its key. */
  readonly keys: ReadonlyMap<string, string>;
}

type Reactions = ReadonlyMap<string, ReadonlySet<string>>;

interface Edit {
  readonly sender: string;
  readonly isProtected: boolean;
  readonly clear: Clear;
}

interface Relations {
  readonly edits: ReadonlyMap<string, readonly Edit[]>;
  readonly reactions: ReadonlyMap<string, Reactions>;
  readonly redacted: ReadonlySet<string>;
}

/**
 * The items of a conversation, in the order of its events, messages on their way last.
 * Edits, reactions and redactions are folded into what they refer to. Pure.
 */
export function buildItems(events: readonly ReadableEvent[], context: ItemContext): readonly TimelineItem[] {
  const arrived = new Set(
    events.flatMap(({ event }) => (event.txnId === null ? [event.id] : [event.id, event.txnId])),
  );
  const echoes = context.echoes.filter((echo) => !arrived.has(echo.key));
  // A message whose edit is on its way tells how that fares.
  const sending = new Map(echoes.map((echo) => [editedBy(echo) ?? echo.key, echo]));
  const all = [...events, ...echoes.map((echo) => echoEvent(echo, context.ownId))];
  const relations = relationsOf(all);
  const items = all.flatMap((readable) => {
    const content = shownContent(readable, relations, context.media);
    return content === null ? [] : [toItem(readable, content, relations, sending, context)];
  });
  return withoutDoubleCalls(items);
}

function relationsOf(events: readonly ReadableEvent[]): Relations {
  const redacted = new Set(
    events.flatMap(({ event }) =>
      event.type === 'm.room.redaction' && event.redacts !== null ? [event.redacts] : [],
    ),
  );
  const edits = new Map<string, Edit[]>();
  const reactions = new Map<string, Map<string, Set<string>>>();
  for (const readable of events) {
    const { event, clear } = readable;
    if (clear === null || event.redacted || redacted.has(event.id)) continue;
    const relation = relationOf(clear);
    if (relation === null) continue;
    if (relation.type === 'm.replace') {
      const edit = { sender: event.sender, isProtected: isProtected(readable), clear };
      edits.set(relation.eventId, [...(edits.get(relation.eventId) ?? []), edit]);
    } else if (relation.type === 'm.annotation' && clear.type === 'm.reaction' && relation.key !== null) {
      addReaction(reactions, relation.eventId, relation.key, event.sender);
    }
  }
  return { edits, reactions, redacted };
}

function addReaction(
  reactions: Map<string, Map<string, Set<string>>>,
  eventId: string,
  key: string,
  sender: string,
): void {
  const ofEvent = reactions.get(eventId) ?? new Map<string, Set<string>>();
  ofEvent.set(key, (ofEvent.get(key) ?? new Set()).add(sender));
  reactions.set(eventId, ofEvent);
}

/** The event that a message on its way edits; null when it is no edit. */
export function editedBy(echo: Pick<Echo, 'type' | 'content'>): string | null {
  const relation = relationOf(echo);
  return relation?.type === 'm.replace' ? relation.eventId : null;
}

/**
 * The newest edit by the event's own sender (Client-Server API, Validity of replacement events). An encrypted message
 * is changed by encrypted edits only: a server could write a plain one in anybody's name.
 */
function editOf(readable: ReadableEvent, relations: Relations): Clear | null {
  const { event } = readable;
  const mustBeProtected = isProtected(readable);
  const found = relations.edits
    .get(event.id)
    ?.findLast((edit) => edit.sender === event.sender && (edit.isProtected || !mustBeProtected));
  if (found) return editedContent(found.clear);
  const bundled = event.bundledEdit;
  if (bundled === null || bundled.sender !== event.sender || mustBeProtected || isEncrypted(bundled))
    return null;
  const { clear } = asReadable(bundled);
  return clear === null ? null : editedContent(clear);
}

function shownContent(
  readable: ReadableEvent,
  relations: Relations,
  media: MediaSink,
): TimelineContent | null {
  const { event, clear } = readable;
  const relation = clear === null ? null : relationOf(clear);
  if (relation?.type === 'm.replace' || relation?.type === 'm.annotation') return null;
  if (relations.redacted.has(event.id) && !event.redacted) {
    const before = contentOf(readable, media);
    return before === null || event.stateKey !== null ? null : { kind: 'deleted' };
  }
  const edit = event.stateKey === null && !event.redacted ? editOf(readable, relations) : null;
  return contentOf(edit === null ? readable : { ...readable, clear: edit }, media);
}

function toItem(
  readable: ReadableEvent,
  content: TimelineContent,
  relations: Relations,
  sending: ReadonlyMap<string, Echo>,
  context: ItemContext,
): TimelineItem {
  const { event } = readable;
  const echo = sending.get(event.id);
  return {
    key: context.keys.get(event.id) ?? event.id,
    eventId: echo?.key === event.id ? null : event.id,
    sender: context.person(event.sender),
    mine: event.sender === context.ownId,
    at: event.at,
    content,
    sending: echo?.sending ?? SENT,
    edited: content.kind !== 'deleted' && editOf(readable, relations) !== null,
    inClear: context.encrypted && isWritten(content) && !isProtected(readable),
    reactions: reactionsOf(relations.reactions.get(event.id), context.ownId),
  };
}

/** Whether somebody wrote or sent it: lines that the server's own state makes never are encrypted. */
function isWritten({ kind }: TimelineContent): boolean {
  return kind === 'text' || kind === 'image' || kind === 'file' || kind === 'folder-file';
}

const SENT: Sending = { state: 'sent' };

function reactionsOf(reactions: Reactions | undefined, ownId: string): TimelineItem['reactions'] {
  return [...(reactions ?? [])].map(([key, senders]) => ({
    key,
    count: senders.size,
    mine: senders.has(ownId),
  }));
}

/** A call that rings is told twice, by its widget and by its ring: the widget's line goes. */
const SAME_CALL_MS = 120_000;

function withoutDoubleCalls(items: readonly TimelineItem[]): readonly TimelineItem[] {
  return items.filter((item, index) => {
    if (item.content.kind !== 'call' || item.content.conference === null || item.content.ended) return true;
    const { widgetId } = item.content;
    const rings = items
      .slice(index + 1, index + 6)
      .some(
        (next) =>
          next.content.kind === 'call' &&
          next.content.conference === null &&
          next.content.widgetId === widgetId &&
          next.at - item.at < SAME_CALL_MS,
      );
    return !rings;
  });
}
