import type { ItemOf } from '../reconcile/plan-item.ts';
import { done, type Executor } from './context.ts';

/** Gone on both sides: the journal forgets it. */
export const forget: Executor<ItemOf<'forget'>> = ({ node }, context) => {
  const { row } = node;
  if (row !== undefined) context.journal.transaction(() => context.journal.forget(row.row));
  return Promise.resolve(done);
};
