import { Readable } from 'node:stream';
import { Agent, type Dispatcher } from 'undici';
import type { RemoteConfig } from '../../api.ts';
import { throwIfAborted } from '../../model/failures.ts';
import { connectionFailure, failureOf } from './failures.ts';

/** How long to wait for the first byte of an answer, in ms. Putting parts together takes a server minutes. */
const patience = { usual: 2 * 60_000, assembling: 30 * 60_000 } as const;
const betweenBytes = 60_000;
const connecting = 15_000;
/** Bytes of an error's body that are read: enough for sabre's exception. */
const longestError = 16 * 1024;

export interface DavRequest {
  readonly method: 'PROPFIND' | 'GET' | 'PUT' | 'MKCOL' | 'MOVE' | 'DELETE';
  /** Absolute path on the server, encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | AsyncIterable<Uint8Array>;
  readonly signal: AbortSignal;
  readonly patience?: keyof typeof patience;
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
  readonly #agent: Agent;
  readonly #name: string;
  #authorization: string;
  #requests = 0;

  constructor(config: RemoteConfig, origin: string) {
    this.#origin = origin;
    this.#name = config.loginName ?? config.user;
    this.#authorization = basic(this.#name, config.password);
    this.#agent = new Agent({
      connections: 8,
      pipelining: 1,
      connect: { timeout: connecting },
      bodyTimeout: betweenBytes,
      keepAliveTimeout: 30_000,
    });
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
    const response = await this.#dispatch(request);
    const answer = toAnswer(response, isTransfer);
    if (response.statusCode >= 200 && response.statusCode < 300) return answer;
    const text = await readError(answer.body);
    throw failureOf(response.statusCode, text, method, answer.header('retry-after'));
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #dispatch(request: DavRequest): Promise<Dispatcher.ResponseData> {
    const { method, path, headers, body, signal, isTransfer = false } = request;
    try {
      return await this.#agent.request({
        origin: this.#origin,
        path,
        method,
        headers: {
          authorization: this.#authorization,
          'user-agent': 'Traboule',
          'accept-encoding': 'identity',
          ...headers,
        },
        body: typeof body === 'object' ? Readable.from(body) : (body ?? null),
        signal,
        headersTimeout: patience[request.patience ?? 'usual'],
      });
    } catch (error) {
      throw connectionFailure(error, isTransfer);
    }
  }
}

function basic(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`, 'utf8').toString('base64')}`;
}

function toAnswer(response: Dispatcher.ResponseData, isTransfer: boolean): DavAnswer {
  return {
    status: response.statusCode,
    header: (name) => {
      const value = response.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
    body: translated(response.body, isTransfer),
    drop: async () => {
      await response.body.dump();
    },
  };
}

async function* translated(body: AsyncIterable<Uint8Array>, isTransfer: boolean): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw connectionFailure(error, isTransfer);
  }
}

/** The start of an error's body; what can't be read of it does not matter. */
async function readError(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > longestError) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}
