import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ConferenceDomain } from '../../preload/contract/calls.ts';
import { PartnerRule } from '../../preload/contract/partners.ts';
import { Settings } from '../../preload/contract/settings.ts';
import { Brand, Servers } from '../brand/schema.ts';
import type { Log } from '../log/log.ts';
import { errnoOf } from '../store/errno.ts';

/** What an administrator decides for a machine. Every key is optional; a key that is there beats brand and person. */
export const Policy = z
  .strictObject({
    /** The servers to use, whatever address is typed. */
    servers: Servers.partial(),
    conferenceDomains: z.array(ConferenceDomain).max(50),
    partners: PartnerRule,
    fileUserName: Brand.shape.fileUserName,
    /** Where sessions are kept on a machine without a key store: in memory, or in a file only its owner can read. */
    secretsWithoutKeyStore: z.enum(['memory', 'file']),
    /** Patterns of names that are left out of folders, on PCs and online, beside the built-in ones. */
    ignoredNames: z.array(z.string().min(1).max(255)).max(200),
    /** Files of more bytes are left out of folders, on both sides. */
    largestFile: z.int().positive(),
    /** Settings a person can't change. */
    settings: Settings.partial(),
  })
  .partial();
export type Policy = z.infer<typeof Policy>;
const SCHEMAS: ReadonlyMap<string, z.ZodType> = new Map(Object.entries(Policy.shape));

/** Where a machine's policy stands, per system; only administrators can write there. */
export function policyFile(
  platform: NodeJS.Platform,
  brandId: string,
  programData: string | undefined,
): string {
  if (platform === 'win32') return join(programData ?? String.raw`C:\ProgramData`, brandId, 'policy.json');
  if (platform === 'darwin') return join('/Library/Application Support', brandId, 'policy.json');
  return join('/etc', brandId, 'policy.json');
}

/** Reads the policy. A key that is wrong is logged and left out, the others hold: a typing error must not lift them all. */
export async function readPolicy(file: string, log: Log): Promise<Policy> {
  const written = await readJson(file, log);
  const right: [string, unknown][] = [];
  for (const [key, value] of Object.entries(written)) {
    const schema = SCHEMAS.get(key);
    const result = schema?.safeParse(value);
    if (result?.success) right.push([key, result.data]);
    else log.error('policy.wrong-key', { key, known: schema !== undefined });
  }
  return Policy.parse(Object.fromEntries(right));
}

async function readJson(file: string, log: Log): Promise<object> {
  try {
    const parsed: unknown = JSON.parse(await readFile(file, 'utf8'));
    return z.record(z.string(), z.unknown()).parse(parsed);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') log.error('policy.unreadable', {}, error);
    return {};
  }
}
