import { RemoteFailure } from '../../model/failures.ts';
import type { ArchivedFile } from '../../ports/remote.ts';

const block = 512;
/** Longest name or record: paths end at 4,096 bytes. */
const longestRecord = 64 * 1024;

/**
 * Reads the files of a tar as it arrives (POSIX ustar with pax records, and GNU's long names). Strict: a head whose
 * sum is wrong fails with `malformed`, an end too early with `interrupted`. Each file's content is to be read, or
 * left, before the next is asked for.
 */
export async function* readTar(body: AsyncIterable<Uint8Array>): AsyncGenerator<ArchivedFile> {
  const bytes = new ByteReader(body);
  let isLeft = true;
  try {
    yield* readFiles(bytes);
    isLeft = false;
  } finally {
    // Whoever leaves early wants no more of it: it would be waited for in vain.
    if (isLeft) await bytes.close();
  }
}

async function* readFiles(bytes: ByteReader): AsyncGenerator<ArchivedFile> {
  let record: Overrides = {};
  for (;;) {
    const head = await bytes.exactly(block);
    if (head.every((byte) => byte === 0)) return;
    checkSum(head);
    const type = String.fromCharCode(head[156] ?? 0);
    const size = record.size ?? numberAt(head, 124, 12);
    if (type === 'x' || type === 'L') {
      record = Object.assign(record, readRecord(type, await readShort(bytes, size)));
      continue;
    }
    const content = bytes.next(size);
    if (type === '0' || type === '\0') yield { path: record.path ?? pathOf(head), size, content };
    for await (const _ of content) continue;
    await bytes.exactly(padding(size));
    record = {};
  }
}

/** What a record says of the file after it. */
interface Overrides {
  readonly path?: string;
  readonly size?: number;
}

async function readShort(bytes: ByteReader, size: number): Promise<Buffer> {
  if (size > longestRecord) throw malformed('record');
  const content = await bytes.exactly(size);
  await bytes.exactly(padding(size));
  return content;
}

function readRecord(type: 'x' | 'L', content: Buffer): Overrides {
  if (type === 'L') return { path: untilNul(content) };
  const found: { path?: string; size?: number } = {};
  // `<length> <key>=<value>\n`, where the length counts itself.
  for (let start = 0; start < content.length; ) {
    const length = Number.parseInt(content.toString('latin1', start, start + 20), 10);
    if (!(length > 0)) throw malformed('pax');
    const text = content.toString('utf8', start, start + length - 1);
    const [key = '', ...value] = text.slice(text.indexOf(' ') + 1).split('=');
    if (key === 'path') found.path = value.join('=');
    if (key === 'size') found.size = Number(value[0]);
    start += length;
  }
  return found;
}

function pathOf(head: Buffer): string {
  const name = untilNul(head.subarray(0, 100));
  const isUstar = head.toString('latin1', 257, 262) === 'ustar' && head[263] === 0x30;
  const prefix = isUstar ? untilNul(head.subarray(345, 500)) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

function untilNul(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end === -1 ? bytes.length : end);
}

/** Octal digits, or, with the first bit set, a number in base 256. */
function numberAt(head: Buffer, start: number, length: number): number {
  const field = head.subarray(start, start + length);
  const value =
    ((field[0] ?? 0) & 0x80) === 0
      ? Number.parseInt(untilNul(field).trim() || '0', 8)
      : Number(BigInt(`0x${field.subarray(1).toString('hex')}`));
  if (!Number.isSafeInteger(value) || value < 0) throw malformed('number');
  return value;
}

function checkSum(head: Buffer): void {
  // The field itself counts as eight spaces. Half of the time of an archive went here, with an iterator.
  let sum = 8 * 0x20;
  for (let index = 0; index < block; index += 1) {
    if (index < 148 || index >= 156) sum += head[index] ?? 0;
  }
  if (sum !== numberAt(head, 148, 8)) throw malformed('sum');
}

function padding(size: number): number {
  return (block - (size % block)) % block;
}

function malformed(what: string): RemoteFailure {
  return new RemoteFailure('malformed', { what: `tar ${what}` });
}

/** Takes bytes off the front of a body. */
class ByteReader {
  readonly #body: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array();

  constructor(body: AsyncIterable<Uint8Array>) {
    this.#body = body[Symbol.asyncIterator]();
  }

  async exactly(length: number): Promise<Buffer> {
    const pieces: Uint8Array[] = [];
    for await (const piece of this.next(length)) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  /** The next so many bytes. What is not read of them is read by who reads on. */
  async *next(length: number): AsyncGenerator<Uint8Array> {
    for (let missing = length; missing > 0; ) {
      if (this.#rest.length === 0) this.#rest = await this.#more();
      const piece = this.#rest.subarray(0, missing);
      this.#rest = this.#rest.subarray(piece.length);
      missing -= piece.length;
      yield piece;
    }
  }

  async close(): Promise<void> {
    await this.#body.return?.();
  }

  async #more(): Promise<Uint8Array> {
    const { done, value } = await this.#body.next();
    if (done === true) throw new RemoteFailure('interrupted', { what: 'tar' });
    return value;
  }
}
