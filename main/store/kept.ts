import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { z } from 'zod';
import type { Log } from '../log/log.ts';
import { errnoOf } from './errno.ts';

/** A value that outlives the program, read and replaced as a whole. */
export interface Kept<T> {
  readonly value: T;
  /** Takes the new value at once; resolves when it is safe on disk. */
  readonly set: (value: T) => Promise<void>;
  /** Resolves when nothing is being written any more, whether or not that went well. */
  readonly settled: () => Promise<void>;
}

/** A value kept nowhere: for what must not touch the disk, and for tests. */
export function keptInMemory<T>(first: T): Kept<T> {
  let value = first;
  return {
    get value() {
      return value;
    },
    set: (next) => {
      value = next;
      return Promise.resolve();
    },
    settled: () => Promise.resolve(),
  };
}

/**
 * A JSON file, checked by its schema and replaced atomically. A file that can't be understood is put aside
 * (`name.broken`), never overwritten, and `fallback` is used. Throws when the file is there but can't be read.
 */
export async function keptFile<T>(
  file: string,
  schema: z.ZodType<T>,
  fallback: T,
  log: Log,
): Promise<Kept<T>> {
  const found = await readChecked(file, schema, log);
  let value = found ? found.value : fallback;
  let writing: Promise<void> = Promise.resolve();
  return {
    get value() {
      return value;
    },
    set: (next) => {
      value = next;
      const write = writeAfter(writing, file, next);
      writing = write.catch(() => undefined); // the caller of this write hears of it; the next one starts afresh
      return write;
    },
    settled: () => writing,
  };
}

async function writeAfter(before: Promise<void>, file: string, value: unknown): Promise<void> {
  await before;
  await replaceFile(file, JSON.stringify(value, null, 1));
}

async function readChecked<T>(file: string, schema: z.ZodType<T>, log: Log): Promise<{ value: T } | null> {
  const text = await readOrNothing(file);
  if (text === null) return null;
  const result = schema.safeParse(parseOrUndefined(text));
  if (result.success) return { value: result.data };
  log.error('kept.broken', { issue: result.error.issues[0]?.message ?? '' });
  await rename(file, `${file}.broken`);
  return null;
}

/** Looks at a file that somebody else keeps; null when there is none, or one that can't be understood. */
export async function readKept<T>(file: string, schema: z.ZodType<T>): Promise<T | null> {
  const text = await readOrNothing(file);
  return text === null ? null : (schema.safeParse(parseOrUndefined(text)).data ?? null);
}

async function readOrNothing(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no JSON is as wrong as JSON of another shape
  }
}

/**
 * Writes a new file beside the old one, forces it to disk and puts it in its place. Only the owner may read it.
 * One at a time for each file: the new one always has the same name, so that a crash leaves no more than that.
 */
export async function replaceFile(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.new`;
  try {
    const handle = await open(fresh, 'w', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await renameOver(fresh, file);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}

/** On Windows a virus scanner may hold the old file for a moment: a few more tries, 30 ms to 0.5 s apart. */
async function renameOver(from: string, to: string): Promise<void> {
  for (const pause of [30, 60, 120, 250, 500]) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (!['EPERM', 'EBUSY', 'EACCES'].includes(errnoOf(error) ?? '')) throw error;
      await wait(pause);
    }
  }
  await rename(from, to);
}
