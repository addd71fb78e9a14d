import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKS } from '../../build/brand/chosen.ts';
import { loadPack, makeBrand } from '../../build/brand/make.ts';
import type { Brand } from '../../main/brand/schema.ts';
import { buildOnce, fingerprint, fingerprintOfFolder, keepRecent } from '../setup/cache.ts';

const ROOT = join(import.meta.dirname, '../..');
const MADE = join(ROOT, '.local/brands');
/** What a made brand comes from, beside its pack. */
const SOURCES = ['build/brand', 'main/brand'];
/** Made brands that nobody used for this long are removed. */
const KEEP_DAYS = 3;

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
  const { brand } = loadPack(from);
  await rm(folder, { recursive: true, force: true });
  await cp(await madeBrand(from), folder, { recursive: true });
  await writeFile(join(folder, 'brand.json'), JSON.stringify({ ...brand, ...values }, null, 2));
  return folder;
}

/** The pack with its icons, drawn once for each version of what it comes from: drawing them takes half a second. */
async function madeBrand(from: string): Promise<string> {
  const folders = [join(PACKS, from), ...SOURCES.map((name) => join(ROOT, name))];
  const sources = await Promise.all(folders.map(fingerprintOfFolder));
  const lock = await readFile(join(ROOT, 'package-lock.json'));
  const folder = await buildOnce(join(MADE, fingerprint(lock, ...sources)), (work) =>
    makeBrand(loadPack(from), work),
  );
  await keepRecent(folder, KEEP_DAYS);
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
