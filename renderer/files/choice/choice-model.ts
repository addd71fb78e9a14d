/** Which folders of a salon are not wanted on this PC: paths, none below another. `''` is the salon's own. */
export type Unwanted = readonly string[];

/** Whether all of a folder is wanted, none of it, or a part. */
export type Share = 'all' | 'some' | 'none';

/** Paths of the folders directly in a folder, as far as they were asked for. */
export type FoldersIn = (path: string) => readonly string[];

/** How much of a folder is wanted. */
export function shareOf(path: string, unwanted: Unwanted): Share {
  if (unwanted.some((folder) => isWithin(path, folder))) return 'none';
  return unwanted.some((folder) => isWithin(folder, path)) ? 'some' : 'all';
}

/** The folder is not wanted any more, with all below it. */
export function turnAway(path: string, unwanted: Unwanted): Unwanted {
  if (shareOf(path, unwanted) === 'none') return unwanted;
  return [...unwanted.filter((folder) => !isWithin(folder, path)), path].toSorted();
}

/**
 * The folder is wanted again, with all below it. When one above it was not wanted, the others in that one stay away.
 */
export function takeBack(path: string, unwanted: Unwanted, foldersIn: FoldersIn): Unwanted {
  const above = unwanted.find((folder) => folder !== path && isWithin(path, folder));
  const rest = unwanted.filter((folder) => folder !== above && !isWithin(folder, path));
  if (above === undefined) return rest;
  return [...rest, ...beside(above, path, foldersIn)].toSorted();
}

/** The folders that are not wanted and were, the topmost of each. */
export function leaving(before: Unwanted, after: Unwanted): Unwanted {
  return after.filter((path) => shareOf(path, before) !== 'none');
}

/** Whether a path is a folder's or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** The folders of `above` that are not on the way to `path`. */
function beside(above: string, path: string, foldersIn: FoldersIn): string[] {
  return foldersIn(above).flatMap((folder) => {
    if (folder === path) return [];
    return isWithin(path, folder) ? beside(folder, path, foldersIn) : [folder];
  });
}
