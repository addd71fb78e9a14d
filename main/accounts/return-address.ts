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
  /**
   * A link of one use that leads to a page, for the browser to be opened with: what programs are opened with is in the list of
   * processes, which others on a shared machine may read, and the page's own address names this one.
   */
  readonly linkTo: (page: string) => string;
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
/** Others on this machine may open connections and say nothing. */
const LIMITS = {
  maxHeaderSize: MOST_HEADERS,
  requestTimeout: 10_000,
  headersTimeout: 10_000,
  connectionsCheckingInterval: 5000,
};
const MOST_CONNECTIONS = 100;
/**
 * How long the port is kept afterwards: a page may still be open that leads here, and whoever else on a shared machine got
 * this port would be brought its token. Synapse's sign-in pages are worth an hour.
 */
const HELD_MS = 60 * 60_000;

/**
 * Listens on this machine alone, at a port of the system's choice and a path that nobody can guess, until somebody comes with
 * a token or `givesUpAfterMs` are over. Any other request is answered "not found" and changes nothing: another program, a page
 * that tries ports, a name that was made to lead here, and everyone who comes later.
 */
export async function openReturnAddress(
  words: () => ReturnWords,
  givesUpAfterMs: number,
): Promise<ReturnAddress> {
  const path = secretPath();
  const links = new Map<string, string>();
  const { promise: token, resolve, reject } = Promise.withResolvers<string>();
  token.catch(() => undefined); // whoever waits hears of it; a sign-in that ended before it waited does not
  let isOver = false;
  const server = createServer(LIMITS, (request, response) => {
    const asked = addressOf(request, host);
    const page = asked && links.get(asked.pathname);
    if (asked && page) {
      links.delete(asked.pathname);
      return answer(response, 302, '', { location: page });
    }
    const brought = asked && !isOver ? tokenOf(asked, path) : null;
    if (brought === null) return answer(response, 404, '');
    stop();
    answer(response, 200, pageOf(words()));
    resolve(brought);
  });
  server.maxConnections = MOST_CONNECTIONS;
  const stop = () => {
    isOver = true;
    links.clear();
    clearTimeout(timer);
    setTimeout(() => server.close(), HELD_MS).unref();
  };
  const end = (why: AppError) => {
    if (!isOver) stop();
    reject(why);
  };
  const timer = setTimeout(
    () => end(new AppError('timeout.browser', { minutes: Math.round(givesUpAfterMs / 60_000) })),
    givesUpAfterMs,
  );
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  const host = hostOf(server.address());
  const linkTo = (page: string) => {
    const link = secretPath();
    links.set(link, page);
    return `http://${host}${link}`;
  };
  return {
    url: `http://${host}${path}`,
    linkTo,
    token,
    close: () => end(new AppError('cancelled.request')),
  };
}

function secretPath(): string {
  return `/${randomBytes(SECRET_BYTES).toString('base64url')}`;
}

function hostOf(address: ReturnType<ReturnType<typeof createServer>['address']>): string {
  if (address === null || typeof address === 'string') throw new Error('a server without a port');
  return `127.0.0.1:${address.port}`;
}

/** What a request asks of this very host; null for any other. */
function addressOf({ method, url = '', headers }: IncomingMessage, host: string): URL | null {
  return method === 'GET' && headers.host === host ? URL.parse(url, `http://${host}`) : null;
}

/** The token that is brought to `path`; null for anything else. */
function tokenOf({ pathname, searchParams }: URL, path: string): string | null {
  if (!isSame(pathname, path)) return null;
  const [token = '', ...more] = searchParams.getAll(TOKEN);
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

function answer(response: ServerResponse, status: number, page: string, more: object = {}): void {
  response.writeHead(status, { ...HEADERS, ...more });
  response.end(page);
}

function pageOf({ language, title, text }: ReturnWords): string {
  return `<!doctype html><html lang="${escaped(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${STYLE}</style></head><body><main><h1>${escaped(title)}</h1><p>${escaped(text)}</p></main></body></html>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
