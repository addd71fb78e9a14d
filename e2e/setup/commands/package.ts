import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { brandOfBuild } from '../../../build/brand/chosen.ts';
import { loadPack } from '../../../build/brand/make.ts';
import { makePackages } from '../../../build/package/package.ts';
import { readSigning } from '../../../build/package/signing.ts';
import { readTargets, TARGETS, type Target } from '../../../build/package/targets.ts';
import { BrandError } from '../../../main/brand/load.ts';
import { chooseElectron, describeElectron } from '../../electron/choose.ts';
import { programFor } from '../../package/programs.ts';
import { runCommand } from '../command.ts';
import { tellIfAsked } from '../help.ts';
import { isWrongUse, type Plan, STOPPED } from '../plan.ts';
import { Refusal } from '../refusal.ts';
import { FOR_PACKAGES, ROOT } from '../steps.ts';

const USAGE = `Usage: npm run package -- [--brand ID] [--targets ${Object.keys(TARGETS).join(',')}] [--release] [--fast]
  --brand ID       the brand whose installers are made, in dist/ID (usually that of TRABOULE_BRAND, else traboule)
  --targets LIST   what is made; without it a folder, tar.gz, deb and rpm
  --release        refuses what nobody signs
  --fast           presses less
docs/deploying.md has the rest.`;

/**
 * `npm run package -- --brand ID [--targets LIST] [--release] [--fast]`: installers of one brand, in dist/ID. `--release`
 * refuses what nobody signs; `--fast` presses less.
 */
export function plan(args: string[]): Plan {
  tellIfAsked(args, USAGE);
  const options = {
    brand: { type: 'string' },
    targets: { type: 'string' },
    release: { type: 'boolean', default: false },
    fast: { type: 'boolean', default: false },
  } as const;
  const { values } = asked(() => parseArgs({ args, options }));
  const brand = values.brand ?? brandOfBuild(process.env);
  const targets = asked(() => readTargets(values.targets));
  asked(() => loadPack(brand));
  return {
    needs: FOR_PACKAGES,
    run: (stop) => run({ brand, targets, release: values.release, fast: values.fast }, stop),
  };
}

interface Wish {
  readonly brand: string;
  readonly targets: readonly Target[];
  readonly release: boolean;
  readonly fast: boolean;
}

async function run({ brand, targets, release, fast }: Wish, stop: AbortSignal): Promise<number> {
  const electron = await chooseElectron({ stop });
  const isOlder = electron.kind === 'older';
  console.log(
    `Packed with ${describeElectron(electron)}.${isOlder ? ' It is to be tried, not to be given away.' : ''}`,
  );
  const { version }: { version: string } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const work = await mkdtemp(join(tmpdir(), 'traboule-package-'));
  try {
    const made = await makePackages({
      pack: loadPack(brand),
      version,
      targets,
      program: await programFor(electron, ROOT, work),
      root: ROOT,
      electron: { version: electron.version, older: isOlder, dist: dirname(electron.executablePath) },
      signing: readSigning(process.env),
      release,
      pressing: fast ? 'fast' : 'small',
      date: await dateOfSources(),
      output: join(ROOT, 'dist', brand),
      progress: (line) => console.log(line),
    });
    console.log(`\n${made.join('\n')}`);
    return stop.aborted ? STOPPED : 0;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** SOURCE_DATE_EPOCH (reproducible-builds.org), else the last commit's time: two builds of it are alike. */
async function dateOfSources(): Promise<Date> {
  const told = process.env['SOURCE_DATE_EPOCH'];
  const seconds = told ?? (await runCommand('git', ['log', '-1', '--format=%ct'], { cwd: ROOT }));
  return new Date(Number(seconds) * 1000);
}

/** What a wrong switch, brand or target says becomes the answer to the person. */
function asked<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (isWrongUse(error) || error instanceof BrandError || error instanceof RangeError)
      throw new Refusal(`${error.message}\n${USAGE}`, 2);
    throw error;
  }
}
