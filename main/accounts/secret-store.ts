import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { SecretKeeping } from '../../preload/contract/accounts.ts';
import type { Log } from '../log/log.ts';
import { errnoOf } from '../store/errno.ts';
import { replaceFile } from '../store/kept.ts';

/** What must not be read by anyone else: sessions and the key of the chat's stores on this PC. */
export const Secrets = z.strictObject({
  accessToken: z.string().nullable(),
  /** 32 bytes in base64, made once per account: what the chat keeps on this PC is encrypted with it. */
  storageKey: z.string(),
  appPassword: z.string().nullable(),
});
export type Secrets = z.infer<typeof Secrets>;

/** The system's key store: seals what only this person on this PC can open again. */
export interface Cipher {
  readonly seal: (text: string) => Promise<Uint8Array>;
  /** `isStale`: the key was renewed meanwhile, seal it again. Throws when it was sealed elsewhere. */
  readonly open: (sealed: Uint8Array) => Promise<{ text: string; isStale: boolean }>;
}

/** Keeps the secrets of accounts, by account id. */
export interface SecretStore {
  readonly keeping: SecretKeeping;
  /** Null when there are none, or none that can be opened any more. */
  readonly load: (accountId: string) => Promise<Secrets | null>;
  readonly save: (accountId: string, secrets: Secrets) => Promise<void>;
  readonly remove: (accountId: string) => Promise<void>;
  /** Ids of all accounts of which something lies here, readable or not, kept this way or another. */
  readonly ids: () => Promise<readonly string[]>;
}

const PLAIN: Cipher = {
  seal: (text) => Promise.resolve(Buffer.from(text)),
  open: (bytes) => Promise.resolve({ text: Buffer.from(bytes).toString(), isStale: false }),
};

/**
 * One sealed file an account in `folder`. Without a key store the secrets live in memory, unless the administrator
 * allows a file that only the person's account can read.
 */
export function createSecretStore(
  folder: string,
  cipher: Cipher | null,
  withoutKeyStore: 'memory' | 'file',
  log: Log,
): SecretStore {
  if (cipher) return fileStore(folder, 'system', cipher, log);
  return withoutKeyStore === 'file' ? fileStore(folder, 'file', PLAIN, log) : memoryStore(folder);
}

type FileKind = 'system' | 'file';
const ENDINGS: Readonly<Record<FileKind, string>> = { system: 'sealed', file: 'json' };
const nameOf = (folder: string, id: string, kind: FileKind): string => join(folder, `${id}.${ENDINGS[kind]}`);

/** Ids of the accounts that have a file of either kind. */
async function idsIn(folder: string): Promise<string[]> {
  const endings = Object.values(ENDINGS).map((ending) => `.${ending}`);
  const names = await readdir(folder).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  });
  return [
    ...new Set(
      names.flatMap((name) => endings.filter((end) => name.endsWith(end)).map((end) => basename(name, end))),
    ),
  ];
}

/** Removes what an account left on disk, of these kinds. */
async function removeFiles(folder: string, id: string, kinds: readonly FileKind[]): Promise<void> {
  await Promise.all(kinds.map((kind) => rm(nameOf(folder, id, kind), { force: true })));
}

/** Nothing is written; what an earlier time wrote in the clear is removed, what a key store sealed waits for it. */
function memoryStore(folder: string): SecretStore {
  const all = new Map<string, Secrets>();
  return {
    keeping: 'memory',
    load: async (id) => {
      await removeFiles(folder, id, ['file']);
      return all.get(id) ?? null;
    },
    save: async (id, secrets) => {
      await removeFiles(folder, id, ['system', 'file']); // an older session must not come back over this one
      all.set(id, secrets);
    },
    remove: async (id) => {
      all.delete(id);
      await removeFiles(folder, id, ['system', 'file']);
    },
    ids: () => idsIn(folder),
  };
}

function fileStore(folder: string, keeping: FileKind, cipher: Cipher, log: Log): SecretStore {
  const fileOf = (id: string): string => nameOf(folder, id, keeping);
  const save = async (id: string, secrets: Secrets): Promise<void> =>
    replaceFile(fileOf(id), await cipher.seal(JSON.stringify(secrets)));
  return {
    keeping,
    save,
    load: async (id) => {
      if (keeping === 'system') await removeFiles(folder, id, ['file']);
      const sealed = await readOrNothing(fileOf(id));
      if (sealed === null) return null;
      try {
        const { text, isStale } = await cipher.open(sealed);
        const secrets = Secrets.parse(JSON.parse(text));
        if (isStale) await save(id, secrets);
        return secrets;
      } catch (error) {
        log.error('secrets.unreadable', { keeping }, error);
        return null;
      }
    },
    remove: (id) => removeFiles(folder, id, ['system', 'file']),
    ids: () => idsIn(folder),
  };
}

async function readOrNothing(file: string): Promise<Uint8Array | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}
