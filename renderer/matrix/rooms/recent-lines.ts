import { contentOf, draftLine, editedContent, relationOf } from '../events/content.ts';
import type { Clear } from '../events/event.ts';
import { asReadable, type ReadableEvent } from '../events/event.ts';
import type { MediaSink } from '../events/media-source.ts';
import type { RecentLine } from './room.ts';

const KEPT = 4;
/** Lines are drawn of events whose bytes nobody asks for. */
const NO_MEDIA: MediaSink = { add: () => undefined };

/**
 * The last lines of a room after more events, oldest first.
 * Edits change a line, redactions take it away, an event decrypted later replaces its unreadable line.
 */
export function withEvents(
  lines: readonly RecentLine[],
  events: readonly ReadableEvent[],
): readonly RecentLine[] {
  return events.reduce(withEvent, lines);
}

function withEvent(lines: readonly RecentLine[], readable: ReadableEvent): readonly RecentLine[] {
  const { event, clear } = readable;
  if (event.type === 'm.room.redaction') return lines.filter((line) => line.eventId !== event.redacts);
  if (clear !== null && relationOf(clear)?.type === 'm.replace') return edited(lines, event.sender, clear);
  const content = contentOf(readable, NO_MEDIA);
  const line = content === null ? null : draftLine(content);
  if (line === null) return lines;
  const entry: RecentLine = { eventId: event.id, at: event.at, sender: event.sender, line };
  const index = lines.findIndex((known) => known.eventId === event.id);
  return index < 0 ? [...lines, entry].slice(-KEPT) : lines.with(index, entry);
}

function edited(lines: readonly RecentLine[], sender: string, edit: Clear): readonly RecentLine[] {
  const target = relationOf(edit)?.eventId;
  const next = editedContent(edit);
  if (next === null) return lines;
  return lines.map((line) => {
    if (line.eventId !== target || line.sender !== sender) return line;
    const draft = lineOfClear(next);
    return draft === null ? line : { ...line, line: draft };
  });
}

function lineOfClear(clear: Clear): RecentLine['line'] | null {
  const event = {
    id: '',
    type: clear.type,
    sender: '',
    at: 0,
    stateKey: null,
    content: clear.content,
    txnId: null,
    age: null,
    redacted: false,
    redacts: null,
    bundledEdit: null,
    previous: null,
  };
  const content = contentOf(asReadable(event), NO_MEDIA);
  return content === null ? null : draftLine(content);
}

/** Lines found in the past, oldest first, put before those known. */
export function withOlderEvents(
  lines: readonly RecentLine[],
  older: readonly ReadableEvent[],
): readonly RecentLine[] {
  const known = new Set(lines.map((line) => line.eventId));
  const found = withEvents([], older).filter((line) => !known.has(line.eventId));
  return [...found, ...lines].slice(-KEPT);
}
