import type { CryptoMachine } from '../crypto/machine.ts';
import type { Content } from '../events/event.ts';
import { TYPES } from '../events/state.ts';
import { ChatError } from '../http/chat-error.ts';
import type { RoomsApi } from '../http/rooms-api.ts';
import type { UnsentMessage } from '../outbox/outbox.ts';
import type { SalonList } from '../rooms/salon-list.ts';
import type { Conversations } from '../timeline/conversations.ts';

interface SenderSettings {
  readonly list: SalonList;
  readonly api: Pick<RoomsApi, 'send' | 'redact' | 'messages'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly conversations: Pick<Conversations, 'get'>;
  readonly machine: () => Promise<Pick<CryptoMachine, 'wasEncrypted' | 'encrypt'>>;
}

/** A server may have forgotten a transaction after so long (Synapse: a day): sent again, it would be a second message. */
const KNOWN_MS = 20 * 3_600_000;
const CLOCKS_APART_MS = 3_600_000;
const PAGE = 100;
const MOST_PAGES = 10;

/** Sends a message of the outbox, encrypted where the salon is. */
export class Sender {
  readonly #settings: SenderSettings;

  constructor(settings: SenderSettings) {
    this.#settings = settings;
  }

  /** @returns the event's id. @throws ChatError */
  async send(message: UnsentMessage): Promise<string> {
    const { api } = this.#settings;
    const { roomId, key, type, content } = message;
    if (type === 'm.room.redaction') return await api.redact(roomId, String(content.redacts), key);
    // Servers sum reactions up, so all clients leave them readable; what they refer to is readable anyway.
    if (type === 'm.reaction') return await api.send(roomId, type, key, content);
    const there = await this.#sentBefore(message);
    if (there !== null) return there;
    const sealed = await this.#seal(message);
    return await api.send(roomId, sealed.type, key, sealed.content);
  }

  /**
   * The event of a message that waited for long: its answer may have been lost when the computer was shut. Servers tell a
   * device the transactions of its own events.
   */
  async #sentBefore({ roomId, key, at }: UnsentMessage): Promise<string | null> {
    const { api, now } = this.#settings;
    if (now() - at < KNOWN_MS) return null;
    let from: string | null = null;
    for (let left = MOST_PAGES; left > 0; left -= 1) {
      const { events, older }: Awaited<ReturnType<RoomsApi['messages']>> = await api.messages(
        roomId,
        from,
        PAGE,
      );
      const found = events.find(({ txnId }) => txnId === key);
      if (found) return found.id;
      const isPast = events.some((event) => event.at < at - CLOCKS_APART_MS);
      if (isPast || older === null || older === from) return null;
      from = older;
    }
    return null;
  }

  async #seal(message: UnsentMessage): Promise<{ readonly type: string; readonly content: Content }> {
    const { list, conversations } = this.#settings;
    const { roomId, type, content, key } = message;
    const machine = await this.#settings.machine();
    const conversation = await conversations.get(roomId);
    await conversation.ensureState();
    // Looked at last: the sync may have told of it while the others were waited for.
    const room = list.get(roomId);
    if (room === null) throw new ChatError('not-found', 'no such salon');
    // The list may have seen a room while it was being made, before it was encrypted: the whole state decides.
    const encryption = room.encryption ?? conversation.state.encryption;
    if (encryption !== null) {
      return await machine.encrypt(conversation.target(encryption), { type, content, txnId: key });
    }
    if (await machine.wasEncrypted(roomId)) throw new ChatError('refused', 'encryption was taken away');
    return { type, content };
  }
}

/** Content of a text message; who is mentioned is told to the rules of others (`m.mentions`). */
export function textContent(text: string, mentions: readonly string[]): Content {
  return { msgtype: 'm.text', body: text, 'm.mentions': mentions.length === 0 ? {} : { user_ids: mentions } };
}

/** Content of the card of a file in the salon's folder; other clients show its name and link. */
export function folderFileContent(file: {
  readonly path: string;
  readonly fileId: string | null;
  readonly size: number;
  readonly mimeType: string;
  readonly link: string | null;
}): Content {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  return {
    msgtype: 'm.text',
    body: file.link === null ? name : `${name}\n${file.link}`,
    'm.mentions': {},
    [TYPES.folderFile]: { path: file.path, file_id: file.fileId, size: file.size, mimetype: file.mimeType },
  };
}

/** Content of an edit (Client-Server API, Event replacements). */
export function editContent(eventId: string, text: string): Content {
  const next = textContent(text, []);
  return {
    ...next,
    body: `* ${text}`,
    'm.new_content': next,
    'm.relates_to': { rel_type: 'm.replace', event_id: eventId },
  };
}

/** Content of a reaction (Client-Server API, Event annotations). */
export function reactionContent(eventId: string, reaction: string): Content {
  return { 'm.relates_to': { rel_type: 'm.annotation', event_id: eventId, key: reaction } };
}
