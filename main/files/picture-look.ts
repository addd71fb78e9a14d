import type { ShownPicture } from '../../preload/contract/conflict-pictures.ts';
import { textOf } from './text-of.ts';

/** What a picture is, and how many pixels it has when it is drawn; 0 when its head does not say, and for a drawing. */
export interface PictureLook {
  readonly type: ShownPicture['type'];
  readonly pixels: number;
}

/** Bytes in which the head of a file is looked for. */
const HEAD = 1000;

/** What kind of picture some bytes are; null when they are none that a page shows. */
export function pictureLook(bytes: Buffer): PictureLook | null {
  const starts = (text: string, at = 0) => bytes.toString('latin1', at, at + text.length) === text;
  if (starts('\x89PNG\r\n\x1a\n')) return { type: 'image/png', pixels: pngPixels(bytes) };
  if (starts('GIF87a') || starts('GIF89a')) return { type: 'image/gif', pixels: gifPixels(bytes) };
  if (starts('\xff\xd8\xff')) return { type: 'image/jpeg', pixels: jpegPixels(bytes) };
  if (starts('RIFF') && starts('WEBP', 8)) return { type: 'image/webp', pixels: webpPixels(bytes) };
  return isDrawing(bytes) ? { type: 'image/svg+xml', pixels: 0 } : null;
}

/** A text whose first element is `svg`, after a declaration, comments and a document type. */
function isDrawing(bytes: Buffer): boolean {
  const head = textOf(bytes.subarray(0, HEAD - (HEAD % 2)));
  return (
    head !== null &&
    /^\uFEFF?\s*(?:<\?[^>]*>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE[^>[]*>\s*)*<svg[\s>]/i.test(head)
  );
}

/** Width and height are the first of the header chunk (PNG specification, 11.2.2). */
function pngPixels(bytes: Buffer): number {
  return bytes.length < 24 ? 0 : bytes.readUInt32BE(16) * bytes.readUInt32BE(20);
}

/** Of the logical screen (GIF89a specification, 18). */
function gifPixels(bytes: Buffer): number {
  return bytes.length < 10 ? 0 : bytes.readUInt16LE(6) * bytes.readUInt16LE(8);
}

/** In the first start-of-frame segment (ITU-T T.81, B.2.2); the segments before it say how long they are. */
function jpegPixels(bytes: Buffer): number {
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return 0;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1; // a fill byte
      continue;
    }
    if (isFrame(marker)) return bytes.readUInt16BE(at + 5) * bytes.readUInt16BE(at + 7);
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return 0;
}

/** C0 to CF, without those of tables and arithmetic conditioning. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** By the kind of its first chunk (RFC 9649: 2.5, 2.6, 2.7.1). */
function webpPixels(bytes: Buffer): number {
  if (bytes.length < 30) return 0;
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8X':
      return (bytes.readUIntLE(24, 3) + 1) * (bytes.readUIntLE(27, 3) + 1);
    case 'VP8 ':
      return (bytes.readUInt16LE(26) & 0x3fff) * (bytes.readUInt16LE(28) & 0x3fff);
    case 'VP8L': {
      const packed = bytes.readUInt32LE(21);
      return ((packed & 0x3fff) + 1) * (((packed >>> 14) & 0x3fff) + 1);
    }
    default:
      return 0;
  }
}
