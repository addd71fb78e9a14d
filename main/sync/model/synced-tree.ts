import { isLeaving, type RowId, rootRow, type SyncedFolder, type SyncedNode } from './entries.ts';
import { joinSync, type NameKey, nameKey, rootPath, type SyncPath } from './paths.ts';

/**
 * The third tree: what was last in sync, in memory, with the indexes that discovery asks.
 * Nodes name their parent, so moving a folder changes one node.
 */
export class SyncedTree {
  readonly #byRow = new Map<RowId, SyncedNode>();
  readonly #children = new Map<RowId, Map<NameKey, SyncedNode>>();
  readonly #byRemoteId = new Map<string, SyncedNode>();
  readonly #byInode = new Map<string, SyncedNode>();
  readonly #unwanted = new Map<RowId, SyncedFolder>();
  #files = 0;

  /** Number of files that are in sync. */
  get files(): number {
    return this.#files;
  }

  /** What these take on this computer. */
  bytes(): number {
    let bytes = 0;
    for (const node of this.#byRow.values()) if (node.kind === 'file') bytes += node.size;
    return bytes;
  }

  get size(): number {
    return this.#byRow.size;
  }

  get root(): SyncedFolder | undefined {
    const root = this.#byRow.get(rootRow);
    return root?.kind === 'folder' ? root : undefined;
  }

  get(row: RowId): SyncedNode | undefined {
    return this.#byRow.get(row);
  }

  child(parent: RowId, name: NameKey): SyncedNode | undefined {
    return this.#children.get(parent)?.get(name);
  }

  children(parent: RowId): Iterable<SyncedNode> {
    return this.#children.get(parent)?.values() ?? [];
  }

  /** The node that last had this server id. */
  byRemoteId(id: string): SyncedNode | undefined {
    return id === '' ? undefined : this.#byRemoteId.get(id);
  }

  /** The node that last had this inode. */
  byInode(inode: string): SyncedNode | undefined {
    return this.#byInode.get(inode);
  }

  /** Folders that are not wanted here, as they are at this moment. */
  unwanted(): readonly SyncedFolder[] {
    return [...this.#unwanted.values()];
  }

  /** Whether a node is in a folder that is leaving this computer. */
  isLeavingAbove(node: SyncedNode): boolean {
    return [...this.#above(node)].some(isLeaving);
  }

  /** Whether a node is in a folder, however deep. */
  isBelow(node: SyncedNode, folder: RowId): boolean {
    return [...this.#above(node)].some(({ row }) => row === folder);
  }

  *#above(node: SyncedNode): Generator<SyncedNode> {
    for (let above: SyncedNode | undefined = node; above !== undefined && above.row !== rootRow; ) {
      above = this.#byRow.get(above.parent);
      if (above !== undefined) yield above;
    }
  }

  path(node: SyncedNode): SyncPath {
    if (node.row === rootRow) return rootPath;
    const parent = this.#byRow.get(node.parent);
    if (parent === undefined) throw new Error(`row ${node.row} has no parent`);
    return joinSync(this.path(parent), node.name);
  }

  find(path: SyncPath): SyncedNode | undefined {
    let node: SyncedNode | undefined = this.root;
    if (path === rootPath) return node;
    for (const name of path.split('/')) {
      if (node === undefined) return undefined;
      node = this.child(node.row, nameKey(name));
    }
    return node;
  }

  /** Puts a node in, in place of the one with its row number. */
  put(node: SyncedNode): void {
    this.#drop(node.row);
    this.#byRow.set(node.row, node);
    if (node.row !== rootRow) {
      const siblings = this.#children.get(node.parent) ?? new Map<NameKey, SyncedNode>();
      siblings.set(node.name, node);
      this.#children.set(node.parent, siblings);
    }
    if (node.remoteId !== '') this.#byRemoteId.set(node.remoteId, node);
    if (node.inode !== '') this.#byInode.set(node.inode, node);
    if (node.kind === 'file') this.#files += 1;
    else if (node.choice !== 'here') this.#unwanted.set(node.row, node);
  }

  /** Takes a node and everything below it out; gives their row numbers. */
  remove(row: RowId): RowId[] {
    const removed = [...this.children(row)].flatMap((child) => this.remove(child.row));
    this.#children.delete(row);
    this.#drop(row);
    return [...removed, row];
  }

  #drop(row: RowId): void {
    const node = this.#byRow.get(row);
    if (node === undefined) return;
    this.#byRow.delete(row);
    this.#unwanted.delete(row);
    const siblings = this.#children.get(node.parent);
    if (siblings?.get(node.name)?.row === row) siblings.delete(node.name);
    if (this.#byRemoteId.get(node.remoteId)?.row === row) this.#byRemoteId.delete(node.remoteId);
    if (this.#byInode.get(node.inode)?.row === row) this.#byInode.delete(node.inode);
    if (node.kind === 'file') this.#files -= 1;
  }
}
