// node:sqlite on a wasm SQLite. It has no WAL: a database stays in rollback mode.
import { existsSync, rmSync } from 'node:fs';
import wasm from 'node-sqlite3-wasm';

type Row = Record<string, unknown>;
type Bound = unknown[] | Row;

interface WasmStatement {
  run(values: Bound): { changes: number; lastInsertRowId: number | bigint };
  all(values: Bound): Row[];
}
interface WasmDatabase {
  isOpen: boolean;
  inTransaction: boolean;
  exec(sql: string): void;
  prepare(sql: string): WasmStatement;
  function(name: string, body: unknown): void;
  close(): void;
}

const openPaths = new Set<string>();

/** node:sqlite takes names with or without their sign; the wasm wants the sign. */
function bind(values: unknown[]): Bound {
  const [first] = values;
  const named =
    values.length === 1 && first !== null && typeof first === 'object' && !(first instanceof Uint8Array);
  if (!named) return values;
  return Object.fromEntries(
    Object.entries(first as Row).map(([name, value]) => [/^[:@$]/.test(name) ? name : `:${name}`, value]),
  );
}

export class StatementSync {
  readonly #statement: WasmStatement;
  constructor(statement: WasmStatement) {
    this.#statement = statement;
  }
  run(...values: unknown[]) {
    const { changes, lastInsertRowId } = this.#statement.run(bind(values));
    return { changes, lastInsertRowid: lastInsertRowId };
  }
  all(...values: unknown[]) {
    return this.#statement.all(bind(values));
  }
  get(...values: unknown[]) {
    return this.all(...values)[0];
  }
  *iterate(...values: unknown[]) {
    yield* this.all(...values);
  }
  setReadBigInts() {}
  setAllowBareNamedParameters() {}
}

export class DatabaseSync {
  readonly #path: string;
  readonly #database: WasmDatabase;
  constructor(path: string | URL, options: { readOnly?: boolean } = {}) {
    this.#path = String(path);
    const inMemory = this.#path === ':memory:';
    // The wasm locks with a folder beside the file; one left by a killed process would lock for ever.
    const lock = `${this.#path}.lock`;
    if (!inMemory && !openPaths.has(this.#path) && existsSync(lock)) rmSync(lock, { recursive: true });
    this.#database = new wasm.Database(
      inMemory ? undefined : this.#path,
      options.readOnly ? { readOnly: true } : {},
    ) as unknown as WasmDatabase;
    openPaths.add(this.#path);
  }
  get isOpen() {
    return this.#database.isOpen;
  }
  get isTransaction() {
    return this.#database.inTransaction;
  }
  exec(sql: string) {
    this.#database.exec(sql);
  }
  prepare(sql: string) {
    return new StatementSync(this.#database.prepare(sql));
  }
  function(name: string, ...rest: unknown[]) {
    this.#database.function(name, rest.at(-1));
  }
  close() {
    this.#database.close();
    openPaths.delete(this.#path);
  }
  [Symbol.dispose]() {
    if (this.isOpen) this.close();
  }
}
export const constants = {};
