import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Brand } from '../../../main/brand/schema.ts';
import { faintPairs } from './contrast.ts';
import { lookAtDrawing } from './drawings.ts';
import type { Finding } from './finding.ts';
import { lookTogether } from './together.ts';
import { readValues } from './values.ts';
import { overflows } from './widths.ts';

/** What was looked at, and all that is to be mended. */
export interface Checked {
  readonly packs: readonly string[];
  readonly findings: readonly Finding[];
}

/** Checks one pack, or all, of a folder; what packs claim is compared with all of them in any case. */
export async function checkPacks(folder: string, only: string | null): Promise<Checked> {
  const all = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const packs = only === null ? all.map(({ name }) => name) : [only];
  const findings: Finding[] = [];
  const brands: Brand[] = [];
  for (const pack of new Set([...all.map(({ name }) => name), ...packs])) {
    const looked = await checkPack(folder, pack);
    if (packs.includes(pack)) findings.push(...looked.findings);
    if (looked.brand) brands.push(looked.brand);
  }
  findings.push(...lookTogether(brands).filter(({ pack }) => packs.includes(pack)));
  return { packs, findings };
}

async function checkPack(
  folder: string,
  pack: string,
): Promise<{ brand: Brand | null; findings: Finding[] }> {
  const text = (file: string) => readFile(join(folder, pack, file), 'utf8').catch(() => null);
  const drawings = ['logo.svg', 'ornament.svg'].map(async (file) => {
    const svg = await text(file);
    const found = svg === null ? [UNREADABLE] : await lookAtDrawing(svg, file === 'logo.svg');
    return found.map(placed(pack, file));
  });
  const written = await text('brand.json');
  const values = written === null ? { findings: [UNREADABLE] } : readValues(written);
  const brand = 'brand' in values ? values.brand : null;
  const found = 'brand' in values ? lookAtBrand(values.brand, pack) : values.findings;
  const ofValues = found.map(placed(pack, 'brand.json'));
  return { brand, findings: [...ofValues, ...(await Promise.all(drawings)).flat()] };
}

type Unplaced = Omit<Finding, 'pack' | 'file'>;
const placed =
  (pack: string, file: string) =>
  ({ field, code, about }: Unplaced): Finding => ({ pack, file, field, code, about });
const UNREADABLE: Unplaced = { field: '', code: 'unreadable', about: [] };

function lookAtBrand(brand: Brand, pack: string): Unplaced[] {
  const named: Unplaced[] =
    brand.id === pack ? [] : [{ field: 'id', code: 'not-its-name', about: [brand.id, pack] }];
  const ids = brand.services.map(({ id }) => id);
  const repeated = ids.flatMap((id, index): Unplaced[] =>
    ids.indexOf(id) < index ? [{ field: `services.${index}.id`, code: 'twice', about: [id, pack] }] : [],
  );
  const faint = faintPairs(brand.colours).map(
    ({ theme, colour, front, back, ratio, least }): Unplaced => ({
      field: `colours.${theme}.${colour}`,
      code: 'contrast',
      about: [front.slice(2), back.slice(2), ratio.toFixed(2), String(least)],
    }),
  );
  const wide = overflows(brand).map(
    ({ field, text, takes, room, unit }): Unplaced => ({
      field,
      code: unit === 'pixels' ? 'too-wide' : 'too-many-lines',
      about: [text, String(takes), String(room)],
    }),
  );
  return [...named, ...repeated, ...faint, ...wide];
}
