import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../setup/command.ts';

/** Whoever may make a root of their own and run in it. */
export const isRoot = process.getuid?.() === 0;

/** A Debian of its own as far as packages are concerned, below a folder: its list of packages is empty. */
export async function scratchRoot(folder: string): Promise<{
  readonly folder: string;
  /** dpkg that knows of nothing but this root. Dependencies are the machine's: they are not looked for here. */
  readonly dpkg: (...args: readonly string[]) => Promise<string>;
}> {
  const admin = join(folder, 'var/lib/dpkg');
  for (const name of ['info', 'updates', 'triggers']) await mkdir(join(admin, name), { recursive: true });
  await writeFile(join(admin, 'status'), '');
  const common = [`--root=${folder}`, '--force-depends', '--no-triggers'];
  return { folder, dpkg: (...args) => runCommand('dpkg', [...common, ...args]) };
}

/** Who runs packaged programs when the tests are root: nobody, so that Chromium's sandbox is on. */
export const NOBODY = 65_534;
const AS_NOBODY = `setpriv --reuid=${NOBODY} --regid=${NOBODY} --clear-groups`;

/**
 * Writes a script that runs a program where a scratch root's /etc, /opt and /usr lie over the machine's own, as if it
 * had been installed there. Needs root.
 */
export async function insideRoot(root: string, command: string, script: string): Promise<string> {
  const over = ['etc', 'opt', 'usr'].map(
    (name) => `mount -t overlay over -o lowerdir=${join(root, name)}:/${name} /${name}`,
  );
  return writeScript(
    script,
    `exec unshare --mount sh -c 'set -e; ${over.join('; ')}; exec ${AS_NOBODY} "$@"' inside ${command} "$@"`,
  );
}

/** Writes a script that runs a program as somebody without rights, whoever starts it. */
export function withoutRights(command: string, script: string): Promise<string> {
  return writeScript(script, `exec ${isRoot ? `${AS_NOBODY} ` : ''}${command} "$@"`);
}

async function writeScript(script: string, line: string): Promise<string> {
  await writeFile(script, `#!/bin/sh\n${line}\n`);
  await chmod(script, 0o755);
  return script;
}
