import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { RemoteConfig } from '../../api.ts';
import { inPieces, paced } from '../../line/paced.ts';
import { freshTrickle, type Trickle, withPiece } from '../../line/trickle.ts';
import { RemoteFailure, throwIfAborted } from '../../model/failures.ts';
import { freeLine, type Line } from '../../ports/line.ts';
import { Connections } from './connections.ts';
import { connectionFailure, failureOf, proxyFailure } from './failures.ts';

/** How long to wait for the first byte of an answer, in ms. Putting parts together takes a server minutes. */
export interface Patience {
  readonly usual: number;
  readonly assembling: number;
}

/** How a server is treated; what is left out is usual. */
export interface Manners {
  readonly patience?: Patience;
  /** What files pass through. */
  readonly line?: Line;
  /** ms, of a clock that only goes forward. */
  readonly now?: () => number;
}

/**
 * Bytes that are handed on at a time: each has the usual patience to be taken by the line, so a slow one must not be given
 * a megabyte at once.
 */
const mostAtOnce = 64 * 1024;
/** So many answers in a row that drip are the server's fault, not that of one file. */
const mostDrips = 3;
const usualPatience: Patience = { usual: 2 * 60_000, assembling: 30 * 60_000 };
/** Bytes of an error's body that are read: enough for sabre's exception. */
const longestError = 16 * 1024;

export interface DavRequest {
  readonly method: 'PROPFIND' | 'GET' | 'PUT' | 'POST' | 'MKCOL' | 'MOVE' | 'DELETE';
  /** Absolute path on the server, encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | AsyncIterable<Uint8Array>;
  readonly signal: AbortSignal;
  readonly patience?: keyof Patience;
  /** Whether a broken connection concerns this request alone. */
  readonly isTransfer?: boolean;
}

export interface DavAnswer {
  readonly status: number;
  header(name: string): string | undefined;
  /** The bytes; fails as a RemoteFailure. Must be read to the end or dropped. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Reads what is left, so that the connection can be used again. */
  drop(): Promise<void>;
}

/** Sends requests of one account; owns their connections. */
export class DavClient {
  readonly #origin: string;
  readonly #connections: Connections;
  readonly #name: string;
  readonly #patience: Patience;
  readonly #line: Line;
  readonly #probe: (signal: AbortSignal) => Promise<unknown>;
  #authorization: string;
  #requests = 0;
  readonly #now: () => number;
  /** Answers in a row that came in drops. */
  #drips = 0;

  /** @param probe fails when the server as a whole is out of order; asked when one request found it so */
  constructor(
    config: RemoteConfig,
    origin: string,
    probe: (signal: AbortSignal) => Promise<unknown>,
    { patience = usualPatience, line = freeLine, now = () => performance.now() }: Manners = {},
  ) {
    this.#origin = origin;
    this.#probe = probe;
    this.#patience = patience;
    this.#line = line;
    this.#now = now;
    this.#name = config.loginName ?? config.user;
    this.#authorization = basic(this.#name, config.password);
    const { certificate } = config;
    this.#connections = new Connections({ certificate });
  }

  get requests(): number {
    return this.#requests;
  }

  setPassword(password: string): void {
    this.#authorization = basic(this.#name, password);
  }

