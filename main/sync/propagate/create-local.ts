import type { LocalFolder } from '../model/entries.ts';
import { LocalFailure } from '../model/failures.ts';
import type { LocalPath } from '../model/paths.ts';
import { seenRemote } from '../reconcile/merge-node.ts';
import type { ItemOf } from '../reconcile/plan-item.ts';
import { commitFolder } from './commit.ts';
import { done, type Executor, postponed, type RunContext } from './context.ts';
import { localPathAt } from './paths.ts';

/** Makes a folder here that the server has. */
export const createLocal: Executor<ItemOf<'createLocal'>> = async ({ node }, context) => {
  const folder = await makeOrFind(localPathAt(node, node.goal, context), context);
  if (folder === undefined) return postponed;
  node.localAt = node.goal;
  const { remoteId = '', permissions = '' } = node.row ?? {};
  const seen = seenRemote(node)?.entry;
  commitFolder(node, seen ?? { id: remoteId, permissions }, folder, context);
  return done;
};

async function makeOrFind(path: LocalPath, context: RunContext): Promise<LocalFolder | undefined> {
  try {
    return await context.fileSystem.makeFolder(path);
  } catch (error) {
    if (!(error instanceof LocalFailure) || error.code !== 'exists') throw error;
    const found = await context.fileSystem.look(path);
    return found?.kind === 'folder' ? found : undefined;
  }
}
