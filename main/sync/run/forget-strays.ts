import { rememberUnwanted } from '../journal/unseen.ts';
import type { LocalEntry, RemoteEntry } from '../model/entries.ts';
import type { Observed } from '../model/observed-tree.ts';
import type { RunContext } from '../propagate/context.ts';

/**
 * Forgets what is in sync under a name that is left alone, where a rename brought it: from now on both sides keep it as
 * they have it. One that could not be moved on the other side is tried again.
 */
export function forgetStrays(
  strays: readonly Observed<LocalEntry | RemoteEntry>[],
  { journal, ignoredBy }: Pick<RunContext, 'journal' | 'ignoredBy'>,
): void {
  if (strays.length === 0) return;
  journal.transaction(() => {
    for (const { claimed } of strays) {
      const row = claimed === undefined ? undefined : journal.synced.get(claimed.row);
      const folder = row === undefined ? undefined : journal.synced.get(row.parent);
      if (row === undefined || folder === undefined) continue;
      if (ignoredBy(journal.synced.path(folder), row.name, row.kind) === undefined) continue;
      rememberUnwanted(row, journal);
      journal.forget(row.row);
    }
  });
}
