/** Reads the parts of a bulk upload as the server does, complaints included (07/42 to 07/58). */
import type { Readable } from 'node:stream';

/** One part: header names in lower case, and exactly Content-Length bytes. */
export interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly content: Buffer;
}

/** The body is not what its boundary or lengths promised: the rest is not tried. */
export class BrokenMultipart extends Error {
  override readonly name = 'BrokenMultipart';
}

const newline = Buffer.from('\r\n');
const mostBytesOfALine = 64 * 1024;
const mostBytesOfAPart = 512 * 1024 * 1024;

/** Yields the parts one by one; throws BrokenMultipart where the server gives up. */
export async function* readParts(body: Readable, boundary: string): AsyncGenerator<Part> {
  const reader = new ByteReader(body);
  const between = `--${boundary}`;
  for (;;) {
    const line = await reader.line();
    if (line === `${between}--`) return;
    if (line !== between) throw new BrokenMultipart('the boundary is not where it should be');
    const headers = await readHeaders(reader);
    const length = Number(headers.get('content-length') ?? 0);
    // An empty part is refused like a missing length (07/46, 07/51).
    if (!Number.isInteger(length) || length <= 0 || length > mostBytesOfAPart) {
      throw new BrokenMultipart('a part without a length');
    }
    const content = await reader.bytes(length);
    yield { headers, content };
    if ((await reader.line()) !== '') throw new BrokenMultipart('a part longer than its length');
  }
}

async function readHeaders(reader: ByteReader): Promise<Map<string, string>> {
  const headers = new Map<string, string>();
  for (let line = await reader.line(); line !== ''; line = await reader.line()) {
    const colon = line.indexOf(':');
    if (colon < 0) throw new BrokenMultipart('a header line without a colon');
    headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return headers;
}

/** Takes lines and runs of bytes from a stream. */
class ByteReader {
  readonly #source: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);

  constructor(body: Readable) {
    this.#source = body[Symbol.asyncIterator]();
  }

  async line(): Promise<string> {
    let at = this.#held.indexOf(newline);
    while (at < 0) {
      if (this.#held.length > mostBytesOfALine || !(await this.#more()))
        throw new BrokenMultipart('an endless line');
      at = this.#held.indexOf(newline);
    }
    const line = this.#held.subarray(0, at).toString('utf8');
    this.#held = this.#held.subarray(at + newline.length);
    return line;
  }

  async bytes(count: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    let missing = count;
    while (missing > this.#held.length) {
      pieces.push(this.#held);
      missing -= this.#held.length;
      this.#held = Buffer.alloc(0);
      if (!(await this.#more())) throw new BrokenMultipart('the body ends inside a part');
    }
    pieces.push(this.#held.subarray(0, missing));
    this.#held = this.#held.subarray(missing);
    return Buffer.concat(pieces);
  }

  async #more(): Promise<boolean> {
    const next = await this.#source.next();
    if (next.done === true) return false;
    this.#held = this.#held.length === 0 ? next.value : Buffer.concat([this.#held, next.value]);
    return true;
  }
}
