import { ownName } from '../discover/own-names.ts';
import { savePartialDownload } from '../journal/transfers.ts';
import { LocalFailure, RemoteFailure, stopsRun } from '../model/failures.ts';
import type { ArchivedFile } from '../ports/remote.ts';
import { actual, goalPath, type MergeNode } from '../reconcile/merge-node.ts';
import type { ItemOf, PlanItem } from '../reconcile/plan-item.ts';
import type { RunContext } from './context.ts';
import { localFolderOf, remotePathOf } from './paths.ts';

/** Larger files gain nothing by coming together, and an archive that breaks off is not gone on with. */
const largestMean = 256 * 1024;
const largestArchive = 200 * 1024 * 1024;

/** What is remembered from run to run. */
export interface ArchiveMemory {
  /** The server gives no archives. */
  noArchives: boolean;
}

/**
 * Brings the many small files of new folders as one archive a folder: a request for each costs more than its bytes.
 * They come as downloads that are all here but for the check: length and checksum, and the place, are seen to by
 * the download itself. Whatever goes wrong, what is missing comes one by one.
 */
export async function prefetch(
  items: readonly PlanItem[],
  context: RunContext,
  memory: ArchiveMemory,
): Promise<void> {
  for (const [folder, files] of groupByNewFolder(items)) {
    if (memory.noArchives) return;
    if (!isWorthIt(files, context)) continue;
    try {
      await fetchArchive(folder, files, context, memory);
    } catch (error) {
      const isItsOwn = error instanceof LocalFailure || (error instanceof RemoteFailure && !stopsRun(error));
      if (!isItsOwn) throw error;
    }
  }
}

type Downloads = readonly ItemOf<'download'>[];

/** Files to download by the topmost folder above them that is new here. */
function groupByNewFolder(items: readonly PlanItem[]): ReadonlyMap<MergeNode, Downloads> {
  const made = new Set(items.flatMap(({ action, node }) => (action === 'createLocal' ? [node] : [])));
  const groups = new Map<MergeNode, ItemOf<'download'>[]>();
  for (const item of items) {
    // One that was written to this very moment may come in another version than the one listed.
    if (item.action !== 'download' || item.over !== undefined || item.remote.racy) continue;
    const top = topmost(item.node, made);
    if (top === undefined) continue;
    const group = groups.get(top);
    if (group === undefined) groups.set(top, [item]);
    else group.push(item);
  }
  return groups;
}

function topmost(node: MergeNode, made: ReadonlySet<MergeNode>): MergeNode | undefined {
  const place = node.remoteAt;
  const parent = place === undefined ? undefined : actual(place.parent);
  if (parent === undefined || !made.has(parent)) return undefined;
  return topmost(parent, made) ?? parent;
}

function isWorthIt(files: Downloads, { options }: RunContext): boolean {
  const bytes = files.reduce((sum, { remote }) => sum + remote.size, 0);
  return (
    files.length >= options.archiveFrom && bytes <= largestArchive && bytes / files.length <= largestMean
  );
}

async function fetchArchive(
  folder: MergeNode,
  files: Downloads,
  context: RunContext,
  memory: ArchiveMemory,
): Promise<void> {
  const top = remotePathOf(folder);
  const wanted = new Map(files.map((item) => [remotePathOf(item.node).slice(top.length + 1), item]));
  const archive = await context.remote.archive(top, context.signal);
  if (archive === undefined) {
    memory.noArchives = true;
    return;
  }
  for await (const file of archive) {
    const item = wanted.get(file.path);
    if (item !== undefined && file.size > 0 && file.size === item.remote.size)
      await keep(file, item, folder, context);
  }
}

/** Beside the new folder: on the same disk as what will be in it. */
async function keep(
  file: ArchivedFile,
  item: ItemOf<'download'>,
  folder: MergeNode,
  context: RunContext,
): Promise<void> {
  const { fileSystem, journal, random } = context;
  const path = goalPath(item.node);
  const temporary = fileSystem.join(localFolderOf(folder, context), ownName('in', random.hex(8)));
  savePartialDownload(journal, path, { temporary, etag: '', safe: 0 });
  const writer = await fileSystem.write(temporary, 0);
  try {
    for await (const chunk of file.content) await writer.write(chunk);
    // One whose checksum is stated is found out by it, should a power cut spoil it.
    if (item.remote.stated === '') await writer.flush();
  } finally {
    await writer.close();
  }
  savePartialDownload(journal, path, { temporary, etag: item.remote.etag, safe: file.size });
}
