// The part of node:sqlite that the journal uses, on a wasm SQLite. It has no WAL: a database stays in rollback mode.
import { existsSync, rmSync } from 'node:fs';
import wasm from 'node-sqlite3-wasm';

const openPaths = new Set<string>();

export class DatabaseSync {
  readonly #path: string;
  readonly #database: InstanceType<typeof wasm.Database>;

  constructor(path: string) {
    this.#path = path;
    // The wasm locks with a folder beside the file; one left by a killed process would lock for ever.
    const lock = `${path}.lock`;
    if (!openPaths.has(path) && existsSync(lock)) rmSync(lock, { recursive: true });
    this.#database = new wasm.Database(path);
    openPaths.add(path);
  }

  exec(sql: string) {
    this.#database.exec(sql);
  }

  prepare(sql: string) {
    const statement = this.#database.prepare(sql);
    const all = (...values: (string | number | null)[]) => statement.all(values);
    return {
      all,
      get: (...values: Parameters<typeof all>) => all(...values)[0],
      run: (...values: Parameters<typeof all>) => statement.run(values),
    };
  }

  close() {
    this.#database.close();
    openPaths.delete(this.#path);
  }
}
