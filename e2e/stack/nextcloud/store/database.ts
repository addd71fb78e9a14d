import type { SQLOutputValue, StatementSync } from 'node:sqlite';
import { DatabaseSync } from 'node:sqlite';
import type { StoredNode } from './nodes.ts';

/** Each step brings an older data folder to the next version; steps are never changed afterwards. */
const migrations = [
  `
CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS nodes(
  id INTEGER PRIMARY KEY, parent INTEGER, owner TEXT, area TEXT, kind TEXT NOT NULL, name TEXT NOT NULL,
  etag TEXT NOT NULL, mtime INTEGER NOT NULL, storage_mtime INTEGER NOT NULL, size INTEGER NOT NULL,
  upload_time INTEGER NOT NULL, creation_time INTEGER NOT NULL, checksum TEXT) STRICT;
CREATE TABLE IF NOT EXISTS properties(
  node INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY(node, name)) STRICT;
CREATE TABLE IF NOT EXISTS favourites(uid TEXT NOT NULL, node INTEGER NOT NULL, PRIMARY KEY(uid, node)) STRICT;
CREATE TABLE IF NOT EXISTS trash(
  node INTEGER PRIMARY KEY, uid TEXT NOT NULL, location TEXT NOT NULL, name TEXT NOT NULL,
  deleted INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS versions(
  node INTEGER NOT NULL, time INTEGER NOT NULL, size INTEGER NOT NULL, PRIMARY KEY(node, time)) STRICT;
CREATE TABLE IF NOT EXISTS users(
  uid TEXT PRIMARY KEY, display_name TEXT NOT NULL, email TEXT, quota INTEGER, salt TEXT NOT NULL,
  password_hash TEXT NOT NULL, enabled INTEGER NOT NULL, last_login INTEGER NOT NULL,
  groups TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS app_passwords(
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL, name TEXT NOT NULL, hash TEXT NOT NULL UNIQUE,
  created INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS shares(
  id INTEGER PRIMARY KEY AUTOINCREMENT, type INTEGER NOT NULL, node INTEGER NOT NULL, owner TEXT NOT NULL,
  initiator TEXT NOT NULL, share_with TEXT, permissions INTEGER NOT NULL, stime INTEGER NOT NULL, token TEXT,
  password_hash TEXT, expiration TEXT, note TEXT NOT NULL, label TEXT NOT NULL, target TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS mounts(
  uid TEXT NOT NULL, node INTEGER NOT NULL, target TEXT NOT NULL, PRIMARY KEY(uid, node)) STRICT;
CREATE TABLE IF NOT EXISTS declined(uid TEXT NOT NULL, share INTEGER NOT NULL, PRIMARY KEY(uid, share)) STRICT;
CREATE TABLE IF NOT EXISTS transfers(
  id INTEGER PRIMARY KEY AUTOINCREMENT, node INTEGER NOT NULL, sender TEXT NOT NULL, recipient TEXT NOT NULL,
  name TEXT NOT NULL, created INTEGER NOT NULL) STRICT;
`,
  'ALTER TABLE shares ADD COLUMN attributes TEXT',
  `
CREATE TABLE activities(
  id INTEGER PRIMARY KEY AUTOINCREMENT, node INTEGER NOT NULL, uid TEXT NOT NULL, type TEXT NOT NULL,
  time INTEGER NOT NULL) STRICT;
CREATE INDEX activities_of_node ON activities(node, id);
`,
];

/** One row of an answer, read column by column; a column of another type is an error. */
export class Row {
  readonly #values: Readonly<Record<string, SQLOutputValue>>;

  constructor(values: Readonly<Record<string, SQLOutputValue>>) {
    this.#values = values;
  }

  text(column: string): string {
    const value = this.#values[column];
    if (typeof value !== 'string') throw new TypeError(`column ${column} holds no text`);
    return value;
  }

  int(column: string): number {
    const value = this.#values[column];
    if (typeof value !== 'number') throw new TypeError(`column ${column} holds no number`);
    return value;
  }

  textOrNull(column: string): string | null {
    return this.#values[column] === null ? null : this.text(column);
  }

  intOrNull(column: string): number | null {
    return this.#values[column] === null ? null : this.int(column);
  }
}

type Value = string | number | null;

/**
 * The metadata file. Writes go through at once; `synchronous = OFF` is enough to survive a killed process
 * (not a power cut), which is what a stand-in needs.
 */
export class Database {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #depth = 0;

  constructor(file: string) {
    this.#db = new DatabaseSync(file);
    this.#db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;');
    this.#migrate();
  }

  close(): void {
    this.#db.close();
  }

  /** Runs a statement that changes something; returns the new row's id. */
  run(sql: string, ...values: Value[]): number {
    return Number(this.#prepare(sql).run(...values).lastInsertRowid);
  }

  all(sql: string, ...values: Value[]): Row[] {
    return this.#prepare(sql)
      .all(...values)
      .map((row) => new Row(row));
  }

  get(sql: string, ...values: Value[]): Row | undefined {
    const row = this.#prepare(sql).get(...values);
    return row && new Row(row);
  }

  /** Runs `work` in one transaction; inner calls join the outer one. */
  transaction<Result>(work: () => Result): Result {
    if (this.#depth > 0) return work();
    this.#db.exec('BEGIN');
    this.#depth += 1;
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  saveNode(node: StoredNode): void {
    const root = node.kind === 'folder' ? node.root : null;
    this.run(
      `INSERT INTO nodes(id, parent, owner, area, kind, name, etag, mtime, storage_mtime, size, upload_time,
         creation_time, checksum) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)
       ON CONFLICT(id) DO UPDATE SET parent=excluded.parent, name=excluded.name, etag=excluded.etag,
         mtime=excluded.mtime, storage_mtime=excluded.storage_mtime, size=excluded.size,
         upload_time=excluded.upload_time, creation_time=excluded.creation_time, checksum=excluded.checksum`,
      node.id,
      node.parent?.id ?? null,
      root?.owner ?? null,
      root?.area ?? null,
      node.kind,
      node.name,
      node.etag,
      node.mtime,
      node.storageMtime,
      node.size,
      node.uploadTime,
      node.creationTime,
      node.kind === 'file' ? node.checksum : null,
    );
  }

  /** Saves what an etag propagation changes in a folder. */
  saveFolderState(node: StoredNode): void {
    this.run(
      'UPDATE nodes SET etag=?, mtime=?, size=? WHERE id=?',
      node.etag,
      node.mtime,
      node.size,
      node.id,
    );
  }

  deleteNode(id: number): void {
    this.run('DELETE FROM nodes WHERE id=?', id);
    this.run('DELETE FROM properties WHERE node=?', id);
  }

  /** A value kept under a key, made by `initial` the first time. */
  meta(key: string, initial: () => string): string {
    const row = this.get('SELECT value FROM meta WHERE key=?', key);
    if (row) return row.text('value');
    const value = initial();
    this.run('INSERT INTO meta(key, value) VALUES(?, ?)', key, value);
    return value;
  }

  #migrate(): void {
    const done = this.get('PRAGMA user_version')?.int('user_version') ?? 0;
    for (const [index, step] of migrations.entries()) {
      if (index < done) continue;
      this.#db.exec(step);
      this.#db.exec(`PRAGMA user_version = ${index + 1}`);
    }
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
