import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { errnoOf } from '../../store/errno.ts';
import { decodeText } from './decode.ts';
import type { PolicySource, Reading } from './source.ts';

/** Milliseconds between two looks at a file: one `stat` each, whether or not its folder is there yet. */
const LOOK_EVERY_MS = 5000;

/** A policy file in JSON, whatever encoding an editor gave it. */
export function jsonFile(file: string, scope: PolicySource['scope'], everyMs = LOOK_EVERY_MS): PolicySource {
  return {
    scope,
    place: file,
    read: () => readJson(file),
    watch: (changed) => followFile(file, changed, everyMs),
  };
}

/** Calls back when a file comes, changes or goes; answers the way to stop. Keeps no program from ending. */
export function followFile(file: string, changed: () => void, everyMs = LOOK_EVERY_MS): () => void {
  watchFile(file, { interval: everyMs, persistent: false }, changed);
  return () => unwatchFile(file, changed);
}

/** A file's bytes, null where there is none, or why it can't be read. */
export async function bytesOf(
  file: string,
): Promise<Buffer | Extract<Reading, { status: 'absent' | 'unreadable' }>> {
  try {
    return await readFile(file);
  } catch (error) {
    const isAbsent = ['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '');
    return isAbsent ? { status: 'absent' } : { status: 'unreadable', why: 'refused' };
  }
}

async function readJson(file: string): Promise<Reading> {
  const bytes = await bytesOf(file);
  if (!Buffer.isBuffer(bytes)) return bytes;
  const written = Written.safeParse(parseOrUndefined(decodeText(bytes)));
  return written.success
    ? { status: 'read', written: written.data }
    : { status: 'unreadable', why: 'not-json' };
}

const Written = z.record(z.string(), z.unknown());

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no JSON is as wrong as JSON that is no object
  }
}
