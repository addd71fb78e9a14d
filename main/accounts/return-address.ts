import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { AppError } from '../contract/app-error.ts';

/** What the page says that a person comes back to, in their language. */
export interface ReturnWords {
  readonly language: string;
  readonly title: string;
  readonly text: string;
}

/** Where a browser sends a person back to this program, once (RFC 8252, section 7.3: loopback interface redirection). */
export interface ReturnAddress {
  readonly url: string;
  /** The token that it brought. Rejects with `cancelled.request` when it was closed before, `timeout.browser` when nobody came. */
  readonly token: Promise<string>;
  /** Nobody can come any more. */
  readonly close: () => void;
}

/** The name under which a chat server hands the token over (Client-Server API, SSO client login). */
const TOKEN = 'loginToken';
const LONGEST_TOKEN = 4000;
const SECRET_BYTES = 32;
/** Browsers send along whatever cookies other programs of this machine set. */
const MOST_HEADERS = 65_536;
/** An answer that a browser does not read is not waited for. */
const LAST_ANSWER_MS = 2000;

/**
 * Listens on this machine alone, at a port of the system's choice and a path that nobody can guess, until somebody comes with
 * a token or `givesUpAfterMs` are over. Any other request is answered "not found" and changes nothing: another program, a page
 * that tries ports, a name that was made to lead here.
 */
export async function openReturnAddress(
  words: () => ReturnWords,
  givesUpAfterMs: number,
): Promise<ReturnAddress> {
  const path = `/${randomBytes(SECRET_BYTES).toString('base64url')}`;
  const { promise: token, resolve, reject } = Promise.withResolvers<string>();
  token.catch(() => undefined); // whoever waits hears of it; a sign-in that ended before it waited does not
  const server = createServer(
    { maxHeaderSize: MOST_HEADERS, requestTimeout: 10_000 },
    (request, response) => {
      const brought = tokenOf(request, path, host);
      if (brought === null) return answer(response, 404, '');
      stop();
      response.once('close', () => server.closeAllConnections());
      setTimeout(() => server.closeAllConnections(), LAST_ANSWER_MS).unref();
      answer(response, 200, pageOf(words()));
      resolve(brought);
    },
  );
  const stop = () => {
    clearTimeout(timer);
    server.close();
  };
  const end = (why: AppError) => {
    stop();
    server.closeAllConnections();
    reject(why);
  };
  const timer = setTimeout(
    () => end(new AppError('timeout.browser', { minutes: Math.round(givesUpAfterMs / 60_000) })),
    givesUpAfterMs,
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = hostOf(server.address());
  return { url: `http://${host}${path}`, token, close: () => end(new AppError('cancelled.request')) };
}

function hostOf(address: ReturnType<ReturnType<typeof createServer>['address']>): string {
  if (address === null || typeof address === 'string') throw new Error('a server without a port');
  return `127.0.0.1:${address.port}`;
}

/** The token of a request that is meant for `path` of this very host; null for any other. */
function tokenOf({ method, url = '', headers }: IncomingMessage, path: string, host: string): string | null {
  const asked = URL.parse(url, `http://${host}`);
  if (method !== 'GET' || headers.host !== host || !asked || !isSame(asked.pathname, path)) return null;
  const [token = '', ...more] = asked.searchParams.getAll(TOKEN);
  return token !== '' && token.length <= LONGEST_TOKEN && more.length === 0 ? token : null;
}

/** Compared in a time that tells nothing of how much of it is right. */
function isSame(asked: string, path: string): boolean {
  const [one, other] = [Buffer.from(asked), Buffer.from(path)];
  return one.length === other.length && timingSafeEqual(one, other);
}

const STYLE =
  ':root{color-scheme:light dark}body{font:18px/1.5 system-ui,sans-serif;max-width:32em;margin:20vh auto;padding:0 24px}';
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** The page keeps nothing and runs nothing; its address, which has the token in it, goes nowhere. */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  connection: 'close',
} as const;

function answer(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, HEADERS);
  response.end(page);
}

function pageOf({ language, title, text }: ReturnWords): string {
  return `<!doctype html><html lang="${escaped(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${STYLE}</style></head><body><main><h1>${escaped(title)}</h1><p>${escaped(text)}</p></main></body></html>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
