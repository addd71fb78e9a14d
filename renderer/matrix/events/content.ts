import { z } from 'zod';
import type { LastLine, MediaRef, TimelineContent } from '../protocol.ts';
import type { Clear, ReadableEvent, RoomEvent } from './event.ts';
import { type MediaSink, mediaRef } from './media-source.ts';
import { nameIn, parseMember, parseWidget, TYPES } from './state.ts';

/** Longer texts are cut: a page that lays out megabytes stands still. */
export const MAX_TEXT = 20_000;
/** Longer formatted bodies are left out; the text stands for them. */
const MAX_HTML = 60_000;
const MAX_FILE_NAME = 255;

const FolderFile = z.object({
  path: z.string().min(1).max(4000),
  file_id: z.string().max(40).nullish().catch(null),
  size: z.number().int().nonnegative().catch(0),
  mimetype: z.string().max(255).catch('application/octet-stream'),
});

const Ring = z.object({ widgetId: z.string() });

const Info = z
  .object({
    w: z.number().int().positive().optional().catch(undefined),
    h: z.number().int().positive().optional().catch(undefined),
    size: z.number().int().nonnegative().optional().catch(undefined),
    mimetype: z.string().max(255).optional().catch(undefined),
    thumbnail_url: z.unknown().optional(),
    thumbnail_file: z.unknown().optional(),
    thumbnail_info: z.object({ mimetype: z.string().optional() }).optional().catch(undefined),
  })
  .catch({ thumbnail_url: null, thumbnail_file: null });

const Message = z.object({
  msgtype: z.string(),
  body: z.string().catch(''),
  format: z.string().optional().catch(undefined),
  formatted_body: z.string().optional().catch(undefined),
  filename: z.string().optional().catch(undefined),
  url: z.unknown().optional(),
  file: z.unknown().optional(),
  info: Info,
});
type Message = z.infer<typeof Message>;

/**
 * What an event shows as, or null when it shows nothing of its own (edits, reactions, settings).
 * Any content another client may have written is accepted; what is malformed shows as nothing or as text.
 * @param media learns how to get the bytes of files and pictures.
 */
export function contentOf(readable: ReadableEvent, media: MediaSink): TimelineContent | null {
  const { event, clear, unreadable } = readable;
  if (event.redacted) return event.stateKey === null ? { kind: 'deleted' } : null;
  if (clear === null) return { kind: 'unreadable', reason: unreadable ?? 'waiting-for-key' };
  if (event.stateKey !== null) return stateContent(event);
  if (clear.type !== 'm.room.message' && clear.type !== 'm.sticker') return null;
  return messageContent(clear, media);
}

function messageContent(clear: Clear, media: MediaSink): TimelineContent | null {
  if (relationOf(clear)?.type === 'm.replace') return null;
  const parsed = Message.safeParse(
    clear.type === 'm.sticker' ? { msgtype: 'm.image', ...clear.content } : clear.content,
  );
  if (!parsed.success) return null;
  const folderFile = FolderFile.safeParse(clear.content[TYPES.folderFile]);
  if (folderFile.success) {
    const { path, file_id, size, mimetype } = folderFile.data;
    return { kind: 'folder-file', path, fileId: file_id ?? null, size, mimeType: mimetype };
  }
  const ring = Ring.safeParse(clear.content[TYPES.ring]);
  if (ring.success) return { kind: 'call', widgetId: ring.data.widgetId, conference: null, ended: false };
  return attachment(parsed.data, media) ?? text(parsed.data, Reply.safeParse(clear.content).success);
}

const Reply = z.object({ 'm.relates_to': z.object({ 'm.in_reply_to': z.object({ event_id: z.string() }) }) });
/** What older clients put before an answer: the lines of the message it answers (Rich replies, fallbacks). */
const QUOTE = /^(?:>[^\n]*\n)+\n/;

function text(message: Message, isReply: boolean): TimelineContent {
  const written = isReply ? message.body.replace(QUOTE, '') : message.body;
  const body = message.msgtype === 'm.emote' ? `* ${written}` : written;
  const html = message.format === 'org.matrix.custom.html' ? (message.formatted_body ?? null) : null;
  const cut = body.length > MAX_TEXT;
  return {
    kind: 'text',
    text: cut ? body.slice(0, MAX_TEXT) : body,
    html: cut || (html !== null && html.length > MAX_HTML) ? null : html,
    notice: message.msgtype === 'm.notice',
    cut,
  };
}

