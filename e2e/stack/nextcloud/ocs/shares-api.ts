import { namesOf, rootOf } from '../store/nodes.ts';
import type { Share } from '../store/shares.ts';
import { permission, shareType } from '../store/shares.ts';
import type { Place } from '../store/view.ts';
import type { OcsData } from './ocs-reply.ts';
import { OcsError } from './ocs-reply.ts';
import type { OcsRequest } from './ocs-request.ts';
import { isByToken, shareObject } from './share-object.ts';
import {
  changedLinkPermissions,
  expiryFrom,
  linkPermissions,
  newToken,
  passwordHashFrom,
  typeFrom,
  userPermissions,
} from './share-rules.ts';

/** POST shares (09/01 to 09/25, 09/71, 09/72). */
export function createShare(request: OcsRequest): OcsData {
  const { standin, caller, fields } = request;
  const path = fields.get('path');
  if (path === undefined) throw new OcsError(404, 'Please specify a file or folder path');
  const place = requirePlace(request, path);
  if (place.names.length === 0) throw new OcsError(403, 'You cannot share your root folder');
  const allowed = standin.view.permissions(place);
  if ((allowed & permission.share) === 0)
    throw new OcsError(404, `You are not allowed to share ${place.names.at(-1)}`);
  const type = typeFrom(fields);
  const shareWith = receiver(request, type);
  const existing = standin.shares
    .of(place.node)
    .find((share) => share.type === type && shareWith !== null && share.shareWith === shareWith);
  const byToken = type === shareType.link || type === shareType.mail;
  const permissions = byToken
    ? linkPermissions(fields, place.node)
    : userPermissions(fields, place.node, allowed);
  if (existing) return show(request, existing);
  const share = standin.shares.create({
    type,
    node: place.node.id,
    owner: rootOf(place.node).owner,
    initiator: caller.account.uid,
    shareWith,
    permissions,
    stime: standin.tree.now(),
    token: byToken ? newToken() : null,
    passwordHash: byToken ? passwordHashFrom(fields.get('password')) : null,
    expiration: expiryFrom(fields.get('expireDate'), standin.clock()),
    note: fields.get('note') ?? '',
    label: fields.get('label') ?? '',
    attributes: fields.get('attributes') ?? null,
    target: type === shareType.mail ? '' : `/${place.names.at(-1) ?? ''}`,
  });
  return shareObject(
    { standin, origin: request.exchange.origin, viewer: caller.account.uid, mailSend: true },
    share,
  );
}

/** GET shares: of a path, of a folder's children, shared with me, or all of mine (09/26 to 09/31). */
export function listShares(request: OcsRequest): OcsData {
  const { standin, caller, fields } = request;
  const { uid } = caller.account;
  const all = standin.shares.all();
  if (fields.get('shared_with_me') === 'true') {
    return all.filter((share) => isMounted(request, share)).map((share) => show(request, share));
  }
  const path = fields.get('path');
  const mine = all.filter((share) => share.initiator === uid || share.owner === uid);
  if (path === undefined) return mine.map((share) => show(request, share));
  const place = requirePlace(request, path);
  if (fields.get('subfiles') === 'true') return sharesOfChildren(request, place, mine);
  return mine.filter((share) => share.node === place.node.id).map((share) => show(request, share));
}

/** GET shares/{id}: an array of one (09/32 to 09/35). */
export function getShare(request: OcsRequest): OcsData {
  return [show(request, requireShare(request))];
}

