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
  /** Gone on both sides, or from a folder that leaves this computer. */
  | 'forget'
  /** Not wanted here any more: goes from this computer, and stays on the server. */
  | 'evict'
  /** Not wanted here, and not here: stays on the server. */
  | 'leaveThere'
  /** Nothing is done, and nothing is concluded, in this run. */
  | 'wait';

export type FolderFate =
  | 'keep'
  | 'create'
  | 'removeLocal'
  | 'removeRemote'
  | 'forget'
  | 'evict'
  | 'leaveThere'
  /** Not wanted here, and none of it here: its name stays the server's. */
  | 'stayAway'
  | 'wait';

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

/**
 * Files in a folder that leaves this computer, and that nobody moves. What the server has not yet goes up first.
 * What is missing here has left, or a person took it away in a folder that nobody wants here: it is never removed
 * on the server.
 */
export const leavingFile: Record<Change, Record<Change, FileFate>> = {
  //          here:  same                changed              gone              unknown
  same: { same: 'evict', changed: 'upload', gone: 'forget', unknown: 'wait' },
  changed: { same: 'evict', changed: 'resolve', gone: 'forget', unknown: 'wait' },
  gone: { same: 'removeLocal', changed: 'upload', gone: 'forget', unknown: 'wait' },
  unknown: { same: 'wait', changed: 'wait', gone: 'forget', unknown: 'wait' },
};

/** Files in a folder that leaves, which the journal has not. */
export const leavingNewFile: Record<Novelty, Record<Novelty, FileFate>> = {
  absent: { absent: 'forget', new: 'upload', unknown: 'wait' },
  new: { absent: 'leaveThere', new: 'resolve', unknown: 'wait' },
  unknown: { absent: 'leaveThere', new: 'wait', unknown: 'wait' },
};

/** Folders in a folder that leaves. Going is only a wish: one stays as long as anything in it stays. */
export const leavingFolder: Record<
  Exclude<Change, 'changed'>,
  Record<Exclude<Change, 'changed'>, FolderFate>
> = {
  same: { same: 'evict', gone: 'forget', unknown: 'wait' },
  gone: { same: 'removeLocal', gone: 'forget', unknown: 'wait' },
  unknown: { same: 'wait', gone: 'forget', unknown: 'wait' },
};

/** Folders in a folder that leaves, which the journal has not. */
export const leavingNewFolder: Record<Novelty, Record<Novelty, FolderFate>> = {
  absent: { absent: 'forget', new: 'create', unknown: 'wait' },
  new: { absent: 'leaveThere', new: 'create', unknown: 'wait' },
  unknown: { absent: 'leaveThere', new: 'wait', unknown: 'wait' },
};

/**
 * What has come to a name that is left alone, or is in a folder that has: `same` is "there". Both sides have it under that
 * name, if both have it, and nothing else is done to it.
 */
export const leftAlone: Record<
  Exclude<Change, 'changed'>,
  Record<Exclude<Change, 'changed'>, 'keep' | 'forget' | 'wait'>
> = {
  same: { same: 'keep', gone: 'forget', unknown: 'wait' },
  gone: { same: 'forget', gone: 'forget', unknown: 'wait' },
  unknown: { same: 'wait', gone: 'wait', unknown: 'wait' },
};

/** The very folder that is not wanted here, when nothing of it is here, by what the server says. */
export const unwantedFolder: Record<Exclude<Change, 'changed'>, FolderFate> = {
  same: 'stayAway',
  gone: 'forget',
  unknown: 'wait',
};
