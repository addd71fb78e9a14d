import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Clock } from '../options.ts';
import type { Database, Row } from './database.ts';
import { FolderEtags, setEtag } from './etags.ts';
import type { Area, FileNode, FolderNode, StoredNode } from './nodes.ts';
import { ancestorsOf, namesOf, rootOf } from './nodes.ts';

const areaFolder: Record<Area, string> = { files: 'files', trash: 'files_trashbin/files' };

/** What changes in every ancestor when something below it changes. */
export interface Propagation {
  /** Added to each ancestor's size. */
  readonly sizeDelta?: number;
  /** Ancestors' mtime becomes now, except when only an mtime was set below (04/05). */
  readonly touch?: boolean;
}

/**
 * All nodes of all accounts, in memory, written through to the database. Bytes lie under
 * `<dataDir>/data/<uid>/files/...` under their own names.
 */
export class Tree {
  readonly dataDir: string;
  readonly folderEtags: FolderEtags;
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #byId = new Map<number, StoredNode>();
  readonly #roots = new Map<string, FolderNode>();
  readonly #watchers = new Set<(node: StoredNode) => void>();
  #lastId = 0;

  constructor(dataDir: string, db: Database, clock: Clock) {
    this.dataDir = dataDir;
    this.#db = db;
    this.#clock = clock;
    this.folderEtags = new FolderEtags(clock);
    this.#load();
  }

  /** Now in whole seconds, as file times are kept. */
  now(): number {
    return Math.floor(this.#clock() / 1000);
  }

  byId(id: number): StoredNode | undefined {
    return this.#byId.get(id);
  }

  /** The top folder of an account's area, made on first use. */
  root(owner: string, area: Area): FolderNode {
    const key = `${area}/${owner}`;
    const known = this.#roots.get(key);
    if (known) return known;
    mkdirSync(path.join(this.dataDir, 'data', owner, areaFolder[area]), { recursive: true });
    const root: FolderNode = {
      ...this.#blank(''),
      kind: 'folder',
      children: new Map(),
      root: { owner, area },
    };
    root.etag = this.folderEtags.next();
    this.#roots.set(key, root);
    this.#register(root);
    return root;
  }

  /** The node's place on disk. Names are checked before they enter the tree, so this never leaves `dataDir`. */
  diskPath(node: StoredNode): string {
    const { owner, area } = rootOf(node);
    return path.join(this.dataDir, 'data', owner, areaFolder[area], ...namesOf(node));
  }

  /** Where a child of that name lies, whether it exists or not. */
  childPath(parent: FolderNode, name: string): string {
    return path.join(this.diskPath(parent), name);
  }

  newFile(parent: FolderNode, name: string): FileNode {
    const file: FileNode = { ...this.#blank(name), kind: 'file', checksum: null };
    this.#attach(file, parent);
    return file;
  }

  newFolder(parent: FolderNode, name: string): FolderNode {
    const folder: FolderNode = { ...this.#blank(name), kind: 'folder', children: new Map(), root: null };
    folder.etag = this.folderEtags.next();
    this.#attach(folder, parent);
    return folder;
  }

  save(node: StoredNode): void {
    this.#db.saveNode(node);
  }

  /** Takes the node out of its folder and hangs it elsewhere; ids stay. */
  rehang(node: StoredNode, parent: FolderNode, name: string): void {
    node.parent?.children.delete(node.name);
    node.name = name;
    node.parent = parent;
    parent.children.set(name, node);
    this.save(node);
  }

  /** Forgets the node and all below it. */
  forget(node: StoredNode): void {
    node.parent?.children.delete(node.name);
    this.#forgetIds(node);
  }

  /** Calls back with every node whose change is propagated, until the returned function is called. */
  watch(watcher: (node: StoredNode) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Gives every ancestor of `node` one and the same new etag (04/01 to 04/11). */
  propagate(node: StoredNode, { sizeDelta = 0, touch = true }: Propagation = {}): void {
    const etag = this.folderEtags.next();
    const now = this.now();
    for (const folder of ancestorsOf(node)) {
      setEtag(folder, etag);
      folder.size += sizeDelta;
      if (touch) {
        folder.mtime = now;
        folder.storageMtime = now;
      }
      this.#db.saveFolderState(folder);
    }
    this.announce(node);
  }

  /** Tells watchers that something about the node changed for those who see it. */
  announce(node: StoredNode): void {
    for (const watcher of this.#watchers) watcher(node);
  }

  #attach(node: StoredNode, parent: FolderNode): void {
    node.parent = parent;
    parent.children.set(node.name, node);
    this.#register(node);
  }

  #register(node: StoredNode): void {
    this.#byId.set(node.id, node);
    this.save(node);
  }

  #forgetIds(node: StoredNode): void {
    if (node.kind === 'folder') for (const child of node.children.values()) this.#forgetIds(child);
    this.#byId.delete(node.id);
    this.#db.deleteNode(node.id);
  }

  #blank(name: string) {
    const now = this.now();
    this.#lastId += 1;
    return {
      id: this.#lastId,
      name,
      parent: null,
      etag: '',
      previousEtag: null,
      mtime: now,
      storageMtime: now,
      size: 0,
      uploadTime: now,
      creationTime: 0,
    };
  }

  #load(): void {
    const rows = this.#db.all('SELECT * FROM nodes ORDER BY id');
    for (const row of rows) this.#byId.set(row.int('id'), nodeFromRow(row));
    for (const row of rows) this.#link(row);
    this.#lastId = rows.at(-1)?.int('id') ?? 0;
  }

  #link(row: Row): void {
    const node = this.#byId.get(row.int('id'));
    if (node?.kind === 'folder' && node.root) this.#roots.set(`${node.root.area}/${node.root.owner}`, node);
    const parentId = row.intOrNull('parent');
    const parent = parentId === null ? undefined : this.#byId.get(parentId);
    if (!node || parent?.kind !== 'folder') return;
    node.parent = parent;
    parent.children.set(node.name, node);
  }
}

function nodeFromRow(row: Row): StoredNode {
  const base = {
    id: row.int('id'),
    name: row.text('name'),
    parent: null,
    etag: row.text('etag'),
    previousEtag: null,
    mtime: row.int('mtime'),
    storageMtime: row.int('storage_mtime'),
    size: row.int('size'),
    uploadTime: row.int('upload_time'),
    creationTime: row.int('creation_time'),
  };
  if (row.text('kind') === 'file') return { ...base, kind: 'file', checksum: row.textOrNull('checksum') };
  const owner = row.textOrNull('owner');
  const area = row.textOrNull('area');
  const root = owner !== null && isArea(area) ? { owner, area } : null;
  return { ...base, kind: 'folder', children: new Map(), root };
}

function isArea(text: string | null): text is Area {
  return text === 'files' || text === 'trash';
}
