/** A POSIX tar; names and sizes that do not fit the old header go into pax records. */
import type { ArchiveEntry } from './entries.ts';

const block = 512;

/** The archive, piece by piece. */
export async function* tarOf(entries: Iterable<ArchiveEntry>): AsyncGenerator<Buffer> {
  for (const entry of entries) {
    yield* heads(entry);
    for await (const piece of entry.read()) yield piece;
    const rest = entry.size % block;
    if (rest > 0) yield Buffer.alloc(block - rest);
  }
  yield Buffer.alloc(2 * block);
}

function* heads(entry: ArchiveEntry): Generator<Buffer> {
  const records = [
    Buffer.byteLength(entry.path) > 100 || /[^\x20-\x7e]/.test(entry.path)
      ? paxRecord('path', entry.path)
      : '',
    entry.size > 0o77777777777 ? paxRecord('size', String(entry.size)) : '',
  ].join('');
  if (records !== '') {
    const bytes = Buffer.from(records, 'utf8');
    yield header('././@PaxHeader', bytes.length, entry.mtime, 'x');
    yield bytes;
    yield Buffer.alloc((block - (bytes.length % block)) % block);
  }
  yield header(entry.path, Math.min(entry.size, 0o77777777777), entry.mtime, entry.isFolder ? '5' : '0');
}

/** `<length> <key>=<value>\n`, where the length counts itself. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  let length = bytes + 1;
  while (bytes + String(length).length !== length) length = bytes + String(length).length;
  return length + rest;
}

function header(path: string, size: number, mtime: number, type: string): Buffer {
  const head = Buffer.alloc(block);
  head.write(Buffer.from(path, 'utf8').subarray(0, 100).toString('latin1'), 0, 100, 'latin1');
  head.write(octal(type === '5' ? 0o755 : 0o644, 8), 100);
  head.write(octal(0, 8), 108);
  head.write(octal(0, 8), 116);
  head.write(octal(size, 12), 124);
  head.write(octal(mtime, 12), 136);
  head.write('        ', 148);
  head.write(type, 156);
  head.write('ustar\u000000', 257);
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${octal(sum, 7)}\u0000 `.slice(0, 8), 148);
  return head;
}

/** Octal digits and a closing NUL, `width` bytes in all. */
function octal(value: number, width: number): string {
  return `${value.toString(8).padStart(width - 1, '0')}\u0000`;
}
