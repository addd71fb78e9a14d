import { localFileOf } from '../reconcile/emit.ts';
import type { ItemOf } from '../reconcile/plan-item.ts';
import { commitPlace } from './commit.ts';
import { done, type Executor } from './context.ts';
import { isUnchanged } from './move-local.ts';
import { remotePathAt, remotePathOf } from './paths.ts';

/** Renames on the server, as was done here. */
export const moveRemote: Executor<ItemOf<'moveRemote'>> = async ({ node, to }, context) => {
  await context.remote.move(remotePathOf(node), remotePathAt(node, to), context.signal);
  node.remoteAt = to;
  commitPlace(node, isUnchanged(node) ? (node.localLook ?? localFileOf(node)) : undefined, context);
  return done;
};
