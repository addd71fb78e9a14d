/** What each property of a file or folder answers. */
import type { Standin } from '../standin.ts';
import { ocId } from '../standin.ts';
import { contentTypeOf, hasPreview } from '../store/mime.ts';
import { shareType } from '../store/shares.ts';
import type { Place } from '../store/view.ts';
import { escapeXml } from './xml-write.ts';

/** One entry of a multistatus answer. */
export interface Entry {
  readonly standin: Standin;
  readonly place: Place;
  /** Reached by listing its parent, not asked for itself. */
  readonly listed: boolean;
  readonly staleEtags: boolean;
}

/** XML content; null for an empty-element tag, undefined when the entry has no such property. */
export type PropertyValue = string | null | undefined;
type Property = (entry: Entry) => PropertyValue;

const dav = 'DAV:';
const oc = 'http://owncloud.org/ns';
const nc = 'http://nextcloud.org/ns';

/** The key under which a property is looked up. */
export function propertyKey(namespace: string, local: string): string {
  return `{${namespace}}${local}`;
}

/** What no body, allprop and propname answer (02/13 to 02/15). */
export const defaultProperties = [
  'getlastmodified',
  'getcontentlength',
  'resourcetype',
  'quota-used-bytes',
  'quota-available-bytes',
  'getetag',
  'getcontenttype',
].map((local) => ({ namespace: dav, local }));

export function httpDate(seconds: number): string {
  return new Date(seconds * 1000).toUTCString();
}

/** The etag a client gets to see, without quotes. */
export function shownEtag({ standin, place, staleEtags }: Entry): string {
  if (staleEtags && place.node.previousEtag !== null) return place.node.previousEtag;
  return standin.view.etag(place);
}

/** Bytes left for the account whose files these are; -3 when there is no limit. */
export function quotaAvailable(standin: Standin, owner: string): number {
  const quota = standin.accounts.get(owner)?.quota ?? null;
  return quota === null ? -3 : Math.max(0, quota - standin.tree.root(owner, 'files').size);
}

const onlyFile =
  (property: Property): Property =>
  (entry) =>
    entry.place.node.kind === 'file' ? property(entry) : undefined;
const onlyFolder =
  (property: Property): Property =>
  (entry) =>
    entry.place.node.kind === 'folder' ? property(entry) : undefined;
const count = (entry: Entry, kind: 'file' | 'folder') =>
  String(entry.standin.view.children(entry.place).filter((child) => child.node.kind === kind).length);
const ownerOf = ({ standin, place }: Entry) => standin.view.owner(place);
const yesNo = (value: boolean) => (value ? 'true' : 'false');

const reports = [
  'd:expand-property',
  'd:principal-match',
  'd:principal-property-search',
  'd:principal-search-property-set',
  'oc:filter-comments',
  'oc:filter-files',
];

