import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { BrandView } from '../../preload/contract/app.ts';
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

/** Reads and checks a pack's folder. Throws BrandError naming every wrong or missing value. */
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
  return { brand: result.data, folder, logoSvg };
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

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
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
