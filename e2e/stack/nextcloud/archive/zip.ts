/** A zip as the server streams it: stored, not deflated, sizes after the bytes (05/38). */
import { crc32 } from 'node:zlib';
import type { ArchiveEntry } from './entries.ts';

interface Written {
  readonly entry: ArchiveEntry;
  readonly offset: number;
  readonly crc: number;
}

const utf8Names = 0x0800;
const sizesFollow = 0x0008;
const largest = 0xffffffff;

/** The archive, piece by piece. Archives of more than 4 GiB are refused: the stand-in has no zip64. */
export async function* zipOf(entries: Iterable<ArchiveEntry>): AsyncGenerator<Buffer> {
  const written: Written[] = [];
  let offset = 0;
  for (const entry of entries) {
    const start = offset;
    const head = localHeader(entry);
    yield head;
    offset += head.length;
    let crc = 0;
    for await (const piece of entry.read()) {
      crc = crc32(piece, crc);
      offset += piece.length;
      yield piece;
    }
    if (!entry.isFolder) {
      const tail = dataDescriptor(crc, entry.size);
      yield tail;
      offset += tail.length;
    }
    if (offset > largest) throw new RangeError('an archive of more than 4 GiB');
    written.push({ entry, offset: start, crc });
  }
  const directory = Buffer.concat(written.map(directoryEntry));
  yield directory;
  yield endRecord(written.length, directory.length, offset);
}

function localHeader(entry: ArchiveEntry): Buffer {
  const name = Buffer.from(entry.path, 'utf8');
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(entry.isFolder ? 20 : 10, 4);
  head.writeUInt16LE(flagsOf(entry), 6);
  writeDosTime(head, 10, entry.mtime);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, name]);
}

function flagsOf(entry: ArchiveEntry): number {
  return (entry.isFolder ? 0 : sizesFollow) | (/^[\x20-\x7e]*$/.test(entry.path) ? 0 : utf8Names);
}

function dataDescriptor(crc: number, size: number): Buffer {
  const tail = Buffer.alloc(16);
  tail.writeUInt32LE(0x08074b50, 0);
  tail.writeUInt32LE(crc, 4);
  tail.writeUInt32LE(size, 8);
  tail.writeUInt32LE(size, 12);
  return tail;
}

function directoryEntry({ entry, offset, crc }: Written): Buffer {
  const name = Buffer.from(entry.path, 'utf8');
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(0x032d, 4);
  head.writeUInt16LE(entry.isFolder ? 20 : 10, 6);
  head.writeUInt16LE(flagsOf(entry), 8);
  writeDosTime(head, 12, entry.mtime);
  head.writeUInt32LE(crc, 16);
  head.writeUInt32LE(entry.size, 20);
  head.writeUInt32LE(entry.size, 24);
  head.writeUInt16LE(name.length, 28);
  head.writeUInt32LE(entry.isFolder ? 0x41ed0010 : 0x81a40000, 38);
  head.writeUInt32LE(offset, 42);
  return Buffer.concat([head, name]);
}

function endRecord(count: number, directorySize: number, directoryOffset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directorySize, 12);
  end.writeUInt32LE(directoryOffset, 16);
  return end;
}

/** Two fields of two seconds' precision, in UTC as the recorded server runs. */
function writeDosTime(target: Buffer, at: number, seconds: number): void {
  const date = new Date(Math.max(seconds, 315_532_800) * 1000);
  const time = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
  const day = ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
  target.writeUInt16LE(time & 0xffff, at);
  target.writeUInt16LE(day & 0xffff, at + 2);
}
