import { constants, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Database } from './database.ts';
import type { FileNode, StoredNode } from './nodes.ts';
import { subtree } from './nodes.ts';
import type { Tree } from './tree.ts';

/** An older content of a file. */
export interface Version {
  /** The mtime it had, seconds; also its name. */
  readonly time: number;
  readonly size: number;
  readonly diskPath: string;
}

const mostVersions = 20;

/** Older contents, kept under `<dataDir>/versions/<fileid>/<mtime>` (08/14 to 08/20). */
export class Versions {
  readonly #tree: Tree;
  readonly #db: Database;

  constructor(tree: Tree, db: Database) {
    this.#tree = tree;
    this.#db = db;
  }

  /** Moves the present bytes of a file aside. Empty files leave no version. */
  keep(file: FileNode): void {
    const from = this.#tree.diskPath(file);
    if (file.size === 0 || !existsSync(from)) return;
    mkdirSync(this.#folder(file.id), { recursive: true });
    renameSync(from, this.#path(file.id, file.mtime));
    this.#db.run(
      'INSERT OR REPLACE INTO versions(node, time, size) VALUES(?,?,?)',
      file.id,
      file.mtime,
      file.size,
    );
    for (const old of this.list(file.id).slice(mostVersions)) this.#drop(file.id, old.time);
  }

  /** Newest first. */
  list(fileId: number): Version[] {
    return this.#db
      .all('SELECT time, size FROM versions WHERE node=? ORDER BY time DESC', fileId)
      .map((row) => {
        const time = row.int('time');
        return { time, size: row.int('size'), diskPath: this.#path(fileId, time) };
      });
  }

  /** Copies a version to `target`, to be put in place like an upload. */
  copyOut(version: Version, target: string): void {
    copyFileSync(version.diskPath, target, constants.COPYFILE_FICLONE);
  }

  /** Forgets the version that was just restored. */
  drop(fileId: number, version: Version): void {
    this.#drop(fileId, version.time);
  }

  forgetBelow(node: StoredNode): void {
    for (const each of subtree(node)) {
      if (each.kind === 'folder') continue;
      rmSync(this.#folder(each.id), { recursive: true, force: true });
      this.#db.run('DELETE FROM versions WHERE node=?', each.id);
    }
  }

  #drop(fileId: number, time: number): void {
    rmSync(this.#path(fileId, time), { force: true });
    this.#db.run('DELETE FROM versions WHERE node=? AND time=?', fileId, time);
  }

  #folder(fileId: number): string {
    return path.join(this.#tree.dataDir, 'versions', String(fileId));
  }

  #path(fileId: number, time: number): string {
    return path.join(this.#folder(fileId), String(time));
  }
}
