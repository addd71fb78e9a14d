/** The rules of creating and changing shares, with the recorded complaints (09/06 to 09/25, 13/11). */
import { randomInt } from 'node:crypto';
import { linkPasswordHash } from '../dav/public-dav.ts';
import type { StoredNode } from '../store/nodes.ts';
import { permission, shareType } from '../store/shares.ts';
import { OcsError } from './ocs-reply.ts';

type Fields = ReadonlyMap<string, string>;

const filePermissions = permission.read | permission.update | permission.share;
const linkDefault = permission.read | permission.share;

/** Permissions of a new user or group share: 0 becomes reading, a file cannot be created in. */
export function userPermissions(fields: Fields, node: StoredNode, allowed: number): number {
  const asked = Number(fields.get('permissions') ?? allowed);
  if (!Number.isInteger(asked) || asked < 0 || asked > permission.all)
    throw new OcsError(404, 'Invalid permissions');
  const wanted = asked === 0 ? permission.read : asked;
  return node.kind === 'file' ? wanted & filePermissions : wanted;
}

/** Permissions of a new link: what is asked is ignored but for publicUpload (09/16 to 09/20, 16/09). */
export function linkPermissions(fields: Fields, node: StoredNode): number {
  if (fields.get('publicUpload') !== 'true') return linkDefault;
  if (node.kind === 'file')
    throw new OcsError(404, 'Public upload is only possible for publicly shared folders');
  return permission.all;
}

/** Permissions of a changed link (09/43, 13/07, 13/11); null when neither field is there. */
export function changedLinkPermissions(fields: Fields): number | null {
  const publicUpload = fields.get('publicUpload');
  if (publicUpload !== undefined) return publicUpload === 'true' ? permission.all : linkDefault;
  if (!fields.has('permissions')) return null;
  const asked = Number(fields.get('permissions'));
  if ((asked & (permission.read | permission.create)) === 0) {
    throw new OcsError(400, 'Share must at least have READ or CREATE permissions');
  }
  return asked & permission.all;
}

/** An expiry date as `YYYY-MM-DD`, null for none. */
export function expiryFrom(text: string | undefined, nowMs: number): string | null {
  if (text === undefined || text === '') return null;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text))) {
    throw new OcsError(404, 'Invalid date, date format must be YYYY-MM-DD');
  }
  if (Date.parse(text) < nowMs) throw new OcsError(404, 'Expiration date is in the past');
  return text;
}

export function passwordHashFrom(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : linkPasswordHash(text);
}

const tokenAlphabet = 'abcdefgijkmnopqrstwxyzABCDEFGHJKLMNPQRSTWXYZ23456789';

/** A link's token: 15 letters and digits that are hard to confuse. */
export function newToken(): string {
  return Array.from({ length: 15 }, () => tokenAlphabet[randomInt(tokenAlphabet.length)]).join('');
}

/** The share type asked for, if it is one that can be made here. */
export function typeFrom(fields: Fields): number {
  const type = Number(fields.get('shareType') ?? -1);
  if (!(Object.values(shareType) as number[]).includes(type)) throw new OcsError(400, 'Unknown share type');
  return type;
}
