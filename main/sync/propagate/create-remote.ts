import { forgetUnseen } from '../journal/unseen.ts';
import { RemoteFailure } from '../model/failures.ts';
import { remoteName } from '../model/paths.ts';
import { actual, goalPath, type MergeNode, seenLocal } from '../reconcile/merge-node.ts';
import type { ItemOf } from '../reconcile/plan-item.ts';
import { commitFolder } from './commit.ts';
import { done, type Executor, postponed, type RunContext } from './context.ts';
import { localPathOf, remotePathAt } from './paths.ts';

/** Makes a folder on the server that this computer has. */
export const createRemote: Executor<ItemOf<'createRemote'>> = async ({ node }, context) => {
  const seen = seenLocal(node)?.entry ?? (await context.fileSystem.look(localPathOf(node, context)));
  if (seen?.kind !== 'folder') return postponed;
  const remote = await makeOrFind(node, context);
  if (remote === undefined) return postponed;
  node.remoteAt = node.goal;
  commitFolder(node, remote, seen, context);
  // Whoever makes a folder here wants it here.
  forgetUnseen(context.journal, goalPath(node));
  return done;
};

interface MadeFolder {
  readonly id: string;
  readonly permissions: string;
}

async function makeOrFind(node: MergeNode, context: RunContext): Promise<MadeFolder | undefined> {
  const { remote, madeThere, signal } = context;
  const path = remotePathAt(node, node.goal);
  const siblings = node.goal && madeThere.get(actual(node.goal.parent));
  const name = remoteName(path.slice(path.lastIndexOf('/') + 1));
  try {
    // Whoever looks there while it is being made is to know that it is ours.
    siblings?.add(name);
    const { id } = await remote.createFolder(path, signal);
    madeThere.set(node, new Set());
    if (id !== undefined) return { id, permissions: '' };
  } catch (error) {
    siblings?.delete(name);
    if (!(error instanceof RemoteFailure) || error.code !== 'exists') throw error;
  }
  const found = await remote.look(path, signal);
  return found?.kind === 'folder' ? found : undefined;
}
