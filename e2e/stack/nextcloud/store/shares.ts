import type { Database, Row } from './database.ts';
import type { StoredNode } from './nodes.ts';
import { rootOf } from './nodes.ts';
import type { Tree } from './tree.ts';

/** The numbers of the OCS sharing API. */
export const shareType = { user: 0, group: 1, link: 3, mail: 4 } as const;

/** Permission bits of shares. */
export const permission = { read: 1, update: 2, create: 4, delete: 8, share: 16, all: 31 } as const;

export interface Share {
  readonly id: number;
  readonly type: number;
  readonly node: number;
  /** Whose files these are. */
  readonly owner: string;
  /** Who shared them: the owner, or a receiver who shares on. */
  readonly initiator: string;
  /** A uid, a group, an e-mail address; null for links. */
  readonly shareWith: string | null;
  permissions: number;
  /** Seconds. */
  readonly stime: number;
  readonly token: string | null;
  passwordHash: string | null;
  /** `YYYY-MM-DD`. */
  expiration: string | null;
  note: string;
  label: string;
  /** JSON as the client gave it; kept and shown, without effect (11/35). */
  readonly attributes: string | null;
  /** Where receivers first find it, such as `/ro`. */
  readonly target: string;
}

/** A shared node as one receiver sees it; several shares of one node make one mount with all their rights. */
export interface Mount {
  readonly node: StoredNode;
  readonly permissions: number;
  /** Absolute path in the receiver's view. */
  readonly target: string;
  readonly shares: readonly Share[];
}

/** All shares and where each receiver has mounted them. */
export class Shares {
  readonly #tree: Tree;
  readonly #db: Database;
  readonly #groupsOf: (uid: string) => readonly string[];
  readonly #byId = new Map<number, Share>();
  /** Computed per receiver on demand; emptied when a share changes. */
  readonly #mounts = new Map<string, ReadonlyMap<string, Mount>>();

  constructor(tree: Tree, db: Database, groupsOf: (uid: string) => readonly string[]) {
    this.#tree = tree;
    this.#db = db;
    this.#groupsOf = groupsOf;
    for (const row of db.all('SELECT * FROM shares ORDER BY id')) {
      const share = shareFromRow(row);
      this.#byId.set(share.id, share);
    }
  }

