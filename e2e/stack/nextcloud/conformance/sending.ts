/** How each recorded request is sent again: who asks, with which secret, with which body. */
import type { Likeness } from './likeness.ts';
import type { RecordedExchange } from './recordings.ts';
import { shortId } from './recordings.ts';
import type { ServerUnderTest } from './server-under-test.ts';
import { basic } from './stage.ts';
import type { WireRequest, WireResponse } from './wire.ts';
import { send, sendTruncated } from './wire.ts';

/** The password that goes with the recorded user; where none is named, the account's own. */
const passwords: Readonly<Record<string, string>> = {
  '01/09': 'wrong',
  '01/10': 'wrong',
  '01/13': 'wrong',
  '01/14': 'wrong',
  '01/15': 'wrong',
  '01/23': '<app password 2>',
  '01/24': '<app password 2>',
  '01/25': '<app password 2>',
  '01/26': '<app password 2>',
  '01/41': '<app password from flow>',
  '09/49': '',
  '13/02': '',
  '13/03': 'wrong',
  '13/04': '<link password 3>',
  '13/05': '<link password 3>',
  '13/08': '<link password 3>',
  '13/09': '<link password 3>',
  '13/10': '<link password 3>',
};

/** Secrets the recorder chose. */
const chosenSecrets: Readonly<Record<string, string>> = {
  '<link password>': 'Correct-horse-1',
  '<link password 2>': 'Correct-horse-2',
  '<link password 3>': 'Correct-horse-3',
};

/** Bodies that were not kept, or not in full. */
const bodies: Readonly<Record<string, Buffer>> = {
  '03/71': Buffer.alloc(400_000, 'A'),
  '03/76': Buffer.alloc(400_000, 'A'),
  '03/80': Buffer.alloc(100, 'A'),
  '04/13': Buffer.from('path=%2Fs4%2Fa&shareType=0&shareWith=bob'),
  '07/40': Buffer.alloc(150_000, 'A'),
  '12/24': Buffer.alloc(100, 'A'),
  '12/25': Buffer.alloc(100, 'A'),
  '12/26': Buffer.alloc(100, 'A'),
  '12/27': Buffer.from('abc'),
};

const truncated = new Set(['03/80', '12/24', '12/25']);
/** Four requests at once, of which the recording kept the first or the losing answer. */
const races: Readonly<Record<string, number>> = { '08/29': 201, '14/01': 423 };
/** Exchanges of one browser, which keeps its cookies. */
const browser = new Set(['01/33', '01/34', '01/35', '01/36', '01/37', '01/38']);

export class Sender {
  readonly #server: ServerUnderTest;
  readonly #likeness: Likeness;
  readonly #cookies = new Map<string, string>();

  constructor(server: ServerUnderTest, likeness: Likeness) {
    this.#server = server;
    this.#likeness = likeness;
    for (const [name, value] of Object.entries(chosenSecrets)) likeness.pair('secret', name, value);
    likeness.pair('secret', '<password of alice>', server.passwordOf('alice'));
  }

  /** Sends the request; null when the connection was closed without an answer. */
  async send(exchange: RecordedExchange): Promise<WireResponse | null> {
    const id = shortId(exchange);
    const wire = this.#wireRequest(exchange);
    const { origin } = this.#server;
    if (truncated.has(id)) return sendTruncated(origin, wire, 1000);
    const wanted = races[id];
    if (wanted !== undefined) return this.#race(wire, wanted);
    const response = await send(origin, wire);
    if (browser.has(id)) this.#keepCookies(response);
    this.#readPage(id, response);
    return response;
  }

  #wireRequest(exchange: RecordedExchange): WireRequest {
    const id = shortId(exchange);
    const { request } = exchange;
    const translate = (text: string) =>
      this.#likeness.translate(text).replaceAll('{host}', new URL(this.#server.origin).host);
    const headers = Object.fromEntries(
      Object.entries(request.headers)
        .filter(([name]) => name !== 'Host' && name !== 'Content-Length')
        .map(([name, value]) => [name, translate(value)]),
    );
    const isForm = id === '04/13' ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {};
    return {
      method: request.method,
      path: translate(request.path),
      headers: { ...this.#authorization(exchange), ...this.#cookieHeader(id), ...headers, ...isForm },
      body: bodies[id] ?? Buffer.from(bodyOf(request, translate)),
    };
  }

  #authorization(exchange: RecordedExchange): Record<string, string> {
    const id = shortId(exchange);
    const { as: account } = exchange.request;
    if (id === '01/17') return { Authorization: 'Bearer nope' };
    if (account === null) return {};
    const name = this.#likeness.actual('token', account) ?? account;
    const password = passwords[id] ?? this.#server.passwordOf(account);
    return { Authorization: basic(name, this.#likeness.translate(password)) };
  }

  #cookieHeader(id: string): Record<string, string> {
    if (!browser.has(id) || this.#cookies.size === 0) return {};
    return { Cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
  }

  #keepCookies(response: WireResponse): void {
    for (const cookie of response.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.#cookies.set(name, value);
    }
  }

  /** What a person's browser takes from the pages of the login flow. */
  #readPage(id: string, response: WireResponse): void {
    const html = response.body.toString('utf8');
    const requestToken = /data-requesttoken="([^"]+)"/.exec(html)?.[1] ?? '';
    if (id === '01/34') {
      this.#likeness.pair('secret', '<state token>', /stateToken=([A-Za-z0-9]+)/.exec(html)?.[1] ?? '');
      this.#likeness.pair('secret', '<request token>', requestToken);
    }
    // The same token may serve the whole session, so it is only remembered under its second name, not compared.
    if (id === '01/37') this.#likeness.alias('secret', '<request token 2>', requestToken);
  }

  async #race(wire: WireRequest, wanted: number): Promise<WireResponse | null> {
    const body = Buffer.alloc(30 * 1024 * 1024, 'r');
    const path = wire.path.replace(/race(?=\.bin)/, wanted === 423 ? 'race1' : 'race');
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => send(this.#server.origin, { ...wire, path, body })),
    );
    return answers.find((answer) => answer.status === wanted) ?? answers[0] ?? null;
  }
}

/** Files go as they are; queries and forms name values that differ here. */
function bodyOf({ method, body }: RecordedExchange['request'], translate: (text: string) => string): string {
  if (method === 'SEARCH') return translate(body);
  if (method === 'PUT' && !body.startsWith('password=')) return body;
  // Form fields are percent-encoded: placeholders in them stand for encoded values.
  return body.replace(/<[a-z][a-z0-9 ]+>/g, (placeholder) => encodeURIComponent(translate(placeholder)));
}
