import { parseBareEvents } from '../events/event.ts';
import type { ChatHttp } from '../http/chat-http.ts';
import type { SyncDelta, SyncPosition } from './delta.ts';
import { parseSlidingAnswer, type SlidingAnswer, slidingCrypto, slidingRooms } from './sliding-wire.ts';
import type { SyncSource } from './source.ts';

/** Where Synapse serves simplified sliding sync (MSC4186). */
const PATH = '/_matrix/client/unstable/org.matrix.simplified_msc3575/sync';
/** How long the server may keep an idle request open, milliseconds. */
const LONG_POLL_MS = 30_000;
/**
 * The first screen at once, the rest of the list in few steps: a server goes through the whole window at each
 * (measured on 1,000 rooms: ten steps take it 21 s, one step 10 s, but nothing else arrives meanwhile).
 */
const FIRST_WIDTH = 20;
const WIDTHS = [FIRST_WIDTH, 100, 400, 1000] as const;
const LATER_STEP = 1000;
/** Rooms come with their last event (two lists with other limits double the answers), open ones with more. */
const LIST_EVENTS = 1;
const WATCHED_EVENTS = 20;

/** The state every salon of the list comes with; an open one is asked for more by `/state`. */
const STATE: readonly (readonly [string, string])[] = [
  ['m.room.create', ''],
  ['m.room.name', ''],
  ['m.room.avatar', ''],
  ['m.room.canonical_alias', ''],
  ['m.room.encryption', ''],
  ['m.room.member', '$LAZY'],
  ['m.room.member', '$ME'],
  ['fr.traboule.folder', ''],
  ['fr.traboule.call.member', '*'],
  ['im.vector.modular.widgets', '*'],
];

type Position = Extract<SyncPosition, { kind: 'sliding' }>;

/**
 * Native sliding sync: a window of the list first, then the rest in steps.
 * The position is kept over restarts (Synapse remembers the connection), so a later start asks for changes only.
 */
export class SlidingSync implements SyncSource {
  readonly kind = 'sliding';
  readonly #http: ChatHttp;
  #position: Position | null;
  #width: number;
  #watched: readonly string[] = [];
  /** The first answer of a start must come at once, and so must all until the list is whole. */
  #patient = false;
  #forgotDevices: boolean;
  /** What a sync that began anew has told so far; null when it went on from a position. */
  #told: ReadonlySet<string> | null;
  #answered: {
    readonly position: Position;
    readonly complete: boolean;
    readonly told: ReadonlySet<string> | null;
  } | null = null;

  constructor(http: ChatHttp, resume: Position | null) {
    this.#http = http;
    this.#position = resume;
    this.#width = resume?.width ?? FIRST_WIDTH;
    this.#forgotDevices = resume === null;
    this.#told = resume === null ? new Set() : null;
  }

  watch(roomIds: readonly string[]): void {
    this.#watched = roomIds;
  }

  restart(): void {
    this.#answered = null;
    this.#position = null;
    this.#width = FIRST_WIDTH;
    this.#patient = false;
    this.#forgotDevices = true;
    this.#told = new Set();
  }

  async next(signal: AbortSignal): Promise<SyncDelta> {
    const before = this.#position;
    const asked = this.#width;
    const raw = await this.#http.json('POST', PATH, {
      query: {
        timeout: String(this.#patient ? LONG_POLL_MS : 0),
        ...(before === null ? {} : { pos: before.pos }),
      },
      body: this.#request(asked),
      timeoutMs: LONG_POLL_MS + 30_000,
      signal,
    });
    const answer = parseSlidingAnswer(raw);
    const total = answer.lists.all?.count ?? null;
    const complete = total === null || asked >= total;
    const position: Position = {
      kind: 'sliding',
      pos: answer.pos,
      toDevice: answer.extensions.to_device?.next_batch ?? before?.toDevice ?? null,
      width: complete ? asked : wider(asked),
    };
    const told = this.#told === null ? null : new Set([...this.#told, ...Object.keys(answer.rooms)]);
    this.#answered = { position, complete, told: complete ? null : told };
    return this.#delta(answer, {
      total,
      complete,
      position,
      whole: complete && total !== null ? told : null,
    });
  }

  commit(): void {
    if (this.#answered === null) return;
    const { position, complete, told } = this.#answered;
    this.#position = position;
    this.#width = position.width;
    this.#patient = complete;
    this.#forgotDevices = false;
    this.#told = told;
    this.#answered = null;
  }

  #delta(
    answer: SlidingAnswer,
    list: Pick<SyncDelta, 'total' | 'complete' | 'position' | 'whole'>,
  ): SyncDelta {
    return {
      rooms: slidingRooms(answer),
      accountData: parseBareEvents(answer.extensions.account_data?.global),
      crypto: slidingCrypto(answer, this.#forgotDevices),
      ...list,
    };
  }

  #request(width: number): object {
    const since = this.#position?.toDevice ?? null;
    return {
      conn_id: 'traboule',
      lists: {
        all: { ranges: [[0, width - 1]], timeline_limit: LIST_EVENTS, required_state: STATE },
      },
      room_subscriptions: Object.fromEntries(
        this.#watched.map((id) => [id, { timeline_limit: WATCHED_EVENTS, required_state: STATE }]),
      ),
      extensions: {
        to_device: {
          enabled: true,
          limit: 100,
          ...(since === null ? {} : { since }),
        },
        e2ee: { enabled: true },
        account_data: { enabled: true },
        receipts: { enabled: true },
        typing: { enabled: true },
      },
    };
  }
}

function wider(width: number): number {
  return WIDTHS.find((next) => next > width) ?? width + LATER_STEP;
}
