/*
 * What administrators get, made from the table of settings (main/policy/schema/).
 *
 *   npm run policy                               writes docs/policy/ for the neutral brand
 *   npm run policy -- --check                    says which files differ; exit code 1 when one does
 *   npm run policy -- --brand ID --to FOLDER     writes templates with a brand's names and keys
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadBrand } from '../../main/brand/load.ts';
import { SETTING_IDS } from '../../main/policy/schema/table.ts';
import { offeredSettings } from './offered.ts';
import { templates } from './templates.ts';

const ROOT = join(import.meta.dirname, '../..');
const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    brand: { type: 'string', default: 'traboule' },
    to: { type: 'string', default: join(ROOT, 'docs/policy') },
  },
});

const { brand } = loadBrand(join(ROOT, 'assets/brands', options.brand));
const made = templates(brand);
const differing = options.check ? await differences() : await write();
for (const file of differing)
  console.log(options.check ? `differs from the table of settings: ${file}` : `wrote ${file}`);
console.log(`policy: ${offeredSettings().length} settings in ${made.size} files${unread()}`);
if (options.check && differing.length > 0) {
  console.log('What to do: npm run policy, then look at what changed.');
  process.exitCode = 1;
}

async function differences(): Promise<string[]> {
  const kept = await Promise.all(
    [...made].map(async ([file, text]) => ((await textOf(join(options.to, file))) === text ? [] : [file])),
  );
  return kept.flat();
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return ''; // a file that is not there differs
  }
}

async function write(): Promise<string[]> {
  for (const [file, text] of made) {
    await mkdir(dirname(join(options.to, file)), { recursive: true });
    await writeFile(join(options.to, file), text);
  }
  return [...made.keys()].map((file) => join(options.to, file));
}

function unread(): string {
  const offered = offeredSettings();
  const left = SETTING_IDS.filter((id) => !offered.includes(id));
  return left.length === 0 ? '' : `; not offered, no code reads them: ${left.join(', ')}`;
}
