import tls from 'node:tls';
import type { Log } from '../log/log.ts';
import { readAuthorities } from '../network/authorities.ts';

/** What starts the arguments that name files of authorities. */
const ARGUMENT = '--authority=';

/** The arguments of a process that is to trust the authorities in these files. */
export function authorityArguments(files: readonly string[]): string[] {
  return files.map((file) => `${ARGUMENT}${file}`);
}

/** Everybody whose word is taken for a server: those that the system and Node know, and those in the files (PEM). */
export async function trustedAuthorities(files: readonly string[], log: Log): Promise<readonly string[]> {
  const own = await readAuthorities(files, log);
  const all = [...tls.getCACertificates('default'), ...tls.getCACertificates('system'), ...own.map(String)];
  return [...new Set(all)];
}

/**
 * From now on, this process trusts whom the system trusts, and the authorities in the files that its arguments name,
 * beside those that Node brings.
 */
export async function trustAuthorities(processArguments: readonly string[], log: Log): Promise<void> {
  const files = processArguments
    .filter((argument) => argument.startsWith(ARGUMENT))
    .map((argument) => argument.slice(ARGUMENT.length));
  tls.setDefaultCACertificates(await trustedAuthorities(files, log));
}
