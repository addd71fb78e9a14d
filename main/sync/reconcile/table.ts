/**
 * What to do with one node, by what happened to it on each side since both were last equal. Pure, total:
 * the compiler refuses a missing case. Read a row as "the server's side", a column as "this computer's".
 */

/** What became of a node that was in sync. `unknown`: this side could not be looked at, or is still changing. */
export type Change = 'same' | 'changed' | 'gone' | 'unknown';

/** A node that never was in sync. */
export type Novelty = 'absent' | 'new' | 'unknown';

export type FileFate =
  /** Equal on both sides; perhaps at another place. */
  | 'keep'
  | 'download'
  | 'upload'
  /** Both sides have a version of their own: equal content is no conflict, else both are kept. */
  | 'resolve'
  | 'removeLocal'
  | 'removeRemote'
  /** Gone on both sides. */
  | 'forget'
  /** Nothing is done, and nothing is concluded, in this run. */
  | 'wait';

export type FolderFate = 'keep' | 'create' | 'removeLocal' | 'removeRemote' | 'forget' | 'wait';

/** Files that were in sync. A deletion never beats an edit. */
export const knownFile: Record<Change, Record<Change, FileFate>> = {
  //          here:  same                 changed            gone                    unknown
  same: { same: 'keep', changed: 'upload', gone: 'removeRemote', unknown: 'wait' },
  changed: { same: 'download', changed: 'resolve', gone: 'download', unknown: 'wait' },
  gone: { same: 'removeLocal', changed: 'upload', gone: 'forget', unknown: 'wait' },
  unknown: { same: 'wait', changed: 'wait', gone: 'wait', unknown: 'wait' },
};

/** Files that one side or both have and the journal has not. */
export const newFile: Record<Novelty, Record<Novelty, FileFate>> = {
  absent: { absent: 'forget', new: 'upload', unknown: 'wait' },
  new: { absent: 'download', new: 'resolve', unknown: 'wait' },
  unknown: { absent: 'wait', new: 'wait', unknown: 'wait' },
};

/**
 * Folders that were in sync: `same` is "there". A removal is only a wish: the folder stays, and comes back on
 * the other side, when anything in it stays (`existence.ts`).
 */
export const knownFolder: Record<
  Exclude<Change, 'changed'>,
  Record<Exclude<Change, 'changed'>, FolderFate>
> = {
  same: { same: 'keep', gone: 'removeRemote', unknown: 'wait' },
  gone: { same: 'removeLocal', gone: 'forget', unknown: 'wait' },
  unknown: { same: 'wait', gone: 'wait', unknown: 'wait' },
};

/** Folders that one side or both have and the journal has not. */
export const newFolder: Record<Novelty, Record<Novelty, FolderFate>> = {
  absent: { absent: 'forget', new: 'create', unknown: 'wait' },
  new: { absent: 'create', new: 'create', unknown: 'wait' },
  unknown: { absent: 'wait', new: 'wait', unknown: 'wait' },
};