  all(): Share[] {
    return [...this.#byId.values()];
  }

  byId(id: number): Share | undefined {
    return this.#byId.get(id);
  }

  /** The link of that token, unless it has expired. `nowMs` is in milliseconds. */
  byToken(token: string, nowMs: number): Share | undefined {
    const share = this.all().find((each) => each.token === token);
    const hasExpired =
      share !== undefined && share.expiration !== null && Date.parse(share.expiration) <= nowMs;
    return hasExpired ? undefined : share;
  }

  of(node: StoredNode): Share[] {
    return this.all().filter((share) => share.node === node.id);
  }

  create(share: Omit<Share, 'id'>): Share {
    const id = this.#db.run(
      `INSERT INTO shares(type, node, owner, initiator, share_with, permissions, stime, token, password_hash,
         expiration, note, label, target, attributes) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
      share.type,
      share.node,
      share.owner,
      share.initiator,
      share.shareWith,
      share.permissions,
      share.stime,
      share.token,
      share.passwordHash,
      share.expiration,
      share.note,
      share.label,
      share.target,
      share.attributes,
    );
    const created = { ...share, id };
    this.#byId.set(id, created);
    this.invalidate();
    this.#announce(created);
    return created;
  }

  update(share: Share): void {
    this.#db.run(
      'UPDATE shares SET permissions=?, password_hash=?, expiration=?, note=?, label=? WHERE id=?',
      share.permissions,
      share.passwordHash,
      share.expiration,
      share.note,
      share.label,
      share.id,
    );
    this.invalidate();
    this.#announce(share);
  }

  remove(share: Share): void {
    this.#announce(share);
    this.#byId.delete(share.id);
    this.#db.run('DELETE FROM shares WHERE id=?', share.id);
    this.#db.run('DELETE FROM declined WHERE share=?', share.id);
    this.invalidate();
  }

  /** Whether the account is among those the share was given to. */
  reaches(share: Share, uid: string): boolean {
    if (share.owner === uid || share.initiator === uid) return false;
    if (share.type === shareType.user) return share.shareWith === uid;
    return (
      share.type === shareType.group &&
      share.shareWith !== null &&
      this.#groupsOf(uid).includes(share.shareWith)
    );
  }

  /** An account's mounts by absolute path. */
  mountsOf(uid: string): ReadonlyMap<string, Mount> {
    const known = this.#mounts.get(uid);
    if (known) return known;
    const mounts = this.#computeMounts(uid);
    this.#mounts.set(uid, mounts);
    return mounts;
  }

  /** Renames or moves a mount point: only this receiver's view changes (09/69). */
  moveMount(uid: string, mount: Mount, target: string): void {
    this.#setTarget(uid, mount.node.id, target);
    this.invalidate();
  }

  /** Follows a folder of the receiver's own that holds mount points. */
  moveMountsBelow(uid: string, from: string, to: string): void {
    for (const mount of this.mountsOf(uid).values()) {
      if (mount.target.startsWith(`${from}/`))
        this.#setTarget(uid, mount.node.id, to + mount.target.slice(from.length));
    }
    this.invalidate();
  }

  /** A receiver throws a mount point away: user shares end, group shares are only left (09/73). */
  decline(uid: string, mount: Mount): void {
    for (const share of mount.shares) {
      if (share.type === shareType.user) this.remove(share);
      else this.#db.run('INSERT OR IGNORE INTO declined(uid, share) VALUES(?,?)', uid, share.id);
    }
    this.#db.run('DELETE FROM mounts WHERE uid=? AND node=?', uid, mount.node.id);
    this.invalidate();
  }

  /** Call when nodes were deleted, restored or shares changed. */
  invalidate(): void {
    this.#mounts.clear();
  }

  /** Receivers hear of it while they still see the node. */
  #announce(share: Share): void {
    const node = this.#tree.byId(share.node);
    if (node) this.#tree.announce(node);
  }

  #computeMounts(uid: string): Map<string, Mount> {
    const declined = new Set(
      this.#db.all('SELECT share FROM declined WHERE uid=?', uid).map((row) => row.int('share')),
    );
    const byNode = new Map<number, Share[]>();
    for (const share of this.#byId.values()) {
      if (declined.has(share.id) || !this.reaches(share, uid)) continue;
      byNode.set(share.node, [...(byNode.get(share.node) ?? []), share]);
    }
    const mounts = new Map<string, Mount>();
    for (const [nodeId, shares] of byNode) {
      const node = this.#tree.byId(nodeId);
      if (!node || rootOf(node).area !== 'files') continue;
      const target = this.#targetFor(uid, nodeId, shares, mounts);
      const permissions = shares.reduce((bits, share) => bits | share.permissions, 0);
      mounts.set(target, { node, permissions, target, shares });
    }
    return mounts;
  }

  #targetFor(
    uid: string,
    nodeId: number,
    shares: readonly Share[],
    taken: ReadonlyMap<string, Mount>,
  ): string {
    const kept = this.#db
      .get('SELECT target FROM mounts WHERE uid=? AND node=?', uid, nodeId)
      ?.text('target');
    if (kept !== undefined && !taken.has(kept) && this.#hasFolderFor(uid, kept)) return kept;
    const wanted =
      kept === undefined ? (shares[0]?.target ?? `/${nodeId}`) : kept.slice(kept.lastIndexOf('/'));
    const home = this.#tree.root(uid, 'files');
    let target = wanted;
    for (let count = 2; taken.has(target) || home.children.has(target.slice(1)); count += 1) {
      target = `${wanted} (${count})`;
    }
    this.#setTarget(uid, nodeId, target);
    return target;
  }

  /** Whether the folder that a mount point was moved into is still there: one without goes back to the top. */
  #hasFolderFor(uid: string, target: string): boolean {
    let folder: StoredNode | undefined = this.#tree.root(uid, 'files');
    for (const name of target.split('/').slice(1, -1))
      folder = folder?.kind === 'folder' ? folder.children.get(name) : undefined;
    return folder?.kind === 'folder';
  }

  #setTarget(uid: string, nodeId: number, target: string): void {
    this.#db.run('INSERT OR REPLACE INTO mounts(uid, node, target) VALUES(?,?,?)', uid, nodeId, target);
  }
}

function shareFromRow(row: Row): Share {
  return {
    id: row.int('id'),
    type: row.int('type'),
    node: row.int('node'),
    owner: row.text('owner'),
    initiator: row.text('initiator'),
    shareWith: row.textOrNull('share_with'),
    permissions: row.int('permissions'),
    stime: row.int('stime'),
    token: row.textOrNull('token'),
    passwordHash: row.textOrNull('password_hash'),
    expiration: row.textOrNull('expiration'),
    note: row.text('note'),
    label: row.text('label'),
    attributes: row.textOrNull('attributes'),
    target: row.text('target'),
  };
}
