import { z } from 'zod';
import type { SecretKeeping } from '../../preload/contract/accounts.ts';
import type { Log } from '../log/log.ts';
import { type FileKind, SecretFiles } from './secret-files.ts';

/** What must not be read by anyone else: sessions and the key of the chat's stores on this PC. */
export const Secrets = z.strictObject({
  accessToken: z.string().nullable(),
  /** Whose token that is: written with it at once, so that no crash gives a token to another device. */
  deviceId: z.string().nullable().default(null),
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

/**
 * Keeps the secrets of accounts, by account id. A storage key that was written is never written over by another one: words
 * that nobody else has may be sealed with it. It is set aside until the account is removed.
 */
export interface SecretStore {
  readonly keeping: SecretKeeping;
  /** Null when there are none, or none that can be opened now: a locked key store may be open the next time. */
  readonly load: (accountId: string) => Promise<Secrets | null>;
  /** Those that were set aside and can be opened now. */
  readonly earlier: (accountId: string) => Promise<readonly Secrets[]>;
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
 * One sealed file an account in `folder`, beside those that were set aside. Without a key store the secrets live in memory,
 * unless the administrator allows a file that only the person's account can read.
 */
export function createSecretStore(
  folder: string,
  cipher: Cipher | null,
  withoutKeyStore: 'memory' | 'file',
  log: Log,
): SecretStore {
  if (cipher) return fileStore(folder, 'system', cipher, log);
  return withoutKeyStore === 'file' ? fileStore(folder, 'file', PLAIN, log) : memoryStore(folder, log);
}

/** Nothing is written; what an earlier time wrote in the clear comes to memory, what a key store sealed waits for it. */
function memoryStore(folder: string, log: Log): SecretStore {
  const files = new SecretFiles(folder);
  const all = new Map<string, Secrets>();
  return {
    keeping: 'memory',
    load: async (id) => {
      const clear = await files.read(id, 'file');
      const secrets = clear && (await openSecrets(PLAIN, clear, log));
      if (secrets) all.set(id, secrets.secrets);
      await files.remove(id, ['file']);
      return all.get(id) ?? null;
    },
    earlier: () => Promise.resolve([]),
    save: async (id, secrets) => {
      all.set(id, secrets);
      await files.remove(id, ['file']);
    },
    remove: async (id) => {
      all.delete(id);
      await files.remove(id, ['system', 'file']);
    },
    ids: () => files.ids(),
  };
}

function fileStore(folder: string, keeping: FileKind, cipher: Cipher, log: Log): SecretStore {
  const files = new SecretFiles(folder);
  const save = async (id: string, secrets: Secrets): Promise<void> => {
    const content = await cipher.seal(JSON.stringify(secrets));
    const before = await files.read(id, keeping);
    const known = before && (await openSecrets(cipher, before, log));
    if (before && known?.secrets.storageKey !== secrets.storageKey) await files.setAside(id, keeping);
    await files.write(id, keeping, content);
  };
  /** Seals what could be opened; where the key store takes nothing now, it stays as it is until the next time. */
  const sealAgain = async (id: string, secrets: Secrets): Promise<boolean> => {
    try {
      await save(id, secrets);
      return true;
    } catch (error) {
      log.error('secrets.not-sealed', {}, error);
      return false;
    }
  };
  /**
   * What was written in the clear is newer than what is sealed: the key store was not there then.
   * @returns what is still in the clear
   */
  const sealClear = async (id: string): Promise<Secrets | null> => {
    const clear = await files.read(id, 'file');
    const opened = clear && (await openSecrets(PLAIN, clear, log));
    if (opened && !(await sealAgain(id, opened.secrets))) return opened.secrets;
    await files.remove(id, ['file']);
    return null;
  };
  return {
    keeping,
    save,
    load: async (id) => {
      const clear = keeping === 'system' ? await sealClear(id) : null;
      if (clear) return clear;
      const sealed = await files.read(id, keeping);
      const opened = sealed && (await openSecrets(cipher, sealed, log));
      if (opened?.isStale) await sealAgain(id, opened.secrets);
      return opened?.secrets ?? null;
    },
    earlier: async (id) => {
      const aside = await files.readAside(id, keeping);
      const opened = await Promise.all(aside.map((sealed) => openSecrets(cipher, sealed, log)));
      return opened.flatMap((one) => (one ? [one.secrets] : []));
    },
    remove: (id) => files.remove(id, ['system', 'file']),
    ids: () => files.ids(),
  };
}

async function openSecrets(
  cipher: Cipher,
  sealed: Uint8Array,
  log: Log,
): Promise<{ readonly secrets: Secrets; readonly isStale: boolean } | null> {
  try {
    const { text, isStale } = await cipher.open(sealed);
    return { secrets: Secrets.parse(JSON.parse(text)), isStale };
  } catch (error) {
    log.error('secrets.unreadable', {}, error);
    return null;
  }
}