  /** Sends a request; gives the answer when its status says that it was done, else throws a RemoteFailure. */
  async send(request: DavRequest): Promise<DavAnswer> {
    const { method, signal, isTransfer = false } = request;
    throwIfAborted(signal);
    this.#requests += 1;
    const authorization = this.#authorization;
    const response = await this.#dispatch(request);
    const pace = (all: Bytes): Bytes =>
      method === 'GET' && isTransfer ? paced(all, this.#line.down, signal) : all;
    const answer = toAnswer(response, pace(this.#received(response.body, isTransfer)));
    if (answer.status >= 200 && answer.status < 300) return onlyIfDone(answer, request);
    const failure = await this.#explained(failureOf(answer, await readError(answer.body), method));
    // It was asked with a password that is none any more: nobody is to sign in again for that.
    if (failure.code === 'unauthorised' && authorization !== this.#authorization)
      throw new RemoteFailure('interrupted', failure.data, failure);
    if (!isTransfer || !mayBeAlone(failure)) throw failure;
    // A front server gives up on one large folder or file, and a scanner turns one away: is it the server, or this request?
    await this.#probe(signal);
    throw new RemoteFailure('serverError', failure.data, failure);
  }

  async close(): Promise<void> {
    await this.#connections.close();
  }

  async #dispatch(request: DavRequest): Promise<Dispatcher.ResponseData> {
    const { method, path, headers, body, signal, isTransfer = false } = request;
    try {
      const dispatcher = await this.#connections.through(this.#line.proxy(new URL(this.#origin).origin));
      return await dispatcher.request({
        origin: this.#origin,
        path,
        method,
        headers: {
          authorization: this.#authorization,
          'user-agent': 'Traboule',
          'accept-encoding': 'identity',
          ...headers,
        },
        body: typeof body === 'object' ? this.#sending(body, signal) : (body ?? null),
        signal,
        headersTimeout: this.#patience[request.patience ?? 'usual'],
      });
    } catch (error) {
      const failure = proxyFailure(error, signal) ?? connectionFailure(error, isTransfer);
      throw failure instanceof RemoteFailure ? await this.#explained(failure) : failure;
    }
  }

  #sending(body: Bytes, signal: AbortSignal): Readable {
    return Readable.from(inPieces(paced(body, this.#line.up, signal), mostAtOnce));
  }

  /** The bytes of an answer as they come. */
  async *#received(body: Bytes, isTransfer: boolean): AsyncGenerator<Uint8Array> {
    let trickle: Trickle | undefined = freshTrickle;
    let asked = this.#now();
    try {
      for await (const piece of body) {
        trickle = withPiece(trickle, this.#now() - asked, piece.length);
        if (trickle === undefined) throw this.#dripping(isTransfer);
        yield piece;
        asked = this.#now();
      }
    } catch (error) {
      throw connectionFailure(error, isTransfer);
    }
    this.#drips = 0;
  }

  #dripping(isTransfer: boolean): RemoteFailure {
    this.#drips += 1;
    const isAlone = isTransfer && this.#drips < mostDrips;
    return new RemoteFailure(isAlone ? 'interrupted' : 'timedOut', { what: 'dripping' });
  }

  /** A certificate that is wanted may have been named, and not be fit to be shown. */
  async #explained(failure: RemoteFailure): Promise<RemoteFailure> {
    if (failure.code !== 'certificateWanted') return failure;
    const held = await this.#connections.certificate();
    const certificate = held === undefined ? 'none' : held.kind === 'held' ? 'shown' : held.fault;
    return new RemoteFailure('certificateWanted', { ...failure.data, certificate }, failure);
  }
}

/** Whether the answer may concern this one request although it sounds like the whole server. */
function mayBeAlone({ code, data }: RemoteFailure): boolean {
  return (code === 'unavailable' && data['status'] !== 429) || code === 'notAServer';
}

/** What is answered to a change that was made (recorded: 03, 06, 07). */
const doneBy: Readonly<Record<string, readonly number[]>> = {
  PUT: [200, 201, 204],
  MKCOL: [200, 201],
  MOVE: [200, 201, 204],
  DELETE: [200, 204],
};

/**
 * Portals, proxies and scanners answer 200 with a page of theirs to whatever is asked. A change that is taken for made
 * and is not would have the next version of it, somebody's edit, taken for the old one.
 */
async function onlyIfDone(answer: DavAnswer, { method, patience }: DavRequest): Promise<DavAnswer> {
  const isPage = answer.status === 200 && answer.header('content-type')?.startsWith('text/html') === true;
  const known = doneBy[method];
  // Parts may be put together later (facts/nextcloud.md, "Writing"): who asked for it looks.
  const isBegun = answer.status === 202 && patience === 'assembling';
  if (known === undefined || isBegun || (known.includes(answer.status) && !isPage)) return answer;
  await answer.drop();
  throw new RemoteFailure('malformed', { status: answer.status, method });
}

function basic(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`, 'utf8').toString('base64')}`;
}

type Bytes = AsyncIterable<Uint8Array>;

function toAnswer(response: Dispatcher.ResponseData, body: Bytes): DavAnswer {
  return {
    status: response.statusCode,
    header: (name) => {
      const value = response.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
    body,
    drop: async () => {
      await response.body.dump();
    },
  };
}

/** The start of an error's body; what can't be read of it does not matter. */
async function readError(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > longestError) break;
    }
  } catch (error) {
    if (!(error instanceof RemoteFailure)) throw error;
  }
  return Buffer.concat(chunks).toString('utf8');
}
