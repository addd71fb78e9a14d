import { states } from '../model/entries.ts';
import { RemoteFailure, stopsRun } from '../model/failures.ts';
import { type ObservedRemote, observedRemotePath } from '../model/observed-tree.ts';
import type { ArchivedFile } from '../ports/remote.ts';
import type { MergeNode } from '../reconcile/merge-node.ts';
import { type ArchivePlan, bearable, type Download } from './archives.ts';
import type { RunContext } from './context.ts';
import type { BatchListener } from './schedule.ts';
import { settleDoubts } from './settle-doubts.ts';
import { type Arrived, putArrived, receive } from './small-files.ts';

/** Files, and bytes, that are put in their places together. */
const most = { files: 64, bytes: 4 * 1024 * 1024 } as const;
/** Files that may be doubtful at a time: after a crash each of them is to be had once more. */
const mostDoubtful = 512;

/** What is remembered from run to run. */
export interface ArchiveMemory {
  /** The server gives no archives. */
  noArchives: boolean;
}

/**
 * Brings the small files of a folder as one archive. Whatever goes wrong with it, or with one of them, what is
 * missing is to come one by one; only failures of the server as a whole are thrown.
 *
 * @returns the files that are in their places
 */
export async function unpack(
  plan: ArchivePlan,
  context: RunContext,
  memory: ArchiveMemory,
  listener: BatchListener,
): Promise<ReadonlySet<Download>> {
  const shelf = new Shelf(plan.folder, context, listener);
  if (memory.noArchives) return shelf.done;
  let failure: unknown;
  try {
    const archive = await context.remote.archive(observedRemotePath(plan.folder), context.signal);
    if (archive === undefined) memory.noArchives = true;
    else await takeAll(archive, plan, shelf);
  } catch (error) {
    if (!(error instanceof RemoteFailure)) throw error;
    failure = error;
  }
  await shelf.clear();
  if (failure instanceof RemoteFailure && stopsRun(failure)) throw failure;
  await shelf.settle();
  return shelf.done;
}

async function takeAll(archive: AsyncIterable<ArchivedFile>, plan: ArchivePlan, shelf: Shelf): Promise<void> {
  const wanted = new Map(plan.wanted);
  let inVain = 0;
  for await (const file of archive) {
    const item = wanted.get(file.path);
    if (item === undefined || file.size !== item.remote.size) {
      inVain += file.size;
      // What is ignored here, or new there, was not reckoned with: the rest comes faster without it.
      if (inVain > bearable(plan.wanted.size)) return;
      continue;
    }
    wanted.delete(file.path);
    await shelf.take(item, file);
  }
}

/** Where files that arrived stand until there are enough of them to be put in their places. */
class Shelf {
  readonly done = new Set<Download>();
  readonly #top: ObservedRemote;
  readonly #context: RunContext;
  readonly #listener: BatchListener;
  #items: Download[] = [];
  #arrived: Arrived[] = [];
  #bytes = 0;
  #doubtful: MergeNode[] = [];

  constructor(top: ObservedRemote, context: RunContext, listener: BatchListener) {
    this.#top = top;
    this.#context = context;
    this.#listener = listener;
  }

  async take(item: Download, { content }: ArchivedFile): Promise<void> {
    this.#listener.started(item);
    try {
      this.#arrived.push(doubted(await receive(content, item.node, item.remote, this.#context)));
    } catch (error) {
      this.#listener.ended(item, false);
      if (error instanceof RemoteFailure && error.code === 'checksumMismatch') return;
      throw error;
    }
    this.#items.push(item);
    this.#bytes += item.remote.size;
    if (this.#items.length >= most.files || this.#bytes >= most.bytes) await this.clear();
    if (this.#doubtful.length >= mostDoubtful) await this.settle();
  }

  /** Puts everything in its place. */
  async clear(): Promise<void> {
    const items = this.#items;
    const arrived = this.#arrived;
    this.#items = [];
    this.#arrived = [];
    this.#bytes = 0;
    const failures = arrived.length === 0 ? [] : await putArrived(arrived, this.#context);
    for (const [index, item] of items.entries()) {
      const isDone = failures[index] === undefined;
      if (isDone) this.done.add(item);
      if (isDone && isDoubtful(item.node)) this.#doubtful.push(item.node);
      this.#listener.ended(item, isDone);
    }
  }

  /** Finds out which of those that are in their places are the versions that were listed. */
  async settle(): Promise<void> {
    const doubtful = this.#doubtful;
    this.#doubtful = [];
    if (doubtful.length > 0) await settleDoubts(this.#top, doubtful, this.#context);
  }
}

/** Of one whose checksum is not stated it is not known that it is the version that was listed. */
function doubted(arrived: Arrived): Arrived {
  const { remote, checksum } = arrived;
  return states(remote.stated, checksum) ? arrived : { ...arrived, remote: { ...remote, racy: true } };
}

function isDoubtful({ row }: MergeNode): boolean {
  return row?.kind === 'file' && row.racy;
}
