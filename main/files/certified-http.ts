import { createHttp, type Fetch, type Http } from '../http/http.ts';
import { HttpError } from '../http/http-error.ts';
import type { ClientCertificate } from '../sync/api.ts';
import { Connections } from '../sync/remote/nextcloud/connections.ts';
import { wantsCertificate } from '../sync/remote/nextcloud/failures.ts';

/** What it is made from. */
export interface CertifiedParts {
  /** Asks all other servers, and these too while there is no certificate. */
  readonly plain: Http;
  /** The certificate for file servers, as it is decided now; null for none. */
  readonly certificate: () => ClientCertificate | null;
  /** Addresses of the file servers that may be shown it. */
  readonly servers: () => readonly string[];
  /** Address of the HTTP proxy on the way to a server, with what to sign in there; nothing when none leads to it. */
  readonly proxyFor: (url: string) => Promise<string | undefined>;
  /** The authorities that are trusted, PEM. */
  readonly trusted: () => Promise<readonly string[]>;
}

interface Opened {
  readonly key: string;
  readonly http: Http;
}

/**
 * Asks servers as usual, but file servers with the certificate that the policy names: Chromium knows only those of the
 * system's stores, and shows none where no page asks. No redirect is followed with it.
 */
export function certifiedHttp(parts: CertifiedParts): Http {
  let opened: Opened | null = null;
  const withCertificate = (certificate: ClientCertificate): Http => {
    const key = JSON.stringify(certificate);
    if (opened?.key !== key) opened = { key, http: createHttp(certifiedFetch(certificate, parts)) };
    return opened.http;
  };
  return async (request) => {
    if (!isOneOf(parts.servers(), request.url)) return parts.plain(request);
    const certificate = parts.certificate();
    const http = certificate === null ? parts.plain : withCertificate(certificate);
    const answer = await http(request);
    if (wantsCertificate(answer.status, answer.text)) throw new HttpError('own-certificate');
    return answer;
  };
}

function isOneOf(servers: readonly string[], url: string): boolean {
  const origin = URL.parse(url)?.origin;
  return origin !== undefined && servers.some((server) => URL.parse(server)?.origin === origin);
}

function certifiedFetch(certificate: ClientCertificate, { proxyFor, trusted }: CertifiedParts): Fetch {
  let connections: Promise<Connections> | null = null;
  const open = async (): Promise<Connections> => new Connections({ certificate, trusted: await trusted() });
  return async (url, { method = 'GET', headers, body, signal }) => {
    connections ??= open();
    const dispatcher = await (await connections).through(await proxyFor(url));
    const { origin, pathname, search } = new URL(url);
    const answer = await dispatcher.request({
      origin,
      path: `${pathname}${search}`,
      method,
      headers: Object.fromEntries(new Headers(headers)),
      body: typeof body === 'string' ? body : null,
      signal: signal ?? null,
    });
    return answerOf(answer.statusCode, answer.headers, answer.body);
  };
}

/** Statuses whose answers have no body. */
const BODILESS: ReadonlySet<number> = new Set([101, 204, 205, 304]);

function answerOf(
  status: number,
  told: Readonly<Record<string, string | string[] | undefined>>,
  body: AsyncIterable<Uint8Array>,
): Response {
  const headers = new Headers();
  for (const [name, values] of Object.entries(told))
    for (const value of [values ?? []].flat()) headers.append(name, value);
  return new Response(BODILESS.has(status) ? null : streamOf(body), { status, headers });
}

function streamOf(body: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const pieces = body[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    pull: async (stream) => {
      const next = await pieces.next();
      if (next.done === true) stream.close();
      else stream.enqueue(next.value);
    },
    cancel: async () => void (await pieces.return?.()),
  });
}
