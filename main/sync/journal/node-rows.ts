import { asChecksum, type Checksum, type Choice, type SyncedNode } from '../model/entries.ts';
import { localName, nameKey, remoteName } from '../model/paths.ts';
import type { SqlRow, SqlValue } from '../ports/journal-database.ts';

/** Columns of the table `node`, in the order of `toValues`. */
export const nodeColumns =
  'row, parent, name, kind, local_name, remote_name, remote_id, permissions, etag, inode, ' +
  'size, mtime, stated, racy, checksum, modified, changed, born, choice';

/** A node as the values of its row. */
export function toValues(node: SyncedNode): SqlValue[] {
  const common: SqlValue[] = [
    node.row,
    node.parent,
    node.name,
    node.kind,
    node.localName,
    node.remoteName,
    node.remoteId,
    node.permissions,
    node.etag,
    node.inode,
  ];
  return node.kind === 'folder'
    ? [...common, 0, 0, '', 0, '', '0', '0', String(node.born), node.choice]
    : [
        ...common,
        node.size,
        node.mtime,
        node.stated,
        node.racy ? 1 : 0,
        node.checksum,
        String(node.modified),
        String(node.changed),
        '0',
        'here',
      ];
}

/** Gives one text for all that are equal: those of many rows are mostly the same. */
export type Share = (text: string) => string;

/** Knows the texts of a few kinds that it was given, such as permissions. */
export function sharer(): Share {
  const known = new Map<string, string>();
  return (given) => {
    const shared = known.get(given);
    if (shared !== undefined) return shared;
    if (known.size < 256) known.set(given, given);
    return given;
  };
}

/** A row as a node. Throws when a value is not what it must be: the journal is then not to be trusted. */
export function fromRow(row: SqlRow, share: Share = (given) => given): SyncedNode {
  const name = text(row, 'name');
  const spelled = (column: string): string => {
    const given = text(row, column);
    return given === name ? name : given;
  };
  const common = {
    row: integer(row, 'row'),
    parent: integer(row, 'parent'),
    name: nameKey(name),
    localName: localName(spelled('local_name')),
    remoteName: remoteName(spelled('remote_name')),
    remoteId: text(row, 'remote_id'),
    permissions: share(text(row, 'permissions')),
    etag: text(row, 'etag'),
    inode: text(row, 'inode'),
  };
  if (text(row, 'kind') === 'folder')
    return { ...common, kind: 'folder', born: big(row, 'born'), choice: choiceOf(row) };
  const checksum = checksumOf(row);
  const stated = text(row, 'stated');
  return {
    ...common,
    kind: 'file',
    size: integer(row, 'size'),
    mtime: integer(row, 'mtime'),
    stated: stated === checksum ? checksum : share(stated),
    racy: integer(row, 'racy') === 1,
    checksum,
    modified: big(row, 'modified'),
    changed: big(row, 'changed'),
  };
}

/** Reads a column that holds a text. Throws `BadRow` where it holds something else. */
export function text(row: SqlRow, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new BadRow(column);
  return value;
}

/** Reads a column that holds a whole number that JavaScript can hold too. Throws `BadRow` otherwise. */
export function integer(row: SqlRow, column: string): number {
  const value = typeof row[column] === 'bigint' ? Number(row[column]) : row[column];
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new BadRow(column);
  return value;
}

/** A column of nanoseconds, which are too large for an SQLite integer read as a number. */
export function big(row: SqlRow, column: string): bigint {
  const value = text(row, column);
  if (!/^-?\d+$/.test(value)) throw new BadRow(column);
  return BigInt(value);
}

/** A column that holds a checksum. */
export function checksumOf(row: SqlRow): Checksum {
  const value = asChecksum(text(row, 'checksum'));
  if (value === undefined) throw new BadRow('checksum');
  return value;
}

function choiceOf(row: SqlRow): Choice {
  const value = text(row, 'choice');
  if (value !== 'here' && value !== 'leaving' && value !== 'away') throw new BadRow('choice');
  return value;
}

/** A journal whose content makes no sense. */
export class BadRow extends Error {
  constructor(column: string) {
    super(`bad value in the journal: ${column}`);
    this.name = 'BadRow';
  }
}