const properties = new Map<string, Property>(
  Object.entries({
    [`{${dav}}resourcetype`]: ({ place }) => (place.node.kind === 'folder' ? '<d:collection/>' : null),
    [`{${dav}}getlastmodified`]: ({ standin, place }) => httpDate(standin.view.mtime(place)),
    [`{${dav}}getcontentlength`]: onlyFile(({ place }) => String(place.node.size)),
    [`{${dav}}getetag`]: (entry) => escapeXml(`"${shownEtag(entry)}"`),
    [`{${dav}}getcontenttype`]: onlyFile(({ place }) => contentTypeOf(place.node.name)),
    [`{${dav}}quota-used-bytes`]: onlyFolder(({ standin, place }) => String(standin.view.size(place))),
    [`{${dav}}quota-available-bytes`]: onlyFolder((entry) =>
      String(quotaAvailable(entry.standin, ownerOf(entry))),
    ),
    [`{${dav}}creationdate`]: ({ place }) =>
      new Date(place.node.creationTime * 1000).toISOString().replace('.000Z', '+00:00'),
    [`{${dav}}supported-report-set`]: () =>
      reports
        .map((name) => `<d:supported-report><d:report><${name}/></d:report></d:supported-report>`)
        .join(''),
    [`{${oc}}size`]: ({ standin, place }) => String(standin.view.size(place)),
    [`{${oc}}id`]: ({ standin, place }) => ocId(standin, place.node.id),
    [`{${oc}}fileid`]: ({ place }) => String(place.node.id),
    [`{${oc}}permissions`]: ({ standin, place, listed }) => standin.view.letters(place, listed),
    [`{${oc}}checksums`]: ({ place }) =>
      place.node.kind === 'file' && place.node.checksum !== null
        ? `<oc:checksum>${escapeXml(place.node.checksum)}</oc:checksum>`
        : undefined,
    [`{${oc}}share-types`]: shareTypes,
    [`{${oc}}data-fingerprint`]: ({ standin }) => escapeXml(standin.switches.dataFingerprint),
    [`{${oc}}owner-id`]: (entry) => escapeXml(ownerOf(entry)),
    [`{${oc}}owner-display-name`]: (entry) =>
      escapeXml(entry.standin.accounts.get(ownerOf(entry))?.displayName ?? ownerOf(entry)),
    [`{${oc}}favorite`]: ({ standin, place }) => (isFavourite(standin, place) ? '1' : '0'),
    [`{${oc}}comments-unread`]: () => '0',
    [`{${oc}}comments-count`]: () => '0',
    [`{${oc}}comments-href`]: ({ place }) => `/remote.php/dav/comments/files/${place.node.id}`,
    [`{${oc}}downloadURL`]: onlyFile(() => ''),
    [`{${oc}}tags`]: () => null,
    [`{${nc}}has-preview`]: ({ place }) => yesNo(place.node.kind === 'file' && hasPreview(place.node.name)),
    [`{${nc}}is-encrypted`]: onlyFolder(() => '0'),
    [`{${nc}}is-mount-root`]: ({ standin, place }) =>
      standin.switches.mountRootProperty ? yesNo(place.isMountPoint) : undefined,
    [`{${nc}}mount-type`]: ({ place }) => (place.mount ? 'shared' : ''),
    [`{${nc}}rich-workspace`]: onlyFolder(() => ''),
    [`{${nc}}contained-folder-count`]: onlyFolder((entry) => count(entry, 'folder')),
    [`{${nc}}contained-file-count`]: onlyFolder((entry) => count(entry, 'file')),
    [`{${nc}}sharees`]: sharees,
    [`{${nc}}creation_time`]: ({ place }) => String(place.node.creationTime),
    [`{${nc}}upload_time`]: ({ place }) => String(place.node.uploadTime),
    [`{${nc}}note`]: ({ place }) => escapeXml(place.mount?.shares[0]?.note ?? ''),
    '{http://open-collaboration-services.org/ns}share-permissions': (entry) =>
      String(sharePermissions(entry)),
  } satisfies Record<string, Property>),
);

/** The function behind a property, if the server knows it. */
export function knownProperty(namespace: string, local: string): Property | undefined {
  return properties.get(propertyKey(namespace, local));
}

function shareTypes({ standin, place }: Entry): PropertyValue {
  const mine = standin.shares.of(place.node).filter((share) => share.initiator === place.uid);
  if (mine.length === 0) return null;
  const types = [...new Set(mine.map((share) => share.type))].toSorted((a, b) => a - b);
  return types.map((type) => `<oc:share-type>${type}</oc:share-type>`).join('');
}

function sharees({ standin, place }: Entry): PropertyValue {
  const users = standin.shares
    .of(place.node)
    .filter((share) => share.initiator === place.uid && share.type === shareType.user);
  if (users.length === 0) return null;
  return users
    .map(({ shareWith }) => {
      const uid = shareWith ?? '';
      const name = standin.accounts.get(uid)?.displayName ?? uid;
      return `<nc:sharee><nc:id>${escapeXml(uid)}</nc:id><nc:display-name>${escapeXml(name)}</nc:display-name><nc:type>0</nc:type></nc:sharee>`;
    })
    .join('');
}

function sharePermissions({ standin, place }: Entry): number {
  const bits = standin.view.permissions(place);
  // A file can be shared for reading, changing and sharing on only (02/17).
  return place.node.kind === 'file' ? bits & 19 : bits;
}

/** Whether the account marked the place as a favourite. */
export function isFavourite(standin: Standin, place: Place): boolean {
  return (
    standin.db.get('SELECT 1 AS yes FROM favourites WHERE uid=? AND node=?', place.uid, place.node.id) !==
    undefined
  );
}
