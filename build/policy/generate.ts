/* What administrators get, made from the table of settings (main/policy/schema/). */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadBrand } from '../../main/brand/load.ts';
import { SETTING_IDS } from '../../main/policy/schema/table.ts';
import { offeredSettings } from './offered.ts';
import { templates } from './templates.ts';

type Made = ReturnType<typeof templates>;

const ROOT = join(import.meta.dirname, '../..');
const USAGE = `npm run policy                               writes docs/policy/ for the neutral brand
npm run policy -- --check                    says which files differ; exit code 1 when one does
npm run policy -- --brand ID --to FOLDER     writes templates with a brand's names and keys`;

async function main(args: readonly string[]): Promise<number> {
  const options = readArguments(args);
  if (!options || options.help) {
    (options ? console.log : console.error)(USAGE);
    return options ? 0 : 2;
  }
  const { brand } = loadBrand(join(ROOT, 'assets/brands', options.brand));
  const made = templates(brand);
  const differing = await (options.check ? differences : write)(made, options.to);
  for (const file of differing)
    console.log(options.check ? `differs from the table of settings: ${file}` : `wrote ${file}`);
  console.log(`policy: ${offeredSettings().length} settings in ${made.size} files${unread()}`);
  if (!options.check || differing.length === 0) return 0;
  console.log('What to do: npm run policy, then look at what changed.');
  return 1;
}

/** What the command line asks for; null where it can't be understood. */
function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        check: { type: 'boolean', default: false },
        brand: { type: 'string', default: 'traboule' },
        to: { type: 'string', default: join(ROOT, 'docs/policy') },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

async function differences(made: Made, folder: string): Promise<string[]> {
  const kept = await Promise.all(
    [...made].map(async ([file, text]) => ((await textOf(join(folder, file))) === text ? [] : [file])),
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

async function write(made: Made, folder: string): Promise<string[]> {
  for (const [file, text] of made) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  return [...made.keys()].map((file) => join(folder, file));
}

function unread(): string {
  const offered = offeredSettings();
  const left = SETTING_IDS.filter((id) => !offered.includes(id));
  return left.length === 0 ? '' : `; not offered, no code reads them: ${left.join(', ')}`;
}

process.exitCode = await main(process.argv.slice(2));
