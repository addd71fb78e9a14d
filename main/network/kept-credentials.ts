import { readFile, rm } from 'node:fs/promises';
import { z } from 'zod';
import type { Log } from '../log/log.ts';
import { errnoOf } from '../store/errno.ts';
import { replaceFile } from '../store/kept.ts';
import type { Credentials } from './proxy-sign-in.ts';

/** The system's key store: seals what only this person on this PC can open again. */
interface Sealing {
  readonly seal: (text: string) => Promise<Uint8Array>;
  readonly open: (sealed: Uint8Array) => Promise<{ text: string }>;
}

const Written = z.record(
  z.string().max(300),
  z.strictObject({ user: z.string().max(500), password: z.string().max(4000) }),
);

/** What is signed in with at proxies, by `host:port`, from one start to the next. */
export interface KeptCredentials {
  readonly all: ReadonlyMap<string, Credentials>;
  /** Keeps it, or forgets what was kept. */
  readonly keep: (proxy: string, credentials: Credentials | null) => Promise<void>;
}

/**
 * Opens one sealed file. Without a key store nothing is ever written; what can't be opened any more is forgotten. Where
 * nothing may be kept, what was kept before goes.
 */
export async function openKeptCredentials(
  file: string,
  mayKeep: boolean,
  keyStore: () => Promise<Sealing | null>,
  log: Log,
): Promise<KeptCredentials> {
  const sealing = mayKeep ? await keyStore() : null;
  if (!mayKeep) await forget(file, log);
  if (sealing === null) return { all: new Map(), keep: () => Promise.resolve() };
  const all = await readAll(file, sealing, log);
  return {
    all,
    keep: async (proxy, credentials) => {
      if (credentials === null && !all.delete(proxy)) return;
      if (credentials !== null) all.set(proxy, credentials);
      if (all.size === 0) await rm(file, { force: true });
      else await replaceFile(file, await sealing.seal(JSON.stringify(Object.fromEntries(all))));
    },
  };
}

async function forget(file: string, log: Log): Promise<void> {
  try {
    await rm(file, { force: true });
  } catch (error) {
    log.error('proxy.not-forgotten', {}, error);
  }
}

async function readAll(file: string, sealing: Sealing, log: Log): Promise<Map<string, Credentials>> {
  try {
    const { text } = await sealing.open(await readFile(file));
    return new Map(Object.entries(Written.parse(JSON.parse(text))));
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') log.error('proxy.kept-unreadable', {}, error);
    return new Map();
  }
}
