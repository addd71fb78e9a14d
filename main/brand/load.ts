import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { BrandView } from '../../preload/contract/app.ts';
import { Brand } from './schema.ts';

/** A brand pack that was read and found right. */
export interface BrandPack {
  readonly brand: Brand;
  readonly folder: string;
  readonly logoSvg: string;
}

/** A pack that is missing or wrong, said so that the integrator who made it knows what to change. */
export class BrandError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'BrandError';
  }
}

/** Reads and checks a pack's folder: its values, logo and icon. Throws BrandError naming every wrong or missing value. */
export function loadBrand(folder: string): BrandPack {
  const file = join(folder, 'brand.json');
  const result = Brand.safeParse(parseJson(read(file), file));
  if (!result.success) {
    throw new BrandError(`${file} is not a brand pack:\n${z.prettifyError(result.error)}`);
  }
  const logoFile = join(folder, 'logo.svg');
  const logoSvg = read(logoFile);
  if (!/^\s*<svg\s/.test(logoSvg) || /<script|\son\w+=|href=/i.test(logoSvg)) {
    throw new BrandError(
      `${logoFile} is not a plain SVG: it starts with <svg and has no script, handler or link`,
    );
  }
  const pack = { brand: result.data, folder, logoSvg };
  if (!BrandView.shape.logo.safeParse(brandView(pack).logo).success)
    throw new BrandError(`${logoFile} is too large: at most 70 kB`);
  const iconFile = join(folder, 'icon.png');
  if (!isIcon(readBytes(iconFile))) throw new BrandError(`${iconFile} is not a PNG of 256 points or more`);
  return pack;
}

/** The part of a pack that the page shows. */
export function brandView({ brand, logoSvg }: BrandPack): BrandView {
  const { id, productName, tagline, hosting, modules, colours, helpUrl, partners } = brand;
  return {
    id,
    productName,
    tagline,
    hosting,
    modules,
    colours,
    partners,
    logo: `data:image/svg+xml;base64,${Buffer.from(logoSvg).toString('base64')}`,
    ...(helpUrl === undefined ? {} : { helpUrl }),
  };
}

/** Windows and the tray need a square of that size (PNG: the header names its width and height at the bytes 16 and 20). */
function isIcon(png: Buffer): boolean {
  const [width, height] = png.length > 24 ? [png.readUInt32BE(16), png.readUInt32BE(20)] : [0, 0];
  return png.subarray(1, 4).toString('latin1') === 'PNG' && width >= 256 && width === height;
}

function read(file: string): string {
  return readBytes(file).toString('utf8');
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new BrandError(`${file} can't be read`, error);
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BrandError(`${file} is not JSON: ${error instanceof Error ? error.message : ''}`, error);
  }
}
