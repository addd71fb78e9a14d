import { rememberUnwanted } from '../journal/unseen.ts';
import type { ItemOf } from '../reconcile/plan-item.ts';
import { done, type Executor } from './context.ts';

/** Gone on both sides: the journal forgets it. A folder that is not wanted here is remembered, should it come back. */
export const forget: Executor<ItemOf<'forget'>> = ({ node }, { journal }) => {
  const { row } = node;
  if (row !== undefined) {
    journal.transaction(() => {
      // It may have gone with the folder above it already.
      if (journal.synced.get(row.row) !== undefined) rememberUnwanted(row, journal);
      journal.forget(row.row);
    });
  }
  return Promise.resolve(done);
};
