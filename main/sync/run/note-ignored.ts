import type { Journal } from '../journal/journal.ts';
import type { RowId } from '../model/entries.ts';

/**
 * Takes note of which names are left alone. When that changed, what is left alone from now on is forgotten: it would
 * look removed on the side that was looked at and unchanged on the side that was not. And all folders are listed
 * again, for names that were left alone until now.
 *
 * @param patterns all of them, in order
 */
export function noteIgnored(
  journal: Journal,
  isIgnored: (name: string) => boolean,
  patterns: readonly string[],
): void {
  const key = JSON.stringify(patterns);
  if (journal.meta('ignored') === key) return;
  journal.transaction(() => {
    const { root } = journal.synced;
    if (root !== undefined) settleBelow(root.row, journal, isIgnored);
    journal.setMeta('ignored', key);
  });
}

function settleBelow(row: RowId, journal: Journal, isIgnored: (name: string) => boolean): void {
  const folder = journal.synced.get(row);
  if (folder?.kind !== 'folder') return;
  if (folder.etag !== '') journal.putEtag(folder, '');
  for (const child of journal.synced.children(row)) {
    if (isIgnored(child.localName) || isIgnored(child.remoteName)) journal.forget(child.row);
    else settleBelow(child.row, journal, isIgnored);
  }
}
