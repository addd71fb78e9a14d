/** A record to write, or null to delete it. */
export interface VaultChange {
  readonly category: string;
  readonly name: string;
  readonly value: unknown;
}

/** What becomes of a record that an earlier key opens. @returns null to let it go. */
export type Heir = (earlier: unknown, present: unknown) => unknown;

const STORE = 'sealed';

interface Sealed {
  readonly iv: Uint8Array;
  readonly data: ArrayBuffer;
}

interface Opened {
  readonly name: string;
  readonly value?: unknown;
}

interface Keys {
  readonly seal: CryptoKey;
  readonly label: CryptoKey;
}

/**
 * An encrypted store of small records in IndexedDB: AES-GCM with a key derived from the session's storage key.
 * Names are kept as keyed hashes, so that the file tells neither salons nor people; a record that can't be opened
 * (another key, damage) counts as absent.
 */
export class Vault {
  readonly #db: IDBDatabase;
  readonly #keys: Keys;

  private constructor(db: IDBDatabase, keys: Keys) {
    this.#db = db;
    this.#keys = keys;
  }

  /** @param storageKey 32 bytes. @throws DOMException when the database can't be opened (disk full, no rights). */
  static async open(
    indexedDb: IDBFactory,
    name: string,
    storageKey: Uint8Array<ArrayBuffer>,
  ): Promise<Vault> {
    const keys = await deriveKeys(storageKey);
    const request = indexedDb.open(name, 1);
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE));
    const db = await done(request);
    // Another part wants to delete it (sign-out): let go.
    db.addEventListener('versionchange', () => db.close());
    return new Vault(db, keys);
  }

  /** All records of a category that can be opened, by name. */
  async all(category: string): Promise<ReadonlyMap<string, unknown>> {
    const range = IDBKeyRange.bound(`${category}/`, `${category}/\uFFFF`);
    const store = this.#db.transaction(STORE).objectStore(STORE);
    const [keys, values] = await Promise.all([done(store.getAllKeys(range)), done(store.getAll(range))]);
    const opened = await Promise.all(
      values.map(async (value, index) => {
        const key = keys[index];
        return typeof key === 'string' ? this.#open(key, value) : null;
      }),
    );
    return new Map(opened.filter((record) => record !== null).map(({ name, value }) => [name, value]));
  }

  /** One record; null when there is none. */
  async get(category: string, name: string): Promise<unknown> {
    const key = await this.#key(category, name);
    const value: unknown = await done(this.#db.transaction(STORE).objectStore(STORE).get(key));
    return value === undefined ? null : ((await this.#open(key, value))?.value ?? null);
  }

  /**
   * Writes all changes or none.
   * @param durability `strict`: on the disk before it ends, so that a power cut takes nothing; slower.
   */
  async write(changes: readonly VaultChange[], durability: 'relaxed' | 'strict' = 'relaxed'): Promise<void> {
    await this.#put(await Promise.all(changes.map((change) => this.#record(change))), durability);
  }

  async #record({ category, name, value }: VaultChange): Promise<readonly [string, Sealed | null]> {
    const key = await this.#key(category, name);
    return [key, value === null ? null : await this.#seal(key, { name, value })];
  }

  async #put(
    records: readonly (readonly [string, Sealed | null])[],
    durability: 'relaxed' | 'strict',
  ): Promise<void> {
    const transaction = this.#db.transaction(STORE, 'readwrite', { durability });
    const store = transaction.objectStore(STORE);
    for (const [key, record] of records) {
      if (record === null) store.delete(key);
      else store.put(record, key);
    }
    await new Promise<void>((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve());
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('aborted')));
    });
  }

  /**
   * Takes over what lies here under an earlier key of the same person, all of it or nothing; what no key opens stays.
   * @param heirs by category, for the categories that are meant.
   */
  async takeOver(earlierKey: Uint8Array<ArrayBuffer>, heirs: Readonly<Record<string, Heir>>): Promise<void> {
    const earlier = new Vault(this.#db, await deriveKeys(earlierKey));
    for (const [category, heir] of Object.entries(heirs)) {
      const found = [...(await earlier.all(category))];
      if (found.length === 0) continue;
      const records = await Promise.all(
        found.map(async ([name, value]) => [
          [await earlier.#key(category, name), null] as const,
          await this.#record({ category, name, value: heir(value, await this.get(category, name)) }),
        ]),
      );
      await this.#put(records.flat(), 'strict');
    }
  }

  close(): void {
    this.#db.close();
  }

  async #key(category: string, name: string): Promise<string> {
    const mac = await crypto.subtle.sign(
      'HMAC',
      this.#keys.label,
      new TextEncoder().encode(`${category}/${name}`),
    );
    const hex = [...new Uint8Array(mac, 0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return `${category}/${hex}`;
  }

  async #seal(key: string, record: unknown): Promise<Sealed> {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const bytes = new TextEncoder().encode(JSON.stringify(record));
    const data = await crypto.subtle.encrypt(cipher(iv, key), this.#keys.seal, bytes);
    return { iv, data };
  }

  async #open(key: string, value: unknown): Promise<Opened | null> {
    if (!isSealed(value)) return null;
    try {
      const { iv, data } = value;
      const bytes = await crypto.subtle.decrypt(cipher(new Uint8Array(iv), key), this.#keys.seal, data);
      const opened: unknown = JSON.parse(new TextDecoder().decode(bytes));
      return isOpened(opened) ? opened : null;
    } catch {
      // Not ours or damaged: as good as absent; the server has it all.
      return null;
    }
  }
}

/** Checked by hand: the page opens a vault too, and has no schema library besides. */
function isSealed(value: unknown): value is Sealed {
  if (typeof value !== 'object' || value === null || !('iv' in value) || !('data' in value)) return false;
  return value.iv instanceof Uint8Array && value.data instanceof ArrayBuffer;
}

function isOpened(value: unknown): value is Opened {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';
}

/** The record's place is authenticated with it: records can't be swapped. */
function cipher(iv: Uint8Array<ArrayBuffer>, key: string): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(key) };
}

async function deriveKeys(storageKey: Uint8Array<ArrayBuffer>): Promise<Keys> {
  const base = await crypto.subtle.importKey('raw', storageKey, 'HKDF', false, ['deriveKey']);
  const derive = (info: string, type: AesKeyGenParams | HmacKeyGenParams, usages: KeyUsage[]) =>
    crypto.subtle.deriveKey(
      { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: new TextEncoder().encode(info) },
      base,
      type,
      false,
      usages,
    );
  return {
    seal: await derive('traboule cache seal', { name: 'AES-GCM', length: 256 }, ['encrypt', 'decrypt']),
    label: await derive('traboule cache label', { name: 'HMAC', hash: 'SHA-256', length: 256 }, ['sign']),
  };
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB')));
  });
}

/** Deletes the databases that are meant, by their names. Waits until each is gone. */
export async function deleteDatabases(
  indexedDb: IDBFactory,
  isMeant: (name: string) => boolean,
): Promise<void> {
  const all = await indexedDb.databases();
  const names = all.flatMap(({ name }) => (name && isMeant(name) ? [name] : []));
  await Promise.all(names.map((name) => done(indexedDb.deleteDatabase(name))));
}
