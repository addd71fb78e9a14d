import { RemoteFailure } from '../model/failures.ts';
import type { RemotePath } from '../model/paths.ts';
import { seenLocal } from '../reconcile/merge-node.ts';
import type { ItemOf } from '../reconcile/plan-item.ts';
import { commitFolder } from './commit.ts';
import { done, type Executor, postponed, type RunContext } from './context.ts';
import { localPathOf, remotePathAt } from './paths.ts';

/** Makes a folder on the server that this computer has. */
export const createRemote: Executor<ItemOf<'createRemote'>> = async ({ node }, context) => {
  const seen = seenLocal(node)?.entry ?? (await context.fileSystem.look(localPathOf(node, context)));
  if (seen?.kind !== 'folder') return postponed;
  const remote = await makeOrFind(remotePathAt(node, node.goal), context);
  if (remote === undefined) return postponed;
  node.remoteAt = node.goal;
  commitFolder(node, remote, seen, context);
  return done;
};

async function makeOrFind(
  path: RemotePath,
  context: RunContext,
): Promise<{ readonly id: string; readonly permissions: string } | undefined> {
  try {
    const { id } = await context.remote.createFolder(path, context.signal);
    if (id !== undefined) return { id, permissions: '' };
  } catch (error) {
    if (!(error instanceof RemoteFailure) || error.code !== 'exists') throw error;
  }
  const found = await context.remote.look(path, context.signal);
  return found?.kind === 'folder' ? found : undefined;
}
