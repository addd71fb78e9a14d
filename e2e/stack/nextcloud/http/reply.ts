import { randomBytes } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { deflate, isDeflated } from './deflate.ts';
import type { Exchange } from './exchange.ts';

export type Headers = Readonly<Record<string, string | readonly string[]>>;

const always: Headers = {
  Expires: 'Thu, 19 Nov 1981 08:52:00 GMT',
  'Cache-Control': 'no-store, no-cache, must-revalidate',
  Pragma: 'no-cache',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'SAMEORIGIN',
  'X-Permitted-Cross-Domain-Policies': 'none',
  'X-Robots-Tag': 'none',
  'X-XSS-Protection': '1; mode=block',
};

/** Reason phrases that differ from the usual ones (FACTS 0). */
const reasons: Readonly<Record<number, string>> = {
  412: 'Precondition failed',
  416: 'Requested Range Not Satisfiable',
};

/** Answers with a complete body. Reason phrase and the headers every answer carries are added. */
export function reply(
  exchange: Exchange,
  status: number,
  headers: Headers,
  body: string | Buffer = '',
  reason?: string,
): void {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  if (isBodyless(status)) {
    start(exchange, status, headers, reason);
    exchange.response.end();
    return;
  }
  const type = headers['Content-Type'];
  const plain = { status, headers: { 'Content-Length': String(bytes.length), ...headers }, bytes };
  const isText = typeof type === 'string' && isDeflated(exchange, status, type, bytes.length);
  const sent = isText ? deflate(exchange, status, headers, bytes) : plain;
  start(exchange, sent.status, sent.headers, reason);
  exchange.response.end(exchange.method === 'HEAD' ? undefined : sent.bytes);
}

/** Sends status and headers only; the body follows through `exchange.response`. */
export function start(exchange: Exchange, status: number, headers: Headers, reason?: string): void {
  const { response, request } = exchange;
  const all: Record<string, string | readonly string[]> = {
    ...always,
    ...(request.headers.cookie === undefined ? { 'Set-Cookie': freshCookies() } : {}),
    'X-Request-Id': randomBytes(15).toString('base64url'),
    ...headers,
  };
  if (exchange.apache) {
    all.Server = 'Apache/2.4.71 (Debian) PHP/8.2.36';
    if (isBodyless(status)) delete all['Content-Type'];
  }
  const sent = Object.entries(all).map(([name, value]): [string, string | string[]] => [
    name,
    typeof value === 'string' ? value : [...value],
  ]);
  response.writeHead(status, reason ?? reasons[status] ?? STATUS_CODES[status], Object.fromEntries(sent));
}

function isBodyless(status: number): boolean {
  return status === 204 || status === 304;
}

/** A JSON body with PHP's escapes: `\/` and `\uXXXX`. */
export function phpJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replace(
      /[\u007f-\uffff]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}

function freshCookies(): string[] {
  const session = randomBytes(13).toString('hex');
  return [
    `oc_sessionPassphrase=${randomBytes(24).toString('base64url')}; path=/; HttpOnly; SameSite=Lax`,
    `nc_session=${session}; path=/; HttpOnly; SameSite=Lax`,
    'nc_sameSiteCookielax=true; path=/; httponly;expires=Fri, 31-Dec-2100 23:59:59 GMT; SameSite=lax',
    'nc_sameSiteCookiestrict=true; path=/; httponly;expires=Fri, 31-Dec-2100 23:59:59 GMT; SameSite=strict',
  ];
}
