import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert, property, uint8Array } from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MOST_SHOWN_BYTES } from '../../preload/contract/conflict-pictures.ts';
import { pictureLook } from './picture-look.ts';
import { pictureOf } from './picture-of.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(40)]);

/** Heads of real files: 640 by 480, as programs write them. */
const heads = {
  'image/png': hex('89504e470d0a1a0a 0000000d49484452 00000280 000001e0 0802000000'),
  'image/gif': hex('474946383961 8002 e001 f70000'),
  // A JFIF segment, a comment, then the frame.
  'image/jpeg': hex('ffd8 ffe000104a46494600010101004800480000 fffe00046869 ffc00011 08 01e0 0280 03'),
  'image/webp': hex('52494646 00010000 57454250 56503858 0a000000 10000000 7f0200 df0100'),
} as const;

describe('what a picture is', () => {
  it.each(Object.entries(heads))('is seen in its first bytes, with its size: %s', (type, head) => {
    expect(pictureLook(padded(head))).toEqual({ type, pixels: 640 * 480 });
  });

  it('is seen in both older kinds of WebP', () => {
    const lossy = hex('52494646 00010000 57454250 56503820 00010000 3001009d012a 8002 e001');
    const lossless = hex('52494646 00010000 57454250 5650384c 00010000 2f 7fc27700');
    expect(pictureLook(padded(lossy))).toMatchObject({ pixels: 640 * 480 });
    expect(pictureLook(padded(lossless))).toMatchObject({ pixels: 640 * 480 });
  });

  it('is a drawing only when its first element says so', () => {
    const drawing = '<?xml version="1.0"?>\n<!-- plan -->\n<svg xmlns="http://www.w3.org/2000/svg"/>';
    expect(pictureLook(Buffer.from(drawing))).toEqual({ type: 'image/svg+xml', pixels: 0 });
    expect(pictureLook(Buffer.from(`<html>${drawing}</html>`))).toBeNull();
    expect(pictureLook(Buffer.from('%PDF-1.7'))).toBeNull();
  });

  it('is told of any bytes without failing', () => {
    const starts = [...Object.values(heads), hex('ffd8ff'), Buffer.alloc(0)];
    for (const start of starts)
      assert(
        property(uint8Array({ maxLength: 60 }), (rest) => {
          const look = pictureLook(Buffer.concat([start.subarray(0, 12), rest]));
          expect(look?.pixels ?? 0).toBeGreaterThanOrEqual(0);
        }),
      );
  });
});

describe('a picture on the disk', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pictures-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const written = async (name: string, bytes: Uint8Array) => {
    await writeFile(join(folder, name), bytes);
    return join(folder, name);
  };

  it('comes with its bytes, by what is in it', async () => {
    const bytes = padded(heads['image/png']);
    const picture = await pictureOf(await written('plan.txt', bytes));
    expect(picture?.type).toBe('image/png');
    expect(Buffer.from(picture?.bytes ?? [])).toEqual(bytes);
  });

  it('is not shown when it has too many bytes or too many pixels, or its head does not say', async () => {
    const huge = Buffer.from(heads['image/png']);
    huge.writeUInt32BE(60_000, 16);
    huge.writeUInt32BE(60_000, 20);
    expect(await pictureOf(await written('huge.png', huge))).toBeNull();
    const long = Buffer.concat([heads['image/png'], Buffer.alloc(MOST_SHOWN_BYTES)]);
    expect(await pictureOf(await written('long.png', long))).toBeNull();
    expect(await pictureOf(await written('cut.jpg', hex('ffd8ffe0')))).toBeNull();
    const drawing = Buffer.from(`<svg>${' '.repeat(1024 * 1024)}</svg>`);
    expect(await pictureOf(await written('long.svg', drawing))).toBeNull();
  });

  it('is none when nothing is there, or a folder, or a link', async () => {
    const picture = await written('a.png', padded(heads['image/png']));
    await symlink(picture, join(folder, 'link.png'));
    await mkdir(join(folder, 'folder.png'));
    expect(await pictureOf(join(folder, 'gone.png'))).toBeNull();
    expect(await pictureOf(join(folder, 'link.png'))).toBeNull();
    expect(await pictureOf(join(folder, 'folder.png'))).toBeNull();
  });
});
