import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer of the real server, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

/** What stands between: may change an answer, or write one of its own and give nothing. */
export type Lie = (asked: IncomingMessage, answer: Answer, response: ServerResponse) => Answer | undefined;

/** A front server that passes everything on and may alter what comes back, as portals, proxies and broken servers do. */
export class Liar {
  lie: Lie = (_, answer) => answer;
  /** Answers itself, in which case nothing is passed on; false for what it does not answer. */
  instead: (asked: IncomingMessage, response: ServerResponse) => boolean = () => false;
  /** What happens before a request is passed on. */
  before: (asked: IncomingMessage) => Promise<void> = () => Promise.resolve();
  readonly #server = createServer((asked, response) => {
    void this.#answer(asked, response);
  });
  readonly #behind: string;

  private constructor(behind: string) {
    this.#behind = behind;
  }

  static async before(url: string): Promise<Liar> {
    const liar = new Liar(url);
    await new Promise<void>((resume) => liar.#server.listen(0, '127.0.0.1', resume));
    return liar;
  }

  get url(): string {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server on a port has an address of this kind
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resume) => this.#server.close(() => resume()));
  }

  async #answer(asked: IncomingMessage, response: ServerResponse): Promise<void> {
    await this.before(asked);
    if (!this.instead(asked, response)) this.#pass(asked, response);
  }

  #pass(asked: IncomingMessage, response: ServerResponse): void {
    const { method, headers, url = '/' } = asked;
    const host = new URL(this.#behind).host;
    const onward = request(new URL(url, this.#behind), { method, headers: { ...headers, host } }, (real) => {
      const chunks: Buffer[] = [];
      real.on('data', (chunk: Buffer) => chunks.push(chunk));
      real.on('error', () => response.destroy());
      real.on('end', () => {
        const body = Buffer.concat(chunks);
        const answer = this.lie(
          asked,
          { status: real.statusCode ?? 0, headers: real.headers, body },
          response,
        );
        if (answer !== undefined) write(answer, response);
      });
    });
    onward.on('error', () => response.destroy());
    asked.pipe(onward);
  }
}

function write({ status, headers, body }: Answer, response: ServerResponse): void {
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && name !== 'content-length' && name !== 'transfer-encoding') {
      response.setHeader(name, value);
    }
  }
  response.statusCode = status;
  if (status !== 204 && status !== 304) response.setHeader('content-length', body.length);
  response.end(body);
}
