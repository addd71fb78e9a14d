import type { Conflict, NoticeCode, PairOptions } from '../api.ts';
import type { Ignoring } from '../discover/ignore.ts';
import type { Journal } from '../journal/journal.ts';
import type { LocalPath, RemoteName, SyncPath } from '../model/paths.ts';
import type { Clock } from '../ports/clock.ts';
import type { FileSystem, Trash } from '../ports/file-system.ts';
import type { Random } from '../ports/random.ts';
import type { Remote } from '../ports/remote.ts';
import type { MergeNode } from '../reconcile/merge-node.ts';
import type { Leaving } from './leaving.ts';

/** Told of everything that executors do. */
export interface Reporter {
  /** Bytes moved for a path since the last call. */
  moved(path: SyncPath, bytes: number): void;
  /** Bytes that need not be moved again, or no longer count. */
  skipped(path: SyncPath, bytes: number): void;
  conflict(conflict: Conflict): void;
  /** `count`: how many it speaks of, with that one. */
  notice(code: NoticeCode, path: SyncPath, count?: number): void;
}

/** Everything an executor works with. */
export interface RunContext {
  readonly fileSystem: FileSystem;
  readonly remote: Remote;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly random: Random;
  readonly trash: Trash;
  /** The pair's folder on this disk, symbolic links resolved. */
  readonly root: LocalPath;
  readonly options: PairOptions;
  readonly reporter: Reporter;
  /** The words in the name of this computer's version of a file, set aside. */
  readonly labelFor: (path: SyncPath) => Promise<string>;
  readonly signal: AbortSignal;
  readonly ignoredBy: Ignoring;
  /** Folders that this pass made on the server, where nobody had one of that name, and the names of those in each. */
  readonly madeThere: Map<MergeNode, Set<RemoteName>>;
  readonly leaving: Leaving;
}

/** How an item ended. A failure is thrown instead. */
export type Outcome =
  | { readonly kind: 'done' }
  /** Something is no longer as the plan believed: look again and plan anew. */
  | { readonly kind: 'postponed' };

export const done: Outcome = { kind: 'done' };
export const postponed: Outcome = { kind: 'postponed' };

/**
 * Whether the server's version was taken over in the second of its writing and not listed since: another one may have
 * taken its place under the same etag (recorded: 03/01 to 03/03), which no condition protects. To be listed first.
 */
export function isUnlistedSince({ remote, row }: MergeNode): boolean {
  return remote.kind === 'implicit' && row?.kind === 'file' && row.racy;
}

/** One executor an action. */
export type Executor<Item> = (item: Item, context: RunContext) => Promise<Outcome>;
