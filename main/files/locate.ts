import type { Dav, DavEntry } from './dav.ts';

/** Folder of the person's files in which new salons' folders are made. */
export const SALONS_FOLDER = '/Salons';

/** Looks at single folders by search at most this many at a time. */
const SEARCHES_AT_ONCE = 4;

/**
 * Where salons' folders are in this person's files, by file id: the owner has them in `/Salons`, who got a share finds it
 * where the server put it or where they moved it. A folder that is missing in the answer is not among their files: it
 * was withdrawn or never arrived. Throws when the server did not say for sure.
 */
export async function locateFolders(
  dav: Dav,
  fileIds: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const found = await findFolders(dav, fileIds, signal);
  return new Map([...found].map(([fileId, { path }]) => [fileId, path]));
}

/** The same, with all that is known of each. */
export async function findFolders(
  dav: Dav,
  fileIds: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, DavEntry>> {
  const lists = await Promise.all([dav.list('', '1', signal), dav.list(SALONS_FOLDER, '1', signal)]);
  const found = new Map<string, DavEntry>();
  for (const entry of lists.flatMap((list) => list ?? [])) {
    // A salon may name any id: all of the person's files (the root) are no salon's folder.
    if (entry.isFolder && entry.path !== '' && fileIds.has(entry.fileId)) found.set(entry.fileId, entry);
  }
  const missing = [...fileIds].filter((id) => !found.has(id));
  while (missing.length > 0) {
    const batch = missing.splice(0, SEARCHES_AT_ONCE);
    const entries = await Promise.all(batch.map((id) => dav.findById(id, signal)));
    for (const entry of entries) if (entry?.isFolder && entry.path !== '') found.set(entry.fileId, entry);
  }
  return found;
}
