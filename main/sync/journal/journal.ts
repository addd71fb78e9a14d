import {
  type RowId,
  rootRow,
  type SyncedFile,
  type SyncedFolder,
  type SyncedNode,
} from '../model/entries.ts';
import { nameKey } from '../model/paths.ts';
import { SyncedTree } from '../model/synced-tree.ts';
import type { JournalDatabase, JournalStatement, SqlValue } from '../ports/journal-database.ts';
import { BadRow, fromRow, nodeColumns, sharer, text, toValues } from './node-rows.ts';
import { doubtDisplaced } from './transfers.ts';
import { placeOf, saveUnseen } from './unseen.ts';

/** Rows read at a time. */
const pageSize = 4096;
const saveNode = `INSERT OR REPLACE INTO node (${nodeColumns}) VALUES (${nodeColumns.replaceAll(/\w+/g, '?')})`;

/** A node without its row number: the journal gives it one. */
export type NewNode = Omit<SyncedFile, 'row'> | Omit<SyncedFolder, 'row'>;

/**
 * What is known to be in sync, on disk and in memory. Each change is one transaction: after a crash the
 * journal says what was true before or after it, never between.
 */
export class Journal {
  readonly #database: JournalDatabase;
  readonly #statements = new Map<string, JournalStatement>();
  #synced: SyncedTree;
  #next = rootRow + 1;

  constructor(database: JournalDatabase) {
    this.#database = database;
    this.#synced = this.#load();
  }

  get synced(): SyncedTree {
    return this.#synced;
  }

  /** Runs several changes as one: all of them happen, or none. */
  transaction<Result>(change: () => Result): Result {
    this.run('BEGIN IMMEDIATE');
    try {
      const result = change();
      this.run('COMMIT');
      return result;
    } catch (error) {
      this.#undo();
      throw error;
    }
  }

  /** Makes a change, and all before it, survive a power cut; others may be forgotten by one, the last first. */
  durably(change: () => void): void {
    this.#database.exec('PRAGMA synchronous = FULL');
    try {
      this.transaction(change);
    } finally {
      this.#database.exec('PRAGMA synchronous = NORMAL');
    }
  }

  /** Takes note of a node; `row` keeps its number if that is still in use. */
  put(node: NewNode, row: RowId | undefined): SyncedNode {
    const number = row !== undefined && this.#synced.get(row) !== undefined ? row : this.#next++;
    return this.#write({ ...node, row: number });
  }

  /** Sets what a folder's listing must show for the folder to be skipped; empty: it is always listed. */
  putEtag(folder: SyncedFolder, etag: string): SyncedFolder {
    const changed = { ...folder, etag };
    this.#save(changed);
    return changed;
  }

  putRoot(root: Omit<SyncedFolder, 'row' | 'parent'>): void {
    this.#write({ ...root, row: rootRow, parent: rootRow });
  }

  /** Forgets a node and everything below it; folders below that are not wanted here are known by name and id still. */
  forget(row: RowId): void {
    for (const folder of this.#synced.unwanted()) {
      if (folder.row === row || !this.#synced.isBelow(folder, row)) continue;
      saveUnseen(this, { path: placeOf(folder, this), remoteId: folder.remoteId });
    }
    for (const removed of this.#synced.remove(row)) this.run('DELETE FROM node WHERE row = ?', removed);
  }

  /**
   * Forgets all nodes and transfers: the next run joins both sides anew, and deletes nothing; no displaced version is
   * believed to be on the server any more.
   */
  forgetAll(): void {
    this.transaction(() => {
      doubtDisplaced(this);
      for (const table of ['node', 'download', 'upload', 'pending', 'problem', 'meta', 'unseen'])
        this.run(`DELETE FROM ${table}`);
    });
    this.#synced = new SyncedTree();
  }

  meta(key: string): string | undefined {
    const row = this.get('SELECT value FROM meta WHERE key = ?', key);
    return row === undefined ? undefined : text(row, 'value');
  }

  setMeta(key: string, value: string): void {
    this.run('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)', key, value);
  }

  run(sql: string, ...values: SqlValue[]): void {
    this.#prepare(sql).run(...values);
  }

  get(sql: string, ...values: SqlValue[]): Record<string, unknown> | undefined {
    return this.#prepare(sql).get(...values);
  }

  all(sql: string, ...values: SqlValue[]): Record<string, unknown>[] {
    return this.#prepare(sql).all(...values);
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  /** SQLite undoes a change by itself after some failures, and then there is nothing to roll back. */
  #undo(): void {
    try {
      this.#database.exec('ROLLBACK');
    } catch (error) {
      if (!/no transaction is active/.test(String(error))) throw error;
    }
    this.#synced = this.#load();
  }

  #write(node: SyncedNode): SyncedNode {
    if (this.#synced.get(node.parent) === undefined && node.row !== rootRow)
      throw new Error('a node has a folder');
    const occupant = node.row === rootRow ? undefined : this.#synced.child(node.parent, node.name);
    if (occupant !== undefined && occupant.row !== node.row) this.#park(occupant);
    this.#save(node);
    return node;
  }

  /**
   * Another node was found in its place: it has moved away or is gone, which its own item finds out. Until
   * then it is kept under a name that no file can have.
   */
  #park(node: SyncedNode): void {
    this.#save({ ...node, name: nameKey(`${node.name}\0${node.row}`) });
  }

  #save(node: SyncedNode): void {
    this.run(saveNode, ...toValues(node));
    this.#synced.put(node);
  }

  #prepare(sql: string): JournalStatement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  /** In pages: the rows of a hundred thousand files would take more memory than the tree that they become. */
  #load(): SyncedTree {
    const tree = new SyncedTree();
    const folders = new Set<RowId>();
    const share = sharer();
    for (let after = 0; ; ) {
      const rows = this.all(
        `SELECT ${nodeColumns} FROM node WHERE row > ? ORDER BY row LIMIT ${pageSize}`,
        after,
      );
      for (const row of rows) {
        const node = fromRow(row, share);
        folders.add(node.parent);
        tree.put(node);
        after = node.row;
      }
      this.#next = Math.max(this.#next, after + 1);
      if (rows.length < pageSize) break;
    }
    for (const folder of folders) if (tree.get(folder) === undefined) throw new BadRow('parent');
    if (tree.size > 0 && tree.root === undefined) throw new BadRow('root');
    return tree;
  }
}
