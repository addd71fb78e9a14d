import type { PastCall } from './call-log.ts';

/** The tables of the page's own database: drafts by salon, and the calls that were. Nothing secret in it. */
interface Rows {
  readonly drafts: string;
  readonly calls: PastCall;
}
type Table = keyof Rows;

/** What the page keeps on this PC between starts. Never throws: what can't be kept lives as long as the page. */
export interface PageDatabase {
  readonly read: <T extends Table>(table: T, key: string) => Promise<Rows[T] | null>;
  readonly readAll: <T extends Table>(table: T) => Promise<readonly Rows[T][]>;
  /** null takes the entry out. */
  readonly write: <T extends Table>(table: T, key: string, value: Rows[T] | null) => Promise<void>;
  /** Empties all tables: the person signed out. */
  readonly clear: () => Promise<void>;
}

const NAME = 'traboule-page';
const TABLES = ['drafts', 'calls'] as const satisfies readonly Table[];

/**
 * Opens the database in IndexedDB. Where the browser refuses (a full disk, a broken profile) it says so once through
 * `onTrouble` and keeps everything in memory instead.
 */
export async function openPageDatabase(
  factory: IDBFactory,
  onTrouble: (problem: Error) => void,
): Promise<PageDatabase> {
  try {
    return overIndexedDb(await opened(factory), onTrouble);
  } catch (problem) {
    onTrouble(problem instanceof Error ? problem : new Error(String(problem)));
    return memoryDatabase();
  }
}

/** The same, forgotten with the page. */
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
  };
}

function opened(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open(NAME, 1);
  request.addEventListener('upgradeneeded', () => {
    for (const table of TABLES) request.result.createObjectStore(table);
  });
  return answer(request);
}

function overIndexedDb(database: IDBDatabase, onTrouble: (problem: Error) => void): PageDatabase {
  const inTable = (table: Table, mode: IDBTransactionMode) =>
    database.transaction(table, mode).objectStore(table);
  const attempt = async <T>(act: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await act();
    } catch (problem) {
      onTrouble(problem instanceof Error ? problem : new Error(String(problem)));
      return otherwise;
    }
  };
  return {
    read: (table, key) =>
      attempt(async () => (await answer(inTable(table, 'readonly').get(key))) ?? null, null),
    readAll: (table) => attempt(() => answer(inTable(table, 'readonly').getAll()), []),
    write: (table, key, value) =>
      attempt(async () => {
        const rows = inTable(table, 'readwrite');
        if (value === null) await answer(rows.delete(key));
        else await answer(rows.put(value, key));
      }, undefined),
    clear: () =>
      attempt(async () => {
        for (const table of TABLES) await answer(inTable(table, 'readwrite').clear());
      }, undefined),
  };
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed')));
  });
}
