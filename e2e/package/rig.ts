import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadPack } from '../../build/brand/make.ts';
import type { PackageOptions } from '../../build/package/job.ts';
import { makePackages } from '../../build/package/package.ts';
import { readSigning } from '../../build/package/signing.ts';
import type { Target } from '../../build/package/targets.ts';
import { chooseElectron } from '../electron/choose.ts';
import { ROOT } from '../setup/steps.ts';
import { programFor } from './programs.ts';

/** When everything inside the packages of the tests was made. */
export const MADE = new Date('2026-11-28T12:00:00Z');

/** Packages that were made for a test. */
export interface Made {
  readonly output: string;
  readonly files: readonly string[];
  /** Whether they hold the older Electron. */
  readonly isOlder: boolean;
  /** Where tests may unpack and install; gone at the end. */
  readonly scratch: string;
  readonly close: () => Promise<void>;
}

/** Packs a brand as `npm run package` does, pressed little. */
export async function packBrand(
  brand: string,
  targets: readonly Target[],
  change: Partial<PackageOptions> = {},
): Promise<Made> {
  const scratch = await mkdtemp(join(tmpdir(), 'packed-'));
  const electron = await chooseElectron();
  const isOlder = electron.kind === 'older';
  const output = join(scratch, 'dist');
  const close = (): Promise<void> => rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  try {
    const files = await makePackages({
      pack: loadPack(brand),
      version: '0.1.0',
      targets,
      program: await programFor(electron, ROOT, join(scratch, 'program')),
      root: ROOT,
      electron: { version: electron.version, older: isOlder, dist: dirname(electron.executablePath) },
      signing: readSigning({}),
      release: false,
      pressing: 'fast',
      date: MADE,
      output,
      progress: () => undefined,
      ...change,
    });
    return { output, files, isOlder, scratch, close };
  } catch (error) {
    await close();
    throw error;
  }
}
