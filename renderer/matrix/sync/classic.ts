import type { ChatHttp } from '../http/chat-http.ts';
import { classicAccountData, classicCrypto, classicRooms, parseClassicAnswer } from './classic-wire.ts';
import type { SyncDelta, SyncPosition } from './delta.ts';
import type { SyncSource } from './source.ts';

const PATH = '/_matrix/client/v3/sync';
const LONG_POLL_MS = 30_000;
/** A first classic sync of many rooms takes the server a while (measured: 20 s for 1,000 rooms). */
const FIRST_ANSWER_MS = 180_000;

const FILTER = JSON.stringify({
  presence: { not_types: ['*'] },
  room: { state: { lazy_load_members: true }, timeline: { limit: 8, lazy_load_members: true } },
});

type Position = Extract<SyncPosition, { kind: 'classic' }>;

/** `GET /sync` with lazily loaded members, for servers without sliding sync. */
export class ClassicSync implements SyncSource {
  readonly kind = 'classic';
  readonly #http: ChatHttp;
  readonly #known: (roomId: string) => boolean;
  #since: string | null;
  #patient = false;
  #answered: string | null = null;

  /** @param known whether a room is in the list already, so that its events are news. */
  constructor(http: ChatHttp, resume: Position | null, known: (roomId: string) => boolean) {
    this.#http = http;
    this.#since = resume?.since ?? null;
    this.#known = known;
  }

  /** Every room's events come anyway. */
  watch(_roomIds: readonly string[]): void {}

  restart(): void {
    this.#answered = null;
    this.#since = null;
    this.#patient = false;
  }

  commit(): void {
    if (this.#answered === null) return;
    this.#since = this.#answered;
    this.#patient = true;
    this.#answered = null;
  }

  async next(signal: AbortSignal): Promise<SyncDelta> {
    const first = this.#since === null;
    const raw = await this.#http.json('GET', PATH, {
      query: {
        filter: FILTER,
        timeout: String(this.#patient ? LONG_POLL_MS : 0),
        ...(this.#since === null ? {} : { since: this.#since }),
      },
      timeoutMs: first ? FIRST_ANSWER_MS : LONG_POLL_MS + 30_000,
      signal,
    });
    const answer = parseClassicAnswer(raw);
    this.#answered = answer.next_batch;
    const rooms = classicRooms(answer, first ? () => false : this.#known);
    return {
      rooms,
      accountData: classicAccountData(answer),
      crypto: classicCrypto(answer, first),
      whole: first ? new Set(rooms.map((room) => room.roomId)) : null,
      total: null,
      complete: true,
      position: { kind: 'classic', since: answer.next_batch },
    };
  }
}
