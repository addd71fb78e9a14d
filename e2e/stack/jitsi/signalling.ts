/** The websocket side of the stand-in: sockets in, rooms behind, one participant a socket. */
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:https';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { ClientWord, type Hello, type ServerWord, SIGNAL_PATH } from './protocol.ts';
import { type ConferenceSnapshot, Room } from './room.ts';
import { tokenAllows } from './token.ts';

export type SignallingOptions = {
  /** New rooms start with their lobby on. */
  lobby: boolean;
  /** Entering takes a token as made for `openidtoken-jwt`. */
  tokenRequired: boolean;
  /** The only web origin whose pages may connect; programs that send none (tests) may too. */
  origin: string;
};

export type Signalling = { conferences: () => ConferenceSnapshot[]; stop: () => void };

const LARGEST_WORD = 256 * 1024;
const HEARTBEAT_MS = 5000;
/** RFC 6455 7.4.1. */
const GOING_AWAY = 1001;
const INVALID_PAYLOAD = 1007;

/** Serves conferences on `server` until stopped; a page whose connection is dead is taken out within 10 s. */
export function serveSignalling(server: Server, options: SignallingOptions): Signalling {
  const sockets = new WebSocketServer({
    server,
    path: SIGNAL_PATH,
    maxPayload: LARGEST_WORD,
    verifyClient: ({ origin }: { origin?: string }) => !origin || origin === options.origin,
  });
  const hall = new Hall(options);
  const heartbeat = new Heartbeat();
  sockets.on('connection', (socket) => {
    heartbeat.watch(socket);
    receive(socket, hall);
  });
  return {
    conferences: () => hall.conferences(),
    stop: () => {
      heartbeat.stop();
      for (const socket of sockets.clients) socket.close(GOING_AWAY);
      sockets.close();
    },
  };
}

/** All rooms, and who is in which. */
class Hall {
  readonly #options: SignallingOptions;
  readonly #sockets = new Map<string, WebSocket>();
  readonly #rooms = new Map<string, Room>();
  readonly #whereabouts = new Map<string, Room>();

  constructor(options: SignallingOptions) {
    this.#options = options;
  }

  connect(id: string, socket: WebSocket): void {
    this.#sockets.set(id, socket);
  }

  disconnect(id: string): void {
    this.#sockets.delete(id);
    const room = this.#whereabouts.get(id);
    this.#whereabouts.delete(id);
    room?.depart(id);
    if (room?.empty) this.#rooms.delete(room.name);
  }

  hear(id: string, word: ClientWord): void {
    if (word.type !== 'hello') this.#whereabouts.get(id)?.hear(id, word);
    else if (!this.#options.tokenRequired || tokenAllows(word.jwt)) this.#enter(id, word);
    else this.#post(id, { type: 'refused', reason: 'token' });
  }

  conferences(): ConferenceSnapshot[] {
    return [...this.#rooms.values()].map((room) => room.snapshot());
  }

  /** As with the real one, the name of a room has no case. */
  #enter(id: string, hello: Hello): void {
    if (this.#whereabouts.get(id)?.includes(id)) return;
    const name = hello.room.toLowerCase();
    const room =
      this.#rooms.get(name) ?? new Room(name, this.#options.lobby, (to, word) => this.#post(to, word));
    this.#rooms.set(name, room);
    this.#whereabouts.set(id, room);
    room.arrive(id, hello);
  }

  #post(id: string, word: ServerWord): void {
    this.#sockets.get(id)?.send(JSON.stringify(word));
  }
}

/** Pings every socket, and ends those that left the last ping unanswered. */
class Heartbeat {
  readonly #watched = new Map<WebSocket, { alive: boolean }>();
  readonly #timer = setInterval(() => this.#beat(), HEARTBEAT_MS).unref();

  watch(socket: WebSocket): void {
    const state = { alive: true };
    this.#watched.set(socket, state);
    socket.on('pong', () => {
      state.alive = true;
    });
    socket.on('close', () => this.#watched.delete(socket));
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #beat(): void {
    for (const [socket, state] of this.#watched) {
      if (state.alive) socket.ping();
      else socket.terminate();
      state.alive = false;
    }
  }
}

function receive(socket: WebSocket, hall: Hall): void {
  const id = randomUUID().slice(0, 8);
  hall.connect(id, socket);
  socket.on('close', () => hall.disconnect(id));
  socket.on('error', () => socket.terminate());
  socket.on('message', (data) => {
    const word = ClientWord.safeParse(parseJson(data));
    if (word.success) hall.hear(id, word.data);
    else socket.close(INVALID_PAYLOAD);
  });
}

/** `undefined` where the text is no JSON, which no schema takes. */
function parseJson(data: RawData): unknown {
  try {
    return Buffer.isBuffer(data) ? JSON.parse(data.toString('utf8')) : undefined;
  } catch {
    return undefined;
  }
}
