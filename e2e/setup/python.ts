import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildOnce, CACHE_HOME, fingerprint } from './cache.ts';
import { type Progress, runCommand } from './command.ts';

/** The machine's own Python. */
export const PYTHON = process.env['TRABOULE_PYTHON'] || 'python3';
const REQUIREMENTS = join(import.meta.dirname, '../stack/synapse/requirements.txt');

/** Where the Python environment of this machine's Python and the pinned Synapse is, built or not. */
export async function synapseFolder(): Promise<string> {
  const version = await runCommand(PYTHON, ['--version']);
  return join(CACHE_HOME, 'synapse', fingerprint(version, await readFile(REQUIREMENTS)));
}

/** The Python environment with the pinned Synapse, built at first: 38 MB down, 240 MB on disk. */
export async function buildSynapse(progress: Progress): Promise<string> {
  return buildOnce(await synapseFolder(), async (work) => {
    progress('making a Python environment');
    await runCommand(PYTHON, ['-m', 'venv', work]);
    const python = join(work, 'bin', 'python');
    const install = ['-m', 'pip', 'install', '--disable-pip-version-check', '--progress-bar', 'off'];
    await runCommand(python, [...install, '--require-hashes', '--only-binary', ':all:', '-r', REQUIREMENTS], {
      progress,
    });
    await runCommand(python, ['-c', 'import synapse.app.homeserver']);
  });
}

/** A Python that has pip: Debian's own comes without. */
export async function pythonWithPip(): Promise<string> {
  const python = await runCommand(PYTHON, ['-m', 'pip', '--version']).then(
    () => PYTHON,
    () => undefined,
  );
  if (python) return python;
  const version = await runCommand(PYTHON, ['--version']);
  const folder = join(CACHE_HOME, 'python', fingerprint(version));
  await buildOnce(folder, async (work) => {
    await runCommand(PYTHON, ['-m', 'venv', work]);
  });
  return join(folder, 'bin', 'python');
}
