import { randomBytes } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
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
): void {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  const bodyless = status === 204 || status === 304;
  start(exchange, status, bodyless ? headers : { 'Content-Length': String(bytes.length), ...headers });
  exchange.response.end(exchange.method === 'HEAD' || bodyless ? undefined : bytes);
}

/** Sends status and headers only; the body follows through `exchange.response`. */
export function start(exchange: Exchange, status: number, headers: Headers, reason?: string): void {
  const { response, request } = exchange;
  response.writeHead(status, reason ?? reasons[status] ?? STATUS_CODES[status], {
    ...always,
    ...(request.headers.cookie === undefined ? { 'Set-Cookie': freshCookies() } : {}),
    'X-Request-Id': randomBytes(15).toString('base64url'),
    ...headers,
  } as Record<string, string | string[]>);
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
