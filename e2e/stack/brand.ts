import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The addresses that a brand pack names. */
export interface Addresses {
  chat: string;
  /** Null for an organisation that has none. */
  files: string | null;
  /** `host:port` of the conference server. */
  conference: string;
}

const PACKS = join(import.meta.dirname, '../../assets/brands');

/**
 * Writes a brand pack whose servers are those of the stack, made from one of the program's own, and gives its
 * folder: a program that runs from its sources takes it as TRABOULE_BRAND.
 */
export async function writeBrand(folder: string, addresses: Addresses, from = 'traboule'): Promise<string> {
  await cp(join(PACKS, from), folder, { recursive: true });
  const file = join(folder, 'brand.json');
  const brand: Record<string, unknown> = JSON.parse(await readFile(file, 'utf8'));
  const servers = { chat: addresses.chat, files: addresses.files };
  await writeFile(
    file,
    JSON.stringify({ ...brand, servers, conferenceDomains: [addresses.conference] }, null, 2),
  );
  return folder;
}
