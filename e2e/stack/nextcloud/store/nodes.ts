/** Files and folders as the server's file cache knows them. The tree lives in memory and is written through. */

interface NodeBase {
  /** oc:fileid: unique on the whole server, kept by MOVE. */
  readonly id: number;
  name: string;
  parent: FolderNode | null;
  etag: string;
  /** The etag before the present one, for the stale-etag fault. */
  previousEtag: string | null;
  /** Shown modification time, seconds since 1970. */
  mtime: number;
  /** What the disk would say; the etag is only renewed when it changes (03/01 to 03/03). */
  storageMtime: number;
  /** Files: bytes. Folders: sum of all below. */
  size: number;
  uploadTime: number;
  creationTime: number;
}

export interface FileNode extends NodeBase {
  readonly kind: 'file';
  checksum: string | null;
}

export interface FolderNode extends NodeBase {
  readonly kind: 'folder';
  readonly children: Map<string, StoredNode>;
  /** Set on the top folder of an area only. */
  readonly root: RootInfo | null;
}

export type StoredNode = FileNode | FolderNode;

/** Where a tree of nodes lies: an account's files or its trash. */
export type Area = 'files' | 'trash';

export interface RootInfo {
  readonly owner: string;
  readonly area: Area;
}

/** The folders from this node's parent up to the root. */
export function* ancestorsOf(node: StoredNode): Generator<FolderNode> {
  for (let folder = node.parent; folder; folder = folder.parent) yield folder;
}

/** The top folder this node lies under. */
export function rootOf(node: StoredNode): RootInfo {
  let top: StoredNode = node;
  while (top.parent) top = top.parent;
  if (top.kind === 'file' || !top.root) throw new Error(`node ${node.id} is not attached to any root`);
  return top.root;
}

/** Names from the root (left out) down to the node. */
export function namesOf(node: StoredNode): string[] {
  const names: string[] = [];
  for (let at: StoredNode = node; at.parent; at = at.parent) names.unshift(at.name);
  return names;
}

/** Whether `node` is `folder` or lies below it. */
export function isWithin(node: StoredNode, folder: StoredNode): boolean {
  for (let at: StoredNode | null = node; at; at = at.parent) if (at === folder) return true;
  return false;
}

/** The node and all below it, parents before children. */
export function* subtree(node: StoredNode): Generator<StoredNode> {
  yield node;
  if (node.kind === 'folder') for (const child of node.children.values()) yield* subtree(child);
}

/** Children in the order the recorded server lists them: by name, byte for byte (02/48). */
export function sortedChildren(folder: FolderNode): StoredNode[] {
  return [...folder.children.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
