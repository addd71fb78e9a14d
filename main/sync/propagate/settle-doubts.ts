import type { RemoteEntry } from '../model/entries.ts';
import { RemoteFailure, stopsRun } from '../model/failures.ts';
import { type ObservedRemote, observedRemotePath } from '../model/observed-tree.ts';
import { type MergeNode, seenRemote } from '../reconcile/merge-node.ts';
import type { RunContext } from './context.ts';

/**
 * Files of an archive are as they were when the server read them, which nothing in it tells: somebody may have given
 * two of one length each other's names since they were listed. They are taken over as doubtful, as what was written a
 * moment ago is, and one look at the folder, after they came, shows that it is the one that was listed. In one that
 * has changed, files and folders that are as they were listed are told from the others; those stay doubtful, and the
 * next pass compares them.
 *
 * @param top the folder whose archive they came with
 */
export async function settleDoubts(
  top: ObservedRemote,
  doubtful: readonly MergeNode[],
  context: RunContext,
): Promise<void> {
  const unchanged = new Set(await findUnchanged(top, context));
  context.journal.transaction(() => {
    for (const node of doubtful) {
      if (node.row?.kind === 'file' && isAmong(seenRemote(node), unchanged))
        node.row = context.journal.put({ ...node.row, racy: false }, node.row.row);
    }
  });
}

/** What is as it was listed: folders with all below them, and files. */
async function findUnchanged(
  top: ObservedRemote,
  { remote, signal }: RunContext,
): Promise<readonly ObservedRemote[]> {
  try {
    const now = await remote.look(observedRemotePath(top), signal);
    return isAsListed(top, now) ? [top] : await lookInto(top, { remote, signal });
  } catch (error) {
    if (error instanceof RemoteFailure && !stopsRun(error)) return [];
    throw error;
  }
}

async function lookInto(
  folder: ObservedRemote,
  context: Pick<RunContext, 'remote' | 'signal'>,
): Promise<readonly ObservedRemote[]> {
  const { children } = await context.remote.list(observedRemotePath(folder), context.signal);
  const found = new Map<string, RemoteEntry>(children.map(({ name, entry }) => [name, entry]));
  const unchanged: ObservedRemote[] = [];
  for (const child of folder.children.values()) {
    const now = found.get(child.spelled);
    if (isAsListed(child, now)) unchanged.push(child);
    else if (child.entry.kind === 'folder' && now?.id === child.entry.id)
      unchanged.push(...(await lookInto(child, context)));
  }
  return unchanged;
}

function isAsListed(
  { entry, listedEtag = entry.etag }: ObservedRemote,
  now: RemoteEntry | undefined,
): boolean {
  if (now === undefined || now.kind !== entry.kind || now.id !== entry.id || now.etag !== listedEtag)
    return false;
  return now.kind === 'folder' || entry.kind === 'folder' || now.stated === entry.stated;
}

function isAmong(seen: ObservedRemote | undefined, unchanged: ReadonlySet<ObservedRemote>): boolean {
  for (let node = seen; node !== undefined; node = node.parent) if (unchanged.has(node)) return true;
  return false;
}
