/**
 * A participant without a browser: it can knock, be let in, raise a hand and leave, but has no picture
 * and no sound. For tests, and for the journeys that want somebody in the lobby.
 */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { type ClientWord, type SelfState, type ServerWord, SIGNAL_PATH } from './protocol.ts';

export type GuestOptions = {
  url: string;
  caPem: string;
  room: string;
  name: string;
  password?: string;
  jwt?: string;
};

type WordOf<Type extends ServerWord['type']> = Extract<ServerWord, { type: Type }>;

const PATIENCE_MS = 5000;

export class Guest {
  readonly #socket: WebSocket;
  readonly #unread: ServerWord[] = [];
  readonly #readers = new Set<() => void>();

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      if (!Buffer.isBuffer(data)) return;
      this.#unread.push(JSON.parse(data.toString('utf8')));
      for (const read of this.#readers) read();
    });
  }

  /** Connects and comes to the door of the room; what the server answers is read with `next`. */
  static async arrive({ url, caPem, room, name, ...keys }: GuestOptions): Promise<Guest> {
    const socket = new WebSocket(url.replace(/^https/, 'wss') + SIGNAL_PATH, { ca: caPem });
    const guest = new Guest(socket);
    await once(socket, 'open');
    const self: SelfState = { name, audioMuted: true, videoMuted: true, sharing: false, hand: 0 };
    guest.say({ type: 'hello', room, self, ...keys });
    return guest;
  }

  say(word: ClientWord): void {
    this.#socket.send(JSON.stringify(word));
  }

  /** The next word of this type, waited for up to 5 s; words of other types stay unread. */
  next<Type extends ServerWord['type']>(type: Type): Promise<WordOf<Type>> {
    return new Promise((resolve, reject) => {
      const read = () => {
        const at = this.#unread.findIndex((word) => word.type === type);
        const [word] = at < 0 ? [] : this.#unread.splice(at, 1);
        if (!isOf(word, type)) return;
        clearTimeout(timer);
        this.#readers.delete(read);
        resolve(word);
      };
      const late = () => {
        this.#readers.delete(read);
        reject(new Error(`no "${type}" within ${PATIENCE_MS} ms`));
      };
      const timer = setTimeout(late, PATIENCE_MS);
      this.#readers.add(read);
      read();
    });
  }

  async leave(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    this.#socket.close();
    await once(this.#socket, 'close');
  }
}

function isOf<Type extends ServerWord['type']>(
  word: ServerWord | undefined,
  type: Type,
): word is WordOf<Type> {
  return word?.type === type;
}
