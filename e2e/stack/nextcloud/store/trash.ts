import { renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Database } from './database.ts';
import type { FolderNode, StoredNode } from './nodes.ts';
import { namesOf, rootOf } from './nodes.ts';
import type { Tree } from './tree.ts';
import type { Versions } from './versions.ts';

/** One deleted file or folder: `node` hangs in the account's trash as `<name>.d<unixtime>`. */
export interface TrashItem {
  readonly node: StoredNode;
  /** The name before. */
  readonly name: string;
  /** Path below the home, without a leading slash. */
  readonly location: string;
  readonly deleted: number;
}

/** The trash bin of every account (group 08). */
export class Trash {
  readonly #tree: Tree;
  readonly #db: Database;
  readonly #versions: Versions;

  constructor(tree: Tree, db: Database, versions: Versions) {
    this.#tree = tree;
    this.#db = db;
    this.#versions = versions;
  }

  /** Moves a node into its owner's trash and propagates the change. */
  take(node: StoredNode): TrashItem {
    const { owner } = rootOf(node);
    const bin = this.#tree.root(owner, 'trash');
    const item = {
      node,
      name: node.name,
      location: namesOf(node).join('/'),
      deleted: this.#freeTime(bin, node.name),
    };
    const trashName = `${item.name}.d${item.deleted}`;
    renameSync(this.#tree.diskPath(node), this.#tree.childPath(bin, trashName));
    this.#tree.propagate(node, { sizeDelta: -node.size });
    this.#tree.rehang(node, bin, trashName);
    this.#db.run(
      'INSERT INTO trash(node, uid, location, name, deleted) VALUES(?,?,?,?,?)',
      node.id,
      owner,
      item.location,
      item.name,
      item.deleted,
    );
    return item;
  }

  /** Newest first (08/03). */
  list(uid: string): TrashItem[] {
    return this.#db
      .all('SELECT node, location, name, deleted FROM trash WHERE uid=? ORDER BY deleted DESC, name', uid)
      .flatMap((row) => {
        const node = this.#tree.byId(row.int('node'));
        if (!node) return [];
        return [
          { node, name: row.text('name'), location: row.text('location'), deleted: row.int('deleted') },
        ];
      });
  }

  find(uid: string, trashName: string): TrashItem | undefined {
    return this.list(uid).find((item) => item.node.name === trashName);
  }

  /** Deletes for good. */
  purge(item: TrashItem): void {
    this.#db.transaction(() => {
      rmSync(this.#tree.diskPath(item.node), { recursive: true, force: true });
      this.#db.run('DELETE FROM trash WHERE node=?', item.node.id);
      this.#versions.forgetBelow(item.node);
      this.#tree.forget(item.node);
    });
  }

  /** Puts it back where it was; an occupied name gets ` (restored)` (08/07), a lost folder means the home. */
  restore(uid: string, item: TrashItem): StoredNode {
    return this.#db.transaction(() => {
      const parent = this.#formerParent(uid, item);
      const name = freeName(parent, item.name, 'restored');
      renameSync(this.#tree.diskPath(item.node), this.#tree.childPath(parent, name));
      this.#tree.rehang(item.node, parent, name);
      this.#tree.propagate(item.node, { sizeDelta: item.node.size });
      this.#db.run('DELETE FROM trash WHERE node=?', item.node.id);
      return item.node;
    });
  }

  #formerParent(uid: string, item: TrashItem): FolderNode {
    const home = this.#tree.root(uid, 'files');
    let folder = home;
    for (const name of item.location.split('/').slice(0, -1)) {
      const next = folder.children.get(name);
      if (next?.kind !== 'folder') return home;
      folder = next;
    }
    return folder;
  }

  #freeTime(bin: FolderNode, name: string): number {
    let time = this.#tree.now();
    while (bin.children.has(`${name}.d${time}`)) time += 1;
    return time;
  }
}

/** `name`, or `name (word).ext`, `name (word 2).ext` and so on, whichever is free in the folder. */
export function freeName(folder: FolderNode, name: string, word: string): string {
  const { name: stem, ext } = path.parse(name);
  let candidate = name;
  for (let count = 1; folder.children.has(candidate); count += 1) {
    candidate = `${stem} (${count === 1 ? word : `${word} ${count}`})${ext}`;
  }
  return candidate;
}
