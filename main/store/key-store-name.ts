import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { errnoOf } from './errno.ts';

const FILE = 'key-store.json';
const Noted = z.object({ name: z.string().min(1).max(200) });

/**
 * The name under which the system's key store has the key of a profile. On macOS and Linux it is what the program is called
 * when it starts (Electron, `safeStorage`): under another one it would find no key, and nothing that was sealed could be
 * opened. So a product that is renamed keeps asking under the name of its first start here.
 */
export function keyStoreName(profile: string, productName: string): string {
  try {
    return Noted.safeParse(JSON.parse(readFileSync(join(profile, FILE), 'utf8'))).data?.name ?? productName;
  } catch (error) {
    if (error instanceof SyntaxError || ['ENOENT', 'ENOTDIR', 'EACCES'].includes(errnoOf(error) ?? ''))
      return productName;
    throw error;
  }
}

/** Notes the name for all later starts; the profile is there. Waits for the disk: nothing may be sealed before. */
export function noteKeyStoreName(profile: string, name: string): void {
  try {
    writeFileSync(join(profile, FILE), JSON.stringify({ name }), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!['EEXIST', 'EACCES', 'EPERM', 'EROFS'].includes(errnoOf(error) ?? '')) throw error;
  }
}
