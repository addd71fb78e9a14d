import type { PageStorage } from '../../../preload/contract/accounts.ts';
import { deleteDatabases, type Heir, Vault } from '../../matrix/cache/vault.ts';
import { decodeBase64 } from '../../matrix/media/base64.ts';
import { type DatabaseOwner, pageDatabaseName, strayDatabases } from './database-names.ts';
import { type Rows, TABLES, type Table, UnkeptRows } from './unkept-rows.ts';

/** What a person wrote under an earlier key comes before what they began since. */
const HEIRS: { readonly [T in Table]: Heir } = {
  drafts: (earlier, present) => (typeof present === 'string' ? `${String(earlier)}\n${present}` : earlier),
  calls: (earlier, present) => present ?? earlier,
};

/** What the page keeps on this PC between starts. Never throws: what can't be kept lives as long as the page. */
export interface PageDatabase {
  readonly read: <T extends Table>(table: T, key: string) => Promise<Rows[T] | null>;
  readonly readAll: <T extends Table>(table: T) => Promise<readonly Rows[T][]>;
  /** null takes the entry out. */
  readonly write: <T extends Table>(table: T, key: string, value: Rows[T] | null) => Promise<void>;
  /** Empties all tables: the person signed out. */
  readonly clear: () => Promise<void>;
  /** Whether a draft would go with the page: it could not be kept, nor can it now. */
  readonly isDraftAtRisk: () => Promise<boolean>;
  /** Deletes databases that are nobody's any more; `owners` is asked once it is known which there are, null for no answer. */
  readonly tidy: (owners: () => Promise<readonly DatabaseOwner[] | null>) => Promise<void>;
}

/** What the database is opened with. */
interface PageDatabaseParts {
  readonly factory: IDBFactory;
  /** Whose database it is: the key of their local stores, base64, and their name; null while nobody is signed in. */
  readonly owner: () => Promise<PageStorage | null>;
  readonly onTrouble: (problem: Error) => void;
}

/**
 * The database in IndexedDB, encrypted with the key of the account's stores: a draft is a message that is not sent yet. It is
 * opened at its first use. Where that can't be (nobody is signed in, a full disk, a broken profile) it keeps everything in
 * memory, and brings it to the disk as soon as that takes it again.
 */
export function openPageDatabase({ factory, owner, onTrouble }: PageDatabaseParts): PageDatabase {
  let memory = new UnkeptRows();
  let opening: Promise<Vault | null> | null = null;
  let name: string | null = null;
  const open = async (): Promise<Vault | null> => {
    const whose = await owner();
    if (whose === null) return null;
    name = pageDatabaseName(whose);
    return await openVault(factory, name, whose, onTrouble);
  };
  const attempt = async <T>(act: (vault: Vault) => Promise<T>, inMemory: () => Promise<T>): Promise<T> => {
    try {
      opening ??= open();
      const vault = await opening;
      if (vault) {
        // A full disk can still be read.
        await memory.bringTo(vault).catch(onTrouble);
        return await act(vault);
      }
    } catch (problem) {
      onTrouble(errorOf(problem));
    }
    opening = null; // tried again the next time
    return inMemory();
  };
  return {
    read: (table, key) =>
      attempt(
        async (vault) => {
          const unkept = memory.get(table, key);
          return unkept === undefined ? rowOf(table, await vault.get(table, key)) : unkept;
        },
        async () => memory.get(table, key) ?? null,
      ),
    readAll: (table) =>
      attempt(
        async (vault) => rowsOf(new Map([...(await allOf(table, vault)), ...memory.all(table)])),
        async () => rowsOf(memory.all(table)),
      ),
    write: (table, key, value) =>
      attempt(
        (vault) => vault.write([{ category: table, name: key, value }]),
        async () => memory.set(table, key, value),
      ),
    isDraftAtRisk: () => {
      const isAtRisk = async (): Promise<boolean> => rowsOf(memory.all('drafts')).length > 0;
      return attempt(isAtRisk, isAtRisk);
    },
    clear: async () => {
      memory = new UnkeptRows();
      const vault = await opening?.catch(() => null);
      opening = null;
      vault?.close();
      const theirs = name;
      name = null;
      await deleteDatabases(factory, (each) => each === theirs).catch(onTrouble);
    },
    tidy: (owners) => tidyDatabases(factory, owners).catch((problem: unknown) => onTrouble(errorOf(problem))),
  };
}

async function openVault(
  factory: IDBFactory,
  name: string,
  { storageKey, earlierKeys }: PageStorage,
  onTrouble: (problem: Error) => void,
): Promise<Vault> {
  const vault = await Vault.open(factory, name, decodeBase64(storageKey));
  for (const key of earlierKeys) await vault.takeOver(decodeBase64(key), HEIRS).catch(onTrouble);
  return vault;
}

async function tidyDatabases(
  factory: IDBFactory,
  owners: () => Promise<readonly DatabaseOwner[] | null>,
): Promise<void> {
  const names = (await factory.databases()).flatMap((each) => each.name ?? []);
  const strays = new Set(strayDatabases(names, await owners()));
  await deleteDatabases(factory, (each) => strays.has(each));
}

function errorOf(problem: unknown): Error {
  return problem instanceof Error ? problem : new Error(String(problem));
}

async function allOf<T extends Table>(table: T, vault: Vault): Promise<[string, Rows[T] | null][]> {
  return [...(await vault.all(table))].map(([key, row]) => [key, rowOf(table, row)]);
}

function rowsOf<T>(rows: ReadonlyMap<string, T | null>): T[] {
  return [...rows.values()].filter((row) => row !== null);
}

/** What was sealed with the session's key was written by this very page: its kind is all that is checked. */
function rowOf<T extends Table>(table: T, row: unknown): Rows[T] | null {
  const isRow = table === 'drafts' ? typeof row === 'string' : typeof row === 'object' && row !== null;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return isRow ? (row as Rows[T]) : null;
}

/** A database that is forgotten with the page. */
export function memoryDatabase(): PageDatabase {
  const tables: { readonly [T in Table]: Map<string, Rows[T]> } = { drafts: new Map(), calls: new Map() };
  return {
    read: async (table, key) => tables[table].get(key) ?? null,
    readAll: async (table) => [...tables[table].values()],
    write: async (table, key, value) => {
      if (value === null) tables[table].delete(key);
      else tables[table].set(key, value);
    },
    clear: async () => {
      for (const table of TABLES) tables[table].clear();
    },
    isDraftAtRisk: async () => false,
    tidy: () => Promise.resolve(),
  };
}
