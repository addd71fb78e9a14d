import type { Ignoring } from '../discover/ignore.ts';
import type { Journal } from '../journal/journal.ts';
import { rememberUnwanted } from '../journal/unseen.ts';
import type { RowId } from '../model/entries.ts';
import { joinSync, rootPath, type SyncPath } from '../model/paths.ts';

/**
 * Takes note of which names are left alone. When that changed, what is left alone from now on is forgotten: it would
 * look removed on the side that was looked at and unchanged on the side that was not. And all folders are listed
 * again, for names that were left alone until now. A folder that is not wanted here either stays known as that.
 *
 * @param key changes when a pattern does
 */
export function noteIgnored(journal: Journal, ignoredBy: Ignoring, key: string): void {
  if (journal.meta('ignored') === key) return;
  journal.transaction(() => {
    const { root } = journal.synced;
    if (root !== undefined) settleBelow(root.row, rootPath, journal, ignoredBy);
    journal.setMeta('ignored', key);
  });
}

function settleBelow(row: RowId, path: SyncPath, journal: Journal, ignoredBy: Ignoring): void {
  const folder = journal.synced.get(row);
  if (folder?.kind !== 'folder') return;
  if (folder.etag !== '') journal.putEtag(folder, '');
  for (const child of journal.synced.children(row)) {
    if (ignoredBy(path, child.name, child.kind) !== undefined) {
      rememberUnwanted(child, journal);
      journal.forget(child.row);
    } else settleBelow(child.row, joinSync(path, child.name), journal, ignoredBy);
  }
}
