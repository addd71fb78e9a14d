import type { LocalFile, RemoteFile } from '../model/entries.ts';
import type { MergeNode, Place } from './merge-node.ts';

interface ItemBase {
  readonly node: MergeNode;
  /** Items that must have succeeded before this one starts. */
  readonly needs: Set<PlanItem>;
}

/** One step of a plan. Each kind has one executor in `propagate/`. */
export type PlanItem =
  | (ItemBase & { readonly action: 'createLocal' })
  | (ItemBase & { readonly action: 'createRemote' })
  | (ItemBase & { readonly action: 'moveLocal'; readonly to: Place })
  | (ItemBase & { readonly action: 'moveRemote'; readonly to: Place })
  | (ItemBase & {
      readonly action: 'download';
      readonly remote: RemoteFile;
      /** The version on this disk that it replaces. */
      readonly over: LocalFile | undefined;
    })
  | (ItemBase & {
      readonly action: 'upload';
      readonly local: LocalFile;
      /** The version on the server that it replaces. */
      readonly over: { readonly etag: string } | undefined;
    })
  /** Both sides have a file: compares, then takes note or keeps both. */
  | (ItemBase & { readonly action: 'resolve'; readonly remote: RemoteFile; readonly local: LocalFile })
  /** Both sides are equal already: the journal takes note. */
  | (ItemBase & { readonly action: 'adopt' })
  | (ItemBase & { readonly action: 'removeLocal' })
  | (ItemBase & { readonly action: 'removeRemote' })
  /** Goes from this computer; the server keeps it. */
  | (ItemBase & { readonly action: 'evict' })
  /** A folder that is not wanted here is on the server alone: the journal takes note. */
  | (ItemBase & { readonly action: 'turnAway' })
  /** Gone on both sides: the journal takes note. */
  | (ItemBase & { readonly action: 'forget' });

export type ItemOf<Action extends PlanItem['action']> = Extract<PlanItem, { readonly action: Action }>;

/** What a run is going to do. */
export interface Plan {
  /** Parents before children. */
  readonly items: readonly PlanItem[];
  /** Nodes left as they are for now, because nothing can be concluded about them. */
  readonly waiting: readonly MergeNode[];
}
