import { ChatError, errorOf } from './chat-error.ts';

/** What one request may carry. */
export interface RequestOptions {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Default 60 s. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** Talks to one chat server with one session's token. */
export interface ChatHttp {
  /** @throws ChatError for every failure, also when the answer is no JSON. */
  json(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, options?: RequestOptions): Promise<unknown>;
  /** @throws ChatError */
  bytes(path: string, query: Readonly<Record<string, string>>, maxBytes: number): Promise<Blob>;
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
    const timeout = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
    let response: Response;
    try {
      response = await settings.fetch(url, {
        method,
        headers: {
          authorization: `Bearer ${settings.accessToken}`,
          ...(options.body ? { 'content-type': 'application/json' } : {}),
        },
        ...(options.body ? { body: JSON.stringify(options.body) } : {}),
        signal: options.signal ? anySignal(options.signal, timeout) : timeout,
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
    async bytes(path, query, maxBytes) {
      const response = await send('GET', path, { query, timeoutMs: 5 * TIMEOUT_MS });
      const length = Number(response.headers.get('content-length') ?? 0);
      if (length > maxBytes) {
        await response.body?.cancel();
        throw new ChatError('too-large', `${length} bytes`);
      }
      try {
        return await response.blob();
      } catch (cause) {
        throw new ChatError('offline', 'answer was cut off', { cause });
      }
    },
  };
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
