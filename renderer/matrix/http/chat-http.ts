import { ChatError, errorOf } from './chat-error.ts';

/** What one request may carry. */
export interface RequestOptions {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Default 60 s; null: as long as `signal` says. */
  readonly timeoutMs?: number | null;
  readonly signal?: AbortSignal;
}

/** What a fetch of bytes may carry. */
export interface BytesOptions {
  readonly query?: Readonly<Record<string, string>>;
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
  /** Hears how much came, and how much it will be; null where the server does not say. */
  readonly heard?: (received: number, total: number | null) => void;
}

/** Talks to one chat server with one session's token. */
export interface ChatHttp {
  /** @throws ChatError for every failure, also when the answer is no JSON. */
  json(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, options?: RequestOptions): Promise<unknown>;
  /** Takes as long as bytes keep coming. @throws ChatError */
  bytes(path: string, options: BytesOptions): Promise<Blob>;
}

const TIMEOUT_MS = 60_000;

/**
 * @param onSignedOut called when an answer says that the token is not valid any more; nothing is sent after that.
 */
export function createChatHttp(settings: {
  readonly serverUrl: string;
  readonly accessToken: string;
  readonly fetch: typeof fetch;
  readonly onSignedOut: () => void;
}): ChatHttp {
  const base = settings.serverUrl.replace(/\/+$/, '');
  let isOver = false;

  async function send(method: string, path: string, options: RequestOptions): Promise<Response> {
    if (isOver) throw new ChatError('signed-out', 'the session ended');
    const url = new URL(base + path);
    for (const [key, value] of Object.entries(options.query ?? {})) url.searchParams.set(key, value);
    const { timeoutMs = TIMEOUT_MS } = options;
    const timeout = timeoutMs === null ? null : AbortSignal.timeout(timeoutMs);
    let response: Response;
    try {
      response = await settings.fetch(url, {
        method,
        headers: {
          authorization: `Bearer ${settings.accessToken}`,
          ...(options.body ? { 'content-type': 'application/json' } : {}),
        },
        ...(options.body ? { body: JSON.stringify(options.body) } : {}),
        signal: options.signal && timeout ? anySignal(options.signal, timeout) : (options.signal ?? timeout),
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
      });
    } catch (cause) {
      throw new ChatError('offline', options.signal?.aborted ? 'aborted' : 'no answer', { cause });
    }
    if (response.ok) return response;
    const failure = errorOf(response.status, await readJson(response), response.headers.get('retry-after'));
    isOver ||= failure.code === 'signed-out';
    if (isOver) settings.onSignedOut();
    throw failure;
  }

  return {
    async json(method, path, options = {}) {
      const response = await send(method, path, options);
      try {
        return await response.json();
      } catch (cause) {
        throw new ChatError('offline', 'answer is no JSON', { status: response.status, cause });
      }
    },
    async bytes(path, options) {
      const silence = new Silence(TIMEOUT_MS);
      const signal = options.signal ? anySignal(options.signal, silence.signal) : silence.signal;
      try {
        const response = await send('GET', path, { query: options.query ?? {}, timeoutMs: null, signal });
        return await readBytes(response, options, () => silence.broken());
      } finally {
        silence.end();
      }
    },
  };
}

/** Aborts when nothing came for so long, in milliseconds. */
class Silence {
  readonly #controller = new AbortController();
  readonly #ms: number;
  #timer: ReturnType<typeof setTimeout>;

  constructor(ms: number) {
    this.#ms = ms;
    this.#timer = this.#start();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  broken(): void {
    clearTimeout(this.#timer);
    this.#timer = this.#start();
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #start(): ReturnType<typeof setTimeout> {
    return setTimeout(() => this.#controller.abort(), this.#ms);
  }
}

/** The body as it comes; what the server said of its length may be wrong, in both directions. */
async function readBytes(
  response: Response,
  { maxBytes, heard }: BytesOptions,
  came: () => void,
): Promise<Blob> {
  const length = Number(response.headers.get('content-length') ?? 0);
  const type = response.headers.get('content-type') ?? '';
  if (!response.body) return new Blob([], { type });
  const reader = response.body.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let received = 0;
  try {
    while (Math.max(length, received) <= maxBytes) {
      const { done, value } = await reader.read();
      if (done) return new Blob(chunks, { type });
      came();
      chunks.push(value);
      received += value.length;
      heard?.(received, length >= received ? length : null);
    }
    await reader.cancel();
  } catch (cause) {
    throw new ChatError('offline', 'answer was cut off', { cause });
  }
  throw new ChatError('too-large', `${Math.max(length, received)} bytes`);
}

/** The body of a failed answer; a proxy's HTML page counts as none. */
async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

/** Aborts with the first of two. (AbortSignal.any came to Chromium in 116.) */
function anySignal(first: AbortSignal, second: AbortSignal): AbortSignal {
  if (first.aborted) return first;
  const controller = new AbortController();
  for (const signal of [first, second]) {
    signal.addEventListener('abort', () => controller.abort(signal.reason), {
      once: true,
      signal: controller.signal,
    });
  }
  return controller.signal;
}
