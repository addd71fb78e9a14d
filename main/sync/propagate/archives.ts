import { type ObservedRemote, observedRemotePath } from '../model/observed-tree.ts';
import { seenRemote } from '../reconcile/merge-node.ts';
import type { ItemOf, PlanItem } from '../reconcile/plan-item.ts';

/** Larger files gain nothing by coming together, and an archive that breaks off is not gone on with. */
const largest = { file: 4 * 1024 * 1024, mean: 256 * 1024, archive: 200 * 1024 * 1024 } as const;
/** Bytes that may come in vain for each request that is saved. */
const worthOfRequest = 32 * 1024;

/** Bytes that may come in vain with an archive of so many files that are wanted. */
export function bearable(files: number): number {
  return files * worthOfRequest;
}

export type Download = ItemOf<'download'>;

/** A folder of the server that is to come as one archive, and the files of it that are wanted. */
export interface ArchivePlan {
  readonly folder: ObservedRemote;
  /** By their paths on the server below the folder. */
  readonly wanted: ReadonlyMap<string, Download>;
}

/** What a folder holds, with all below it. */
interface Contents {
  readonly wanted: readonly Download[];
  readonly wantedBytes: number;
  readonly bytes: number;
  /** Whether all of it was listed. */
  readonly isKnown: boolean;
}

/**
 * Chooses the folders whose new small files are to come as archives: a request for each costs more than its bytes.
 * The topmost ones, of which little else would have to come with them.
 *
 * @param root the server's folder as it was found
 * @param from least number of files
 */
export function chooseArchives(
  items: readonly PlanItem[],
  root: ObservedRemote,
  from: number,
): readonly ArchivePlan[] {
  const downloads = new Map<ObservedRemote, Download>();
  for (const item of items) {
    const seen = seenRemote(item.node);
    if (seen !== undefined && isFit(item)) downloads.set(seen, item);
  }
  if (downloads.size < from) return [];
  const contents = new Map<ObservedRemote, Contents>();
  lookInto(root, downloads, contents);
  return choose(root, contents, from);
}

/** One that was written to this very moment may come in another version than the one listed. */
function isFit(item: PlanItem): item is Download {
  return (
    item.action === 'download' &&
    item.over === undefined &&
    !item.remote.racy &&
    item.remote.size <= largest.file
  );
}

function lookInto(
  folder: ObservedRemote,
  downloads: ReadonlyMap<ObservedRemote, Download>,
  contents: Map<ObservedRemote, Contents>,
): Contents {
  const wanted: Download[] = [];
  let wantedBytes = 0;
  let bytes = 0;
  let isKnown = folder.listing === 'listed' && folder.held === undefined;
  for (const child of folder.children.values()) {
    if (child.entry.kind === 'folder') {
      const below = lookInto(child, downloads, contents);
      for (const download of below.wanted) wanted.push(download);
      wantedBytes += below.wantedBytes;
      bytes += below.bytes;
      isKnown &&= below.isKnown;
    } else {
      const download = downloads.get(child);
      if (download !== undefined) wanted.push(download);
      wantedBytes += download === undefined ? 0 : child.entry.size;
      bytes += child.entry.size;
    }
  }
  const found = { wanted, wantedBytes, bytes, isKnown };
  contents.set(folder, found);
  return found;
}

function choose(
  folder: ObservedRemote,
  contents: ReadonlyMap<ObservedRemote, Contents>,
  from: number,
): readonly ArchivePlan[] {
  const found = contents.get(folder);
  if (found === undefined || found.wanted.length < from) return [];
  if (isWorthIt(found)) return [toPlan(folder, found.wanted)];
  return [...folder.children.values()].flatMap((child) => choose(child, contents, from));
}

function isWorthIt({ wanted, wantedBytes, bytes, isKnown }: Contents): boolean {
  const inVain = bytes - wantedBytes;
  return (
    isKnown &&
    bytes <= largest.archive &&
    wantedBytes <= wanted.length * largest.mean &&
    inVain <= bearable(wanted.length)
  );
}

function toPlan(folder: ObservedRemote, files: readonly Download[]): ArchivePlan {
  const top = observedRemotePath(folder);
  const start = top === '' ? 0 : top.length + 1;
  const wanted = files.flatMap((item): [string, Download][] => {
    const seen = seenRemote(item.node);
    return seen === undefined ? [] : [[observedRemotePath(seen).slice(start), item]];
  });
  return { folder, wanted: new Map(wanted) };
}
