import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand, type Watch } from './command.ts';

/** Installs packages with apt. Newer Debians call some of them NAMEt64. */
export async function aptInstall(names: readonly string[], watch: Watch): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runCommand('apt-get', ['update', '-q'], { env, ...watch });
  const known = await Promise.all(names.map((name) => newestName(name)));
  const args = ['install', '-y', '-q', '--no-install-recommends', ...known];
  await runCommand('apt-get', args, { env, ...watch });
}

async function newestName(name: string): Promise<string> {
  const renamed = `${name}t64`;
  const shown = await runCommand('apt-cache', ['madison', renamed]);
  return shown.trim() === '' ? name : renamed;
}

/** Whether a command of that name is on the PATH. */
export function isCommand(name: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}
