/**
 * What changes the tree: each operation moves the bytes on disk, then the nodes, then propagates etags, in one
 * go without waiting in between, so that two requests never see each other half done.
 */
import { constants, copyFileSync, cpSync, mkdirSync, renameSync } from 'node:fs';
import type { Activities } from './activities.ts';
import type { Database } from './database.ts';
import { renewFileEtag, setEtag } from './etags.ts';
import type { FileNode, FolderNode, StoredNode } from './nodes.ts';
import type { Trash } from './trash.ts';
import type { Tree } from './tree.ts';
import type { Versions } from './versions.ts';

/** A finished upload waiting in the temporary folder. */
export interface Incoming {
  readonly tempPath: string;
  readonly size: number;
  /** Seconds, from X-OC-MTime; null keeps the time of the upload. */
  readonly mtime: number | null;
  /** As the client gave it: stored, never checked (03/14). */
  readonly checksum: string | null;
  /** Who writes; empty for whoever came by a public link. */
  readonly by: string;
}

export class Operations {
  readonly #tree: Tree;
  readonly #db: Database;
  readonly #trash: Trash;
  readonly #versions: Versions;
  readonly #activities: Activities;

  constructor(tree: Tree, db: Database, trash: Trash, versions: Versions, activities: Activities) {
    this.#tree = tree;
    this.#db = db;
    this.#trash = trash;
    this.#versions = versions;
    this.#activities = activities;
  }

  /** Puts an upload in place, as a new file or over an old one, which then becomes a version. */
  writeFile(parent: FolderNode, name: string, incoming: Incoming): FileNode {
    return this.#db.transaction(() => {
      const old = parent.children.get(name);
      if (old?.kind === 'folder') throw new Error(`${name} is a folder`);
      if (old) this.#versions.keep(old);
      renameSync(incoming.tempPath, this.#tree.childPath(parent, name));
      const file = old ?? this.#tree.newFile(parent, name);
      const sizeDelta = incoming.size - file.size;
      this.#stamp(file, incoming);
      this.#tree.save(file);
      this.#tree.propagate(file, { sizeDelta });
      this.#activities.add(file.id, incoming.by, old ? 'file_changed' : 'file_created', this.#tree.now());
      return file;
    });
  }

  makeFolder(parent: FolderNode, name: string): FolderNode {
    return this.#db.transaction(() => {
      mkdirSync(this.#tree.childPath(parent, name));
      const folder = this.#tree.newFolder(parent, name);
      this.#tree.propagate(folder);
      return folder;
    });
  }

  /** Moves to the trash of the account that owns it. */
  remove(node: StoredNode): void {
    this.#db.transaction(() => this.#trash.take(node));
  }

  /** Moves or renames; what lies at the target goes to the trash first (06/44, 16/04). */
  move(node: StoredNode, parent: FolderNode, name: string): void {
    this.#db.transaction(() => {
      const replaced = parent.children.get(name);
      if (replaced && replaced !== node) this.#trash.take(replaced);
      renameSync(this.#tree.diskPath(node), this.#tree.childPath(parent, name));
      this.#tree.propagate(node, { sizeDelta: -node.size });
      this.#tree.rehang(node, parent, name);
      this.#tree.propagate(node, { sizeDelta: node.size });
    });
  }

  /** Copies with all below it; new ids, mtime now, checksums left behind (06/47, 16/03). */
  copy(node: StoredNode, parent: FolderNode, name: string): StoredNode {
    return this.#db.transaction(() => {
      const replaced = parent.children.get(name);
      if (replaced) this.#trash.take(replaced);
      const target = this.#tree.childPath(parent, name);
      if (node.kind === 'file') copyFileSync(this.#tree.diskPath(node), target, constants.COPYFILE_FICLONE);
      else cpSync(this.#tree.diskPath(node), target, { recursive: true, mode: constants.COPYFILE_FICLONE });
      const copied = this.#copyNodes(node, parent, name);
      this.#tree.propagate(copied, { sizeDelta: copied.size });
      return copied;
    });
  }

  /** PROPPATCH of the mtime: etags above change, their mtimes do not (04/05). */
  touch(node: StoredNode, mtime: number): void {
    this.#db.transaction(() => {
      node.mtime = mtime;
      if (node.kind === 'file') renewFileEtag(node, mtime, node.size);
      else setEtag(node, this.#tree.folderEtags.next());
      this.#tree.save(node);
      this.#tree.propagate(node, { touch: false });
    });
  }

  #stamp(file: FileNode, incoming: Incoming): void {
    const now = this.#tree.now();
    const etagBefore = file.etag;
    renewFileEtag(file, now, incoming.size);
    if (incoming.mtime !== null) renewFileEtag(file, incoming.mtime, incoming.size);
    // What clients saw last, not the etag of the moment between writing and setting the time.
    if (etagBefore !== '' && etagBefore !== file.etag) file.previousEtag = etagBefore;
    file.mtime = incoming.mtime ?? now;
    file.uploadTime = now;
    file.checksum = incoming.checksum;
  }

  #copyNodes(node: StoredNode, parent: FolderNode, name: string): StoredNode {
    if (node.kind === 'file') {
      const file = this.#tree.newFile(parent, name);
      renewFileEtag(file, file.mtime, node.size);
      this.#tree.save(file);
      return file;
    }
    const folder = this.#tree.newFolder(parent, name);
    folder.size = node.size;
    this.#tree.save(folder);
    for (const child of node.children.values()) this.#copyNodes(child, folder, child.name);
    return folder;
  }
}
