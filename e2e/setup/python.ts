import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { aptInstall, isCommand } from './apt.ts';
import { buildOnce, CACHE_HOME, fingerprint } from './cache.ts';
import { runCommand, type Watch } from './command.ts';

/** The machine's own Python. */
export const PYTHON = process.env['TRABOULE_PYTHON'] || 'python3';
const REQUIREMENTS = join(import.meta.dirname, '../stack/synapse/requirements.txt');

const OLDEST = [3, 10] as const;

/** What is wrong with this machine's Python, in words, or undefined. */
export async function pythonProblem(): Promise<string | undefined> {
  const probe = 'import ensurepip, sys, venv; print(*sys.version_info[:2])';
  const answer = await runCommand(PYTHON, ['-c', probe]).catch((error: Error) => error);
  if (answer instanceof Error) return `${PYTHON} is missing or has no venv module (${answer.message})`;
  const [major = 0, minor = 0] = answer.split(' ').map(Number);
  const isNewEnough = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  return isNewEnough ? undefined : `${PYTHON} is version ${major}.${minor}, older than ${OLDEST.join('.')}`;
}

/** Installs Debian's Python when this is root; else says what is wrong with the one that is there. */
export async function installPython(watch: Watch): Promise<void> {
  if (process.getuid?.() === 0 && isCommand('apt-get') && !process.env['TRABOULE_PYTHON'])
    await aptInstall(['python3', 'python3-venv', 'ca-certificates'], watch);
  const problem = await pythonProblem();
  if (problem) throw new Error(problem);
}

/** Where the Python environment of this machine's Python and the pinned Synapse is, built or not. */
export async function synapseFolder(): Promise<string> {
  const version = await runCommand(PYTHON, ['--version']);
  return join(CACHE_HOME, 'synapse', fingerprint(version, await readFile(REQUIREMENTS)));
}

/** The Python environment with the pinned Synapse, built at first: 38 MB down, 240 MB on disk. */
export async function buildSynapse(watch: Watch): Promise<string> {
  return buildOnce(await synapseFolder(), async (work) => {
    watch.progress?.('making a Python environment');
    await runCommand(PYTHON, ['-m', 'venv', work], { stop: watch.stop });
    const python = join(work, 'bin', 'python');
    const install = ['-m', 'pip', 'install', '--disable-pip-version-check', '--progress-bar', 'off'];
    const pinned = ['--require-hashes', '--only-binary', ':all:', '-r', REQUIREMENTS];
    await runCommand(python, [...install, ...pinned], watch);
    await runCommand(python, ['-c', 'import synapse.app.homeserver'], { stop: watch.stop });
  });
}

/** A Python that has pip: Debian's own comes without. */
export async function pythonWithPip(stop?: AbortSignal): Promise<string> {
  const python = await runCommand(PYTHON, ['-m', 'pip', '--version']).then(
    () => PYTHON,
    () => undefined,
  );
  if (python) return python;
  const version = await runCommand(PYTHON, ['--version']);
  const folder = join(CACHE_HOME, 'python', fingerprint(version));
  await buildOnce(folder, async (work) => {
    await runCommand(PYTHON, ['-m', 'venv', work], { stop });
  });
  return join(folder, 'bin', 'python');
}
