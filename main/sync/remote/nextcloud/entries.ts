import type { RemoteEntry, RemoteFile, RemoteFolder } from '../../model/entries.ts';
import { RemoteFailure } from '../../model/failures.ts';
import { type DavResponse, namespaces } from './multistatus.ts';

/** The properties that are asked of each entry (facts/nextcloud.md, "Addresses and properties"). */
export const propfindBody = `<?xml version="1.0" encoding="utf-8"?>
<d:propfind xmlns:d="${namespaces.d}" xmlns:oc="${namespaces.oc}" xmlns:nc="${namespaces.nc}"><d:prop>
<d:resourcetype/><d:getlastmodified/><d:getcontentlength/><d:getetag/>
<oc:id/><oc:permissions/><oc:checksums/><oc:data-fingerprint/>
</d:prop></d:propfind>`;

/** Content may still change within the second of its modification time, and keep its etag (recorded: 13/12). */
const racySeconds = 2;

/** An etag without quotes, the weak mark and the suffix that a compressing front server adds (recorded: group 12). */
export function plainEtag(etag: string): string {
  return etag
    .trim()
    .replace(/^W\//, '')
    .replace(/^"(.*)"$/s, '$1')
    .replace(/(?:-gzip|-br|-deflate|--gzip|;gzip)$/, '');
}

/**
 * What a response of a listing describes.
 *
 * @param serverTime seconds since 1970 at which the server made the listing
 */
export function toEntry(response: DavResponse, serverTime: number): RemoteEntry {
  return response.isCollection ? toFolder(response) : toFile(response, serverTime);
}

/** A response that must be a folder. */
export function toFolder({ properties, isCollection }: DavResponse): RemoteFolder {
  if (!isCollection) throw new RemoteFailure('refused', { what: 'not a folder' });
  return {
    kind: 'folder',
    id: properties.get('oc:id') ?? '',
    etag: plainEtag(properties.get('d:getetag') ?? ''),
    permissions: properties.get('oc:permissions') ?? '',
  };
}

function toFile({ properties, href }: DavResponse, serverTime: number): RemoteFile {
  const size = Number(properties.get('d:getcontentlength'));
  const etag = plainEtag(properties.get('d:getetag') ?? '');
  if (!Number.isSafeInteger(size) || size < 0 || etag === '') {
    throw new RemoteFailure('malformed', { what: 'file without length or etag', href: href.slice(0, 200) });
  }
  const mtime = secondsOf(properties.get('d:getlastmodified')) ?? 0;
  const stated = properties.get('oc:checksums') ?? '';
  return {
    kind: 'file',
    id: properties.get('oc:id') ?? '',
    etag,
    size,
    mtime,
    stated,
    permissions: properties.get('oc:permissions') ?? '',
    racy: stated === '' && Math.abs(serverTime - mtime) < racySeconds,
  };
}

/** An HTTP date in seconds since 1970. */
export function secondsOf(date: string | undefined): number | undefined {
  const ms = Date.parse(date ?? '');
  return Number.isNaN(ms) ? undefined : Math.floor(ms / 1000);
}
