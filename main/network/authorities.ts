import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Log } from '../log/log.ts';

const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
/** No file of authorities is longer; the system's own list is a fifth of it. */
const MAX_CHARS = 2_000_000;

/** The authorities that the files hold (PEM, one or several each). What can't be used is logged and left out. */
export async function readAuthorities(
  files: readonly string[],
  log: Log,
): Promise<readonly X509Certificate[]> {
  const all = await Promise.all(files.map((file) => readOne(file, log)));
  return all.flat();
}

async function readOne(file: string, log: Log): Promise<readonly X509Certificate[]> {
  try {
    const found = authoritiesIn(await readFile(file, 'utf8'));
    if (found.length === 0) log.error('authority.none', { file });
    return found;
  } catch (error) {
    log.error('authority.unreadable', { file }, error);
    return [];
  }
}

/** The certificates of a PEM text that may vouch for others. Throws when one is no certificate. */
export function authoritiesIn(pem: string): readonly X509Certificate[] {
  const blocks = pem.slice(0, MAX_CHARS).match(BLOCK) ?? [];
  return blocks.map((block) => new X509Certificate(block)).filter(({ ca }) => ca);
}
