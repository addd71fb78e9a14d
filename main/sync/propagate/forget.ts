import type { Journal } from '../journal/journal.ts';
import { placeOf, saveUnseen } from '../journal/unseen.ts';
import type { SyncedFolder } from '../model/entries.ts';
import type { ItemOf } from '../reconcile/plan-item.ts';
import { done, type Executor } from './context.ts';

/** Gone on both sides: the journal forgets it. A folder that is not wanted here is remembered, should it come back. */
export const forget: Executor<ItemOf<'forget'>> = ({ node }, context) => {
  const { row } = node;
  if (row !== undefined) {
    context.journal.transaction(() => {
      if (row.kind === 'folder' && row.choice !== 'here') rememberUnseen(row, context.journal);
      context.journal.forget(row.row);
    });
  }
  return Promise.resolve(done);
};

function rememberUnseen(row: SyncedFolder, journal: Journal): void {
  // It may have gone with the folder above it already.
  if (journal.synced.get(row.row) === undefined) return;
  saveUnseen(journal, { path: placeOf(row, journal), remoteId: row.remoteId });
}
