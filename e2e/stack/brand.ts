import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadPack, makeBrand } from '../../build/brand/make.ts';
import type { Brand } from '../../main/brand/schema.ts';

/** The addresses that a brand pack names. */
export interface Addresses {
  chat: string;
  /** Null for an organisation that has none. */
  files: string | null;
  /** `host:port` of the conference server. */
  conference: string;
}

/**
 * Makes a brand of one of the program's own packs, with the values that are given in place of the pack's, and answers
 * its folder: a program that runs from its sources takes it as TRABOULE_BRAND.
 */
export async function changedBrand(folder: string, from: string, values: Partial<Brand>): Promise<string> {
  const pack = loadPack(from);
  await makeBrand(pack, folder);
  await writeFile(join(folder, 'brand.json'), JSON.stringify({ ...pack.brand, ...values }, null, 2));
  return folder;
}

/** A brand whose servers are those of the stack. */
export function writeBrand(folder: string, addresses: Addresses, from = 'traboule'): Promise<string> {
  const servers = { chat: addresses.chat, files: addresses.files };
  return changedBrand(folder, from, { servers, conferenceDomains: [addresses.conference] });
}

/** A copy of a pack under another id: to the machine's policy it is another brand. Answers its folder. */
export async function ofBrand(folder: string, pack: string, id: string): Promise<string> {
  await cp(pack, folder, { recursive: true });
  const file = join(folder, 'brand.json');
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), id }));
  return folder;
}
