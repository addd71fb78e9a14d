import sharp from 'sharp';
import { address, isPlainDrawing } from '../../../main/brand/drawing.ts';
import { BrandColours, LARGEST_DRAWING } from '../../../preload/contract/brand.ts';
import type { Finding } from './finding.ts';

const OWN = new Set<string>(BrandColours.keyof().options);
/** A name with a capital within is none of CSS's colours but `currentColor`. */
const NAMES = /\b(?:fill|stroke|stop-color)="([a-z]+[A-Z][A-Za-z]*)"/g;

/** What is wrong with a drawing; `square` for the mark, which becomes icons. */
export async function lookAtDrawing(svg: string, square: boolean): Promise<Omit<Finding, 'pack' | 'file'>[]> {
  if (!isPlainDrawing(svg)) return [{ field: '', code: 'drawing', about: [] }];
  if (address(svg).length > LARGEST_DRAWING) return [{ field: '', code: 'drawing-size', about: [] }];
  const unknown = [...svg.matchAll(NAMES)].flatMap(([, name = '']) =>
    (square || !OWN.has(name)) && name !== 'currentColor' ? [name] : [],
  );
  const findings: Omit<Finding, 'pack' | 'file'>[] = unknown.map((name) => ({
    field: name,
    code: 'colour-name',
    about: [name, [...OWN].join(', ')],
  }));
  try {
    const { width, height } = await sharp(Buffer.from(svg)).metadata();
    if (square && width !== height)
      findings.push({ field: '', code: 'not-square', about: [`${width} × ${height}`] });
  } catch {
    // What it can't draw is none; its own words speak of XML.
    findings.push({ field: '', code: 'drawing', about: [] });
  }
  return findings;
}
