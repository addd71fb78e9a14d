import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fingerprintOfFolder } from '../../e2e/setup/cache.ts';
import { drawIcons, ICNS_TYPES, ICO_SIZES, PNG_SIZES } from './icons.ts';
import { loadPack, makeBrand } from './make.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'icons-'));
  await makeBrand(loadPack('montpellier'), join(dir, 'first'));
});
afterAll(() => rm(dir, { recursive: true }));

const file = (name: string) => readFile(join(dir, 'first', name));
const HEADER = 6;
const ENTRY = 16;

describe('the icons of a brand', () => {
  it('are the same bytes each time', async () => {
    await makeBrand(loadPack('montpellier'), join(dir, 'again'));
    expect(await fingerprintOfFolder(join(dir, 'again'))).toBe(await fingerprintOfFolder(join(dir, 'first')));
  });

  it('are there as pictures of every size, in the colours of the mark', async () => {
    for (const size of PNG_SIZES) {
      const { data, info } = await sharp(await file(`icons/${size}x${size}.png`))
        .ensureAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect([info.width, info.height]).toEqual([size, size]);
      const middleOfLeftEdge = (Math.floor(size / 2) * size + 1) * 4;
      expect([...data.subarray(middleOfLeftEdge, middleOfLeftEdge + 4)]).toEqual([0x0b, 0x58, 0xa8, 255]);
      expect(data[3]).toBeLessThan(128); // the corner is round
    }
  });

  it('are in one file for Windows, with every size that it asks for', async () => {
    const ico = await file('icons/icon.ico');
    expect(ico.readUInt16LE(2)).toBe(1); // an icon, no cursor
    const entries = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => HEADER + index * ENTRY);
    expect(entries.map((at) => ico[at] || 256)).toEqual([...ICO_SIZES]);
    for (const at of entries) {
      const [length, offset] = [ico.readUInt32LE(at + 8), ico.readUInt32LE(at + 12)];
      expect(offset + length).toBeLessThanOrEqual(ico.length);
    }
  });

  it('are in one file for macOS, with every size at both densities', async () => {
    const icns = await file('icons/icon.icns');
    expect(icns.toString('latin1', 0, 4)).toBe('icns');
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    const found: string[] = [];
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4))
      found.push(icns.toString('latin1', at, at + 4));
    expect(found).toEqual(['TOC ', ...ICNS_TYPES.flatMap(([, types]) => types)]);
  });

  it('are in the sizes that stand beside the clock, at each density of screens', async () => {
    const sizes = ['16.png', '16@1.25x.png', '16@1.5x.png', '16@2x.png', '18@2x.png', '24.png', '24@3x.png'];
    const widths = await Promise.all(
      sizes.map(async (name) => (await sharp(await file(`tray/${name}`)).metadata()).width),
    );
    expect(widths).toEqual([16, 20, 24, 32, 36, 24, 72]);
  });

  it('stay whole where the mark is no square', async () => {
    await drawIcons(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="40" height="20"><rect width="40" height="20" fill="#f00"/></svg>',
      join(dir, 'wide'),
    );
    const { info, data } = await sharp(join(dir, 'wide/icon.png'))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([512, 512]);
    expect(data[3]).toBe(0);
    expect([...data.subarray((256 * 512 + 5) * 4, (256 * 512 + 5) * 4 + 4)]).toEqual([255, 0, 0, 255]);
  });
});
