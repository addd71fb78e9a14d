import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { errnoOf } from './errno.ts';

/** Raised when an older program could not read what this one keeps. */
export const PROFILE_FORMAT = 2;

const Stamp = z.object({ format: z.number().int(), writtenBy: z.string().max(100) });

/** Whether the data folder can be worked with. */
export type ProfileState =
  | { readonly state: 'fine' }
  /** Nothing can be written there. */
  | { readonly state: 'read-only' }
  /** A newer program made it, and this one would not understand all of it. */
  | { readonly state: 'newer'; readonly writtenBy: string };

/**
 * Looks at the data folder before anything else opens it, and puts its stamp (`profile.json`) there when it has none or
 * an older one. A newer folder is left exactly as it is. Waits for the disk: nothing may begin before.
 */
export function checkProfile(folder: string, version: string): ProfileState {
  const file = join(folder, 'profile.json');
  const stamp = readStamp(file);
  if (stamp && stamp.format > PROFILE_FORMAT) return { state: 'newer', writtenBy: stamp.writtenBy };
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Of this start alone: another one at this very moment has its own.
    const probe = `${file}.new-${process.pid}`;
    writeFileSync(probe, '', { mode: 0o600 });
    rmSync(probe);
    if (stamp?.format !== PROFILE_FORMAT || stamp.writtenBy !== version)
      writeFileSync(file, JSON.stringify({ format: PROFILE_FORMAT, writtenBy: version }), { mode: 0o600 });
    return { state: 'fine' };
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes(errnoOf(error) ?? '')) return { state: 'read-only' };
    throw error;
  }
}

/** Null for a stamp that is not there or is none: the folder is one of before the stamps, or damaged, and is stamped anew. */
function readStamp(file: string): z.infer<typeof Stamp> | null {
  try {
    const parsed = Stamp.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError || errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}
