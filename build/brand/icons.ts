import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { IconIcns, IconIco } from '@shockpkg/icon-encoder';
import sharp from 'sharp';

/** Sizes in pixels of the pictures for Linux, in `icons/<size>x<size>.png`. */
export const PNG_SIZES = [16, 22, 24, 32, 48, 64, 96, 128, 256, 512, 1024] as const;
/** Those in `icons/icon.ico`: what Windows asks for at 100 to 250 % in lists, on the desktop and in the taskbar. */
export const ICO_SIZES = [16, 20, 24, 30, 32, 36, 40, 48, 60, 64, 72, 80, 96, 128, 256] as const;
/** Those in `icons/icon.icns`, and the types of entry that hold each (Apple's `iconutil`: `@2x` shares the pixels). */
export const ICNS_TYPES = [
  [16, ['icp4']],
  [32, ['icp5', 'ic11']],
  [64, ['ic12']],
  [128, ['ic07']],
  [256, ['ic08', 'ic13']],
  [512, ['ic09', 'ic14']],
  [1024, ['ic10']],
] as const;
/** Beside the clock, by the side that one picture has at 100 %; Electron finds `@2x` by itself. */
const TRAY_SIZES = [16, 18, 24] as const;
const TRAY_SCALES = [1, 1.25, 1.5, 2, 3] as const;
/** The icon that windows show. */
const WINDOW_SIZE = 512;
/** On macOS an icon has a rim without drawing: 824 of 1024 points are its own (Apple's grid). */
const MAC_PART = 824 / 1024;

/**
 * Draws the mark in every size that systems ask for, below `folder`: `icon.png` for windows, `tray/` for the place
 * beside the clock, `icons/` for installers. The same mark gives the same bytes.
 */
export async function drawIcons(logoSvg: string, folder: string): Promise<void> {
  const [icons, tray] = [join(folder, 'icons'), join(folder, 'tray')];
  await Promise.all([mkdir(icons, { recursive: true }), mkdir(tray, { recursive: true })]);
  const draw = pencil(logoSvg);
  await writeFile(join(folder, 'icon.png'), await draw(WINDOW_SIZE));
  for (const size of PNG_SIZES) await writeFile(join(icons, `${size}x${size}.png`), await draw(size));
  for (const size of TRAY_SIZES) {
    for (const scale of TRAY_SCALES) {
      const name = scale === 1 ? `${size}.png` : `${size}@${scale}x.png`;
      await writeFile(join(tray, name), await draw(Math.round(size * scale)));
    }
  }
  await writeFile(join(icons, 'icon.ico'), await windowsIcon(draw));
  await writeFile(join(icons, 'icon.icns'), await macIcon(draw));
}

/** Draws a square PNG of so many pixels; `part` of its width is the mark, in the middle. */
type Draw = (size: number, part?: number) => Promise<Buffer>;

function pencil(svg: string): Draw {
  const source = Buffer.from(svg);
  return async (size, part = 1) => {
    const drawn = Math.round(size * part);
    const before = Math.floor((size - drawn) / 2);
    const after = size - drawn - before;
    const clear = { r: 0, g: 0, b: 0, alpha: 0 };
    return (
      sharp(source, { density: densityFor(svg, drawn) })
        .resize(drawn, drawn, { fit: 'contain', background: clear })
        .extend({ top: before, left: before, bottom: after, right: after, background: clear })
        // `effort` and no palette: bytes that depend on nothing but the picture.
        .png({ compressionLevel: 9, effort: 10, palette: false })
        .toBuffer()
    );
  };
}

/** Dots per inch at which the drawing comes out in that size, so that it is drawn and not enlarged. An SVG's own are 72. */
function densityFor(svg: string, size: number): number {
  const width = Number(/<svg[^>]*\swidth="(\d+)"/.exec(svg)?.[1] ?? 64);
  return Math.max(1, (72 * size) / width);
}

async function windowsIcon(draw: Draw): Promise<Uint8Array> {
  const icon = new IconIco();
  // Below 256 the older form, which every program reads.
  for (const size of ICO_SIZES) await icon.addFromPng(await draw(size), size >= 256, true);
  return icon.encode();
}

async function macIcon(draw: Draw): Promise<Uint8Array> {
  const icon = new IconIcns();
  icon.toc = true;
  for (const [size, types] of ICNS_TYPES) {
    await icon.addFromPng(await draw(size, MAC_PART), [...types], true);
  }
  return icon.encode();
}
