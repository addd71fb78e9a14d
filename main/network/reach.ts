import { z } from 'zod';
import type { Reach } from '../../preload/contract/network.ts';
import { jsonOf } from '../http/answers.ts';
import type { Http, HttpAnswer } from '../http/http.ts';
import { HttpError } from '../http/http-error.ts';
import type { Log } from '../log/log.ts';

/** What the organisation's servers are watched with. */
export interface ReachParts {
  /** Whether the computer has a network at all. It may be one that leads nowhere. */
  readonly isOnline: () => boolean;
  /** The account's chat server; null when there is none. */
  readonly chatServer: () => string | null;
  readonly http: Http;
  readonly tell: (reach: Reach) => void;
  readonly log: Log;
  /** 0 to 1, another at each call. */
  readonly chance?: () => number;
}

/** While they stay away they are asked so often: each computer at its own pace. */
const LOOK_EVERY_MS = 30_000;
const LOOK_WITHIN_MS = 10_000;

/**
 * Whether the organisation's servers are reached. The chat asks all the time and tells how that went; while it hears
 * nothing this finds out why, which a page can't: what stands in the way answers with a certificate or a page of its own.
 */
export class ReachWatch {
  readonly #parts: ReachParts;
  #value: Reach = 'reached';
  #isAway = false;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(parts: ReachParts) {
    this.#parts = parts;
  }

  get value(): Reach {
    return this.#value;
  }

  /** The last request of the chat was answered by its server, or not. */
  heard(isReached: boolean): void {
    const wasAway = this.#isAway;
    this.#isAway = !isReached;
    if (isReached) {
      clearTimeout(this.#timer);
      this.#set('reached');
    } else if (!wasAway) this.#look();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #look(): void {
    void this.#lookNow()
      .catch((error: unknown) => this.#parts.log.error('reach.not-seen', {}, error))
      .finally(() => {
        if (this.#closed || !this.#isAway) return;
        const { chance = Math.random } = this.#parts;
        this.#timer = setTimeout(() => this.#look(), LOOK_EVERY_MS * (0.5 + chance()));
      });
  }

  async #lookNow(): Promise<void> {
    const { isOnline, chatServer, http } = this.#parts;
    const server = chatServer();
    if (server === null) return;
    const found = isOnline() ? await reachOf(http, server) : 'no-network';
    if (this.#isAway && !this.#closed) this.#set(found);
  }

  #set(reach: Reach): void {
    if (reach === this.#value) return;
    this.#value = reach;
    this.#parts.log.info('reach.changed', { reach });
    this.#parts.tell(reach);
  }
}

/** Network Authentication Required (RFC 6585, section 6): only what stands in the way says so. */
const WANTS_SIGN_IN = 511;

/** Client-Server API, GET /_matrix/client/versions: the least that a chat server answers to anyone. */
const Versions = z.object({ versions: z.array(z.string()) });

/** Asks the chat server who it is. */
export async function reachOf(http: Http, server: string): Promise<Reach> {
  try {
    const url = `${server}/_matrix/client/versions`;
    return reachByAnswer(await http({ url, timeoutMs: LOOK_WITHIN_MS }), server);
  } catch (error) {
    if (error instanceof HttpError) return reachByFailure(error);
    throw error;
  }
}

/** A page in the place of an answer comes from somebody else, unless the organisation's own front says that all is down. */
function reachByAnswer(answer: HttpAnswer, server: string): Reach {
  if (new URL(answer.url).origin !== new URL(server).origin) return 'stranger';
  if (answer.status === WANTS_SIGN_IN) return 'stranger';
  if (answer.status >= 500 || answer.status === 429) return 'silent';
  return jsonOf(answer, Versions) ? 'reached' : 'stranger';
}

function reachByFailure({ failure }: HttpError): Reach {
  switch (failure) {
    case 'offline':
      return 'no-network';
    case 'certificate':
    // It was led from https to an address in clear.
    case 'insecure':
    case 'too-large':
      return 'stranger';
    case 'own-certificate':
    case 'unreachable':
    case 'timeout':
    case 'cancelled':
      return 'silent';
    default:
      return failure satisfies never;
  }
}
