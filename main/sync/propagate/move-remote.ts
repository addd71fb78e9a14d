import { localFileOf } from '../reconcile/emit.ts';
import type { ItemOf } from '../reconcile/plan-item.ts';
import { commitPlace } from './commit.ts';
import { done, type Executor } from './context.ts';
import { localPathOf, remotePathAt, remotePathOf } from './paths.ts';

/** Renames on the server, as was done here. */
export const moveRemote: Executor<ItemOf<'moveRemote'>> = async ({ node, to }, context) => {
  await context.remote.move(remotePathOf(node), remotePathAt(node, to), context.signal);
  node.remoteAt = to;
  const here = await context.fileSystem.look(localPathOf(node, context));
  commitPlace(node, here?.kind === 'file' ? here : localFileOf(node), context);
  return done;
};
