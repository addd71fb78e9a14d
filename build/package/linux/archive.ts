import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../run.ts';
import type { Pressing } from './deb.ts';
import { normaliseTree } from './normal.ts';

const PRESSINGS: Readonly<Record<Pressing, string>> = { small: 'gzip -n9', fast: 'gzip -n1' };

/** Packs the program as a folder of that name into a tar.gz that any user can unpack. Needs tar and gzip. */
export async function makeTarGz(
  program: string,
  name: string,
  file: string,
  options: { readonly pressing: Pressing; readonly date: Date },
): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), 'targz-'));
  try {
    await cp(program, join(work, name), { recursive: true, verbatimSymlinks: true });
    await normaliseTree(join(work, name), options.date);
    const plain = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--format=gnu'];
    await run('tar', [...plain, '-I', PRESSINGS[options.pressing], '-cf', file, '-C', work, name]);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
