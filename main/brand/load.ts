import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { LARGEST_DRAWING } from '../../preload/contract/brand.ts';
import { address, isPlainDrawing } from './drawing.ts';
import { Brand } from './schema.ts';
import type { DrawnBrand } from './view.ts';

/** A brand pack that was read and found right. */
export interface BrandPack extends DrawnBrand {
  readonly folder: string;
}

/** A pack that is missing or wrong, said so that the integrator who made it knows what to change. */
export class BrandError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'BrandError';
  }
}

/** Reads and checks a pack's folder: its values and its drawings. Throws BrandError naming every wrong or missing value. */
export function loadBrand(folder: string): BrandPack {
  const file = join(folder, 'brand.json');
  const result = Brand.safeParse(parseJson(read(file), file));
  if (!result.success) {
    throw new BrandError(`${file} is not a brand pack:\n${z.prettifyError(result.error)}`);
  }
  const logoSvg = readDrawing(join(folder, 'logo.svg'));
  const ornamentSvg = readDrawing(join(folder, 'ornament.svg'));
  return { brand: result.data, folder, logoSvg, ornamentSvg };
}

/** An SVG that is a picture and nothing more. Throws BrandError. */
function readDrawing(file: string): string {
  const svg = read(file);
  if (!isPlainDrawing(svg)) {
    throw new BrandError(
      `${file} is not a plain SVG: it starts with <svg and has no script, handler or link`,
    );
  }
  if (address(svg).length > LARGEST_DRAWING) {
    throw new BrandError(`${file} is too large: at most 70 kB`);
  }
  return svg;
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
