import type { Standin } from '../standin.ts';
import { contentTypeOf, hasPreview } from '../store/mime.ts';
import type { StoredNode } from '../store/nodes.ts';
import { namesOf } from '../store/nodes.ts';
import type { Mount, Share } from '../store/shares.ts';
import { shareType } from '../store/shares.ts';
import type { OcsData } from './ocs-reply.ts';

interface Seen {
  readonly standin: Standin;
  readonly origin: string;
  /** Who looks: owner and receivers see different paths. */
  readonly viewer: string;
  /** True right after the share was made (09/01 against 09/05). */
  readonly mailSend?: boolean;
}

/** The number of the storage; the recorded server had a few before the homes. */
const storage = 3;

/** A share as the sharing API shows it to one account. */
export function shareObject(seen: Seen, share: Share): OcsData {
  const { standin, viewer } = seen;
  const node = standin.tree.byId(share.node);
  if (!node) return [];
  const nameOf = (uid: string) => standin.accounts.get(uid)?.displayName ?? uid;
  return {
    id: String(share.id),
    share_type: share.type,
    uid_owner: share.initiator,
    displayname_owner: nameOf(share.initiator),
    permissions: share.permissions,
    can_edit: share.initiator === viewer || share.owner === viewer,
    can_delete: true,
    stime: share.stime,
    parent: null,
    expiration: share.expiration === null ? null : `${share.expiration} 00:00:00`,
    token: share.token,
    uid_file_owner: share.owner,
    note: share.note,
    label: isByToken(share) ? share.label : null,
    displayname_file_owner: nameOf(share.owner),
    ...nodeFields(seen, share, node),
    ...receiverFields(seen, share),
    mail_send: seen.mailSend === true && share.type !== shareType.mail ? 1 : 0,
    hide_download: 0,
    attributes: share.attributes,
  };
}

/** Whether the share is reached by a token rather than by an account. */
export function isByToken(share: Share): boolean {
  return share.type === shareType.link || share.type === shareType.mail;
}

function nodeFields(
  { standin, viewer, mailSend }: Seen,
  share: Share,
  node: StoredNode,
): Record<string, OcsData> {
  const mount = mountOf(standin, viewer, node);
  const path = mount ? mount.target : `/${namesOf(node).join('/')}`;
  // An e-mail share shows a target when it is made and none ever after (09/24, 09/26).
  const ownTarget = mailSend === true && share.type === shareType.mail ? `/${node.name}` : share.target;
  const parent = mount ? standin.tree.root(viewer, 'files').id : (node.parent?.id ?? node.id);
  return {
    path,
    item_type: node.kind,
    mimetype: node.kind === 'folder' ? 'httpd/unix-directory' : contentTypeOf(node.name),
    has_preview: node.kind === 'file' && hasPreview(node.name),
    storage_id: mount ? `shared::${path}` : `home::${share.owner}`,
    storage,
    item_source: node.id,
    file_source: node.id,
    file_parent: parent,
    file_target: mount && share.initiator !== viewer ? mount.target : ownTarget,
  };
}

function mountOf(standin: Standin, viewer: string, node: StoredNode): Mount | undefined {
  return [...standin.shares.mountsOf(viewer).values()].find((mount) => mount.node === node);
}

function receiverFields({ standin, origin }: Seen, share: Share): Record<string, OcsData> {
  const masked = share.passwordHash === null ? null : `3|$sha256$${share.passwordHash}`;
  const withToken = { password: masked, send_password_by_talk: false };
  switch (share.type) {
    case shareType.user: {
      const account = standin.accounts.get(share.shareWith ?? '');
      return {
        share_with: share.shareWith,
        share_with_displayname: account?.displayName ?? share.shareWith,
        share_with_displayname_unique: account?.email ?? share.shareWith,
        status: [],
      };
    }
    case shareType.link:
      return {
        share_with: masked,
        share_with_displayname: '(Shared link)',
        ...withToken,
        url: `${origin}/index.php/s/${share.token}`,
      };
    case shareType.mail:
      return {
        share_with: share.shareWith,
        password: masked,
        password_expiration_time: null,
        send_password_by_talk: false,
        share_with_displayname: share.shareWith,
      };
    default:
      return { share_with: share.shareWith, share_with_displayname: share.shareWith };
  }
}
