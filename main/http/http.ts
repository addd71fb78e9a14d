import { describeFailure, HttpError } from './http-error.ts';

/** A request to a server; the body is text. */
export interface HttpRequest {
  readonly url: string;
  readonly method?: string;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Milliseconds until it is given up; 15 s unless told. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** What a server answered, read to the end. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: { readonly get: (name: string) => string | null };
  readonly text: string;
  /** Where it came from, after redirects. */
  readonly url: string;
}

/** Asks a server. Any answer is an answer (404 too); throws HttpError when there was none. */
export type Http = (request: HttpRequest) => Promise<HttpAnswer>;

/** The platform's fetch: Electron's (system proxy and certificates) in the program, Node's in tests. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const USUAL_TIMEOUT_MS = 15_000;
/** No answer that main reads is longer; a server that sends more is broken or worse. */
const MAX_CHARS = 20_000_000;

/** Makes the port from a fetch. No cookie is kept or sent: a session must not outlive its sign-out. */
export function createHttp(fetch: Fetch): Http {
  return async ({ url, method = 'GET', headers = {}, body, timeoutMs = USUAL_TIMEOUT_MS, signal }) => {
    checkTransport(url);
    const deadline = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(url, {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
        credentials: 'omit',
        // What carries a secret goes where it was sent or nowhere.
        redirect: method === 'GET' && !('authorization' in headers) ? 'follow' : 'error',
        signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      });
      const from = response.url || url;
      checkTransport(from);
      return {
        status: response.status,
        headers: response.headers,
        text: await readText(response),
        url: from,
      };
    } catch (error) {
      if (error instanceof HttpError) throw error;
      throw new HttpError(describeFailure(error, deadline.aborted, signal?.aborted ?? false), error);
    }
  };
}

/** Whether an address may be used at all: https, or http to this very machine. */
export function isSafeTransport(address: string): boolean {
  const url = URL.parse(address);
  if (!url) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

/** Whether a host is this very machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function checkTransport(address: string): void {
  if (!isSafeTransport(address)) throw new HttpError('insecure');
}

async function readText({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const part of body ?? []) {
    text += decoder.decode(part, { stream: true });
    if (text.length > MAX_CHARS) throw new HttpError('too-large');
  }
  return text + decoder.decode();
}
