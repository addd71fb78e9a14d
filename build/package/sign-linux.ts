import { rm } from 'node:fs/promises';
import { run } from './run.ts';

/** Writes a detached signature `<file>.asc` with a key of the person's GnuPG. */
export async function signFile(file: string, key: string): Promise<void> {
  await rm(`${file}.asc`, { force: true });
  await run('gpg', ['--batch', '--local-user', key, '--armor', '--detach-sign', file]);
}

/** Signs an rpm inside, as dnf checks it. Needs rpmsign. */
export async function signRpm(file: string, key: string): Promise<void> {
  // Each distribution's rpm looks for gpg elsewhere.
  const gpg = (await run('sh', ['-c', 'command -v gpg'])).trim();
  await run('rpmsign', ['--define', `__gpg ${gpg}`, '--define', `_gpg_name ${key}`, '--addsign', file]);
}
