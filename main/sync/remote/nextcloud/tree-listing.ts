import type { RemoteEntry, RemoteFolder } from '../../model/entries.ts';
import { RemoteFailure } from '../../model/failures.ts';
import { type RemoteName, type RemotePath, remoteName, remotePath } from '../../model/paths.ts';
import type { RemoteListing } from '../../ports/remote.ts';
import type { Addresses } from './addresses.ts';
import { toEntry } from './entries.ts';
import type { DavResponse } from './multistatus.ts';

interface Folder {
  readonly self: RemoteFolder;
  readonly children: { readonly name: RemoteName; readonly entry: RemoteEntry }[];
}

/**
 * The listings that an answer about a whole tree amounts to. A folder without anything in it is left out: a server
 * that does not go as deep as it was asked shows all of its last folders so.
 *
 * @param time seconds since 1970 at which the server made it
 */
export function toListings(
  responses: readonly DavResponse[],
  time: number,
  addresses: Addresses,
): ReadonlyMap<RemotePath, RemoteListing> {
  const entries = responses.map((response) => ({
    names: addresses.names(response.href),
    entry: toEntry(response, time),
  }));
  const folders = new Map<RemotePath, Folder>();
  for (const { names, entry } of entries)
    if (entry.kind === 'folder') folders.set(remotePath(names), { self: entry, children: [] });
  for (const { names, entry } of entries) {
    const name = names.at(-1);
    if (name === undefined) continue;
    const parent = folders.get(remotePath(names.slice(0, -1)));
    if (parent === undefined) throw new RemoteFailure('malformed', { what: 'entry in no folder' });
    parent.children.push({ name: remoteName(name), entry });
  }
  return new Map([...folders].filter(([, { children }]) => children.length > 0));
}
