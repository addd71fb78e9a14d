import type { AuthInfo, ClientRequest, IncomingMessage, Session } from 'electron';
import { net } from 'electron';
import type { Fetch } from '../http/http.ts';
import type { Credentials } from '../network/proxy-sign-in.ts';

/** Answers somebody who asks for a name and password; null for nothing. */
export type Login = (asked: AuthInfo, url: string) => Promise<Credentials | null>;

/** Statuses whose answers have no body. */
const BODILESS: ReadonlySet<number> = new Set([101, 204, 205, 304]);

/**
 * A fetch of a session's own: its proxy and certificates, and, which Electron's fetch can't, a sign-in at the proxy on
 * the way. Bodies are text. No cookie is sent or kept.
 */
export function sessionFetch(session: Session, login: Login): Fetch {
  return (url, init) =>
    new Promise((resolve, reject) => {
      const request = net.request({
        url,
        session,
        method: init.method ?? 'GET',
        credentials: 'omit',
        redirect: init.redirect ?? 'follow',
      });
      const end = (): void => {
        request.abort();
        reject(toError(init.signal?.reason));
      };
      if (init.signal?.aborted) {
        end();
        return;
      }
      init.signal?.addEventListener('abort', end, { once: true });
      for (const [name, value] of new Headers(init.headers)) request.setHeader(name, value);
      const where = { url };
      request.on('redirect', (_status, _method, next) => {
        where.url = next;
      });
      answerLogins(request, login, where);
      request.on('error', reject);
      request.on('response', (message) => resolve(answerOf(message, request, where.url)));
      request.end(typeof init.body === 'string' ? init.body : undefined);
    });
}

function answerLogins(request: ClientRequest, login: Login, where: { readonly url: string }): void {
  request.on('login', (asked, answer) => {
    login(asked, where.url)
      .then((credentials) => (credentials ? answer(credentials.user, credentials.password) : answer()))
      .catch(() => answer());
  });
}

function answerOf(message: IncomingMessage, request: ClientRequest, url: string): Response {
  const headers = new Headers();
  for (const [name, values] of Object.entries(message.headers)) {
    for (const value of [values].flat()) headers.append(name, value);
  }
  const hasBody = !BODILESS.has(message.statusCode);
  const response = new Response(hasBody ? bodyOf(message, request) : null, {
    status: message.statusCode,
    headers,
  });
  Object.defineProperty(response, 'url', { value: url });
  return response;
}

function bodyOf(message: IncomingMessage, request: ClientRequest): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start: (body) => {
      message.on('data', (part) => body.enqueue(part));
      message.on('end', () => body.close());
      message.on('error', (error: unknown) => body.error(error));
      message.on('aborted', () => body.error(new Error('the answer ended early')));
    },
    cancel: () => request.abort(),
  });
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('aborted', { cause: reason });
}