/** PUT shares/{id} (09/37 to 09/46, 13/07, 13/11). */
export function updateShare(request: OcsRequest): OcsData {
  const { standin, caller, fields } = request;
  const share = requireShare(request);
  const { uid } = caller.account;
  if (share.initiator !== uid && share.owner !== uid) {
    throw new OcsError(403, 'You are not allowed to edit incoming shares');
  }
  const known = ['permissions', 'password', 'publicUpload', 'expireDate', 'note', 'label', 'hideDownload'];
  if (!known.some((name) => fields.has(name))) throw new OcsError(400, 'Wrong or no update parameter given');
  if (isByToken(share)) updateLink(share, fields);
  else if (fields.has('permissions')) {
    const node = standin.tree.byId(share.node);
    if (node) share.permissions = userPermissions(fields, node, permission.all);
  }
  if (fields.has('expireDate')) share.expiration = expiryFrom(fields.get('expireDate'), standin.clock());
  share.note = fields.get('note') ?? share.note;
  standin.shares.update(share);
  return show(request, share);
}

/** DELETE shares/{id}: ends the share; a receiver only leaves it (09/74 to 09/76). */
export function deleteShare(request: OcsRequest): OcsData {
  const { standin, caller } = request;
  const share = requireShare(request);
  const { uid } = caller.account;
  const mount = [...standin.shares.mountsOf(uid).values()].find((each) => each.shares.includes(share));
  if (share.owner !== uid && share.initiator !== uid && mount) standin.shares.decline(uid, mount);
  else standin.shares.remove(share);
  return [];
}

function updateLink(share: Share, fields: ReadonlyMap<string, string>): void {
  const permissions = changedLinkPermissions(fields);
  if (permissions !== null) share.permissions = permissions;
  if (fields.has('password')) share.passwordHash = passwordHashFrom(fields.get('password'));
  share.label = fields.get('label') ?? share.label;
}

function receiver({ standin, caller, fields }: OcsRequest, type: number): string | null {
  const shareWith = fields.get('shareWith') ?? '';
  switch (type) {
    case shareType.user:
      if (!standin.accounts.get(shareWith)) throw new OcsError(404, 'Please specify a valid user');
      if (shareWith === caller.account.uid) throw new OcsError(403, 'Cannot share with yourself');
      return shareWith;
    case shareType.group:
      if (!standin.accounts.groups().has(shareWith)) throw new OcsError(404, 'Please specify a valid group');
      return shareWith;
    case shareType.mail:
      if (!/^[^\s@]+@[^\s@]+$/.test(shareWith)) throw new OcsError(500, 'Internal Server Error\n');
      return shareWith;
    default:
      return null;
  }
}

function sharesOfChildren(request: OcsRequest, place: Place, mine: readonly Share[]): OcsData {
  const { node } = place;
  if (node.kind === 'file') throw new OcsError(400, 'Not a directory');
  return [...node.children.values()]
    .toSorted((a, b) => (namesOf(a).join('/') < namesOf(b).join('/') ? -1 : 1))
    .flatMap((child) => mine.filter((share) => share.node === child.id))
    .map((share) => show(request, share));
}

function requirePlace({ standin, caller }: OcsRequest, path: string): Place {
  const names = path
    .normalize('NFC')
    .split('/')
    .filter((name) => name !== '' && name !== '.' && name !== '..');
  const lookup = standin.view.find(standin.view.home(caller.account.uid), names);
  if ('place' in lookup) return lookup.place;
  throw new OcsError(404, 'Wrong path, file/folder does not exist');
}

/** A share the caller has to do with; others do not exist for them. */
function requireShare(request: OcsRequest): Share {
  const { standin, caller, params } = request;
  const share = standin.shares.byId(Number(params[0]));
  const { uid } = caller.account;
  const concerns =
    share && (share.owner === uid || share.initiator === uid || standin.shares.reaches(share, uid));
  if (!concerns) throw new OcsError(404, "Wrong share ID, share doesn't exist");
  return share;
}

function isMounted({ standin, caller }: OcsRequest, share: Share): boolean {
  return [...standin.shares.mountsOf(caller.account.uid).values()].some((mount) =>
    mount.shares.includes(share),
  );
}

function show({ standin, exchange, caller }: OcsRequest, share: Share): OcsData {
  return shareObject({ standin, origin: exchange.origin, viewer: caller.account.uid }, share);
}