/** A picture or file whose bytes can be had; null for anything else. */
function attachment(message: Message, media: MediaSink): TimelineContent | null {
  const { msgtype, info } = message;
  if (!['m.image', 'm.file', 'm.audio', 'm.video'].includes(msgtype)) return null;
  const main = mediaRef(media, message, info.mimetype ?? null, info.size ?? null);
  if (main === null) return null;
  const name = (message.filename ?? message.body).slice(0, MAX_FILE_NAME) || 'file';
  if (msgtype !== 'm.image') return { kind: 'file', name, media: main };
  return {
    kind: 'image',
    name,
    media: main,
    thumbnail: thumbnailOf(info, media),
    width: info.w ?? null,
    height: info.h ?? null,
  };
}

function thumbnailOf(info: z.infer<typeof Info>, media: MediaSink): MediaRef | null {
  const source = { url: info.thumbnail_url, file: info.thumbnail_file };
  return mediaRef(media, source, info.thumbnail_info?.mimetype ?? null, null);
}

function stateContent(event: RoomEvent): TimelineContent | null {
  switch (event.type) {
    case 'm.room.member':
      return memberContent(event);
    case 'm.room.name': {
      const name = nameIn(event.content, 'name');
      return name === null ? null : { kind: 'renamed', name };
    }
    case 'm.room.create':
      return { kind: 'created' };
    case TYPES.widget: {
      const conference = parseWidget(event.content);
      if (conference) return { kind: 'call', widgetId: event.stateKey ?? '', conference, ended: false };
      const before = event.previous === null ? null : parseWidget(event.previous);
      return before
        ? { kind: 'call', widgetId: event.stateKey ?? '', conference: before, ended: true }
        : null;
    }
    default:
      return null;
  }
}

function memberContent(event: RoomEvent): TimelineContent | null {
  const now = parseMember(event.content);
  if (now === null || event.stateKey === null) return null;
  const before = event.previous === null ? null : parseMember(event.previous)?.membership;
  if (now.membership === before) return null;
  const who = now.name ?? event.stateKey;
  switch (now.membership) {
    case 'join':
      return { kind: 'membership', change: 'joined', who };
    case 'invite':
      return { kind: 'membership', change: 'invited', who };
    case 'leave':
      return { kind: 'membership', change: event.sender === event.stateKey ? 'left' : 'removed', who };
    case 'ban':
      return { kind: 'membership', change: 'removed', who };
    case 'knock':
      return null;
    default:
      return now.membership satisfies never;
  }
}

/** How an event refers to another (`m.relates_to`). */
export interface Relation {
  readonly type: string;
  readonly eventId: string;
  /** The reaction, of an annotation. */
  readonly key: string | null;
}

const RelatesTo = z.object({
  rel_type: z.string(),
  event_id: z.string(),
  key: z.string().min(1).max(100).optional().catch(undefined),
});

/** @returns null when it refers to none, or malformed. */
export function relationOf(clear: Clear): Relation | null {
  const parsed = RelatesTo.safeParse(clear.content['m.relates_to']);
  if (!parsed.success) return null;
  return { type: parsed.data.rel_type, eventId: parsed.data.event_id, key: parsed.data.key ?? null };
}

const NewContent = z.record(z.string(), z.unknown());

/** The content an edit puts in the place of the original's; null when the edit is malformed. */
export function editedContent(clear: Clear): Clear | null {
  const parsed = NewContent.safeParse(clear.content['m.new_content']);
  return parsed.success ? { type: clear.type, content: parsed.data } : null;
}

/** A line of the list without the names, which may change. */
export type LineDraft =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file' | 'image'; readonly name: string }
  | { readonly kind: Extract<LastLine['kind'], 'call' | 'joined' | 'invited' | 'created' | 'unreadable'> };

const MAX_LINE = 200;

/** What the list says of an item, null when it does not count as the last line. */
export function draftLine(content: TimelineContent): LineDraft | null {
  switch (content.kind) {
    case 'text':
      return { kind: 'text', text: content.text.slice(0, MAX_LINE).replaceAll(/\s+/g, ' ').trim() };
    case 'image':
    case 'file':
      return { kind: content.kind, name: content.name };
    case 'folder-file': {
      const name = content.path.slice(content.path.lastIndexOf('/') + 1);
      return { kind: content.mimeType.startsWith('image/') ? 'image' : 'file', name };
    }
    case 'call':
      return content.ended ? null : { kind: 'call' };
    case 'membership':
      return content.change === 'joined' || content.change === 'invited' ? { kind: content.change } : null;
    case 'created':
    case 'unreadable':
      return { kind: content.kind };
    case 'renamed':
    case 'deleted':
      return null;
    default:
      return content satisfies never;
  }
}
