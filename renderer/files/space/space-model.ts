import type { SalonFolder } from '../../../preload/contract/files.ts';
import type { Freeable } from '../../../preload/contract/folder-sizes.ts';
import { turnAway, type Unwanted } from '../choice/choice-model.ts';

/** A folder on this PC that could be online only. */
export type FreeableFolder = Freeable['folders'][number];

/** Names a folder among those of all salons. */
export function keyOf({ salonId, path }: FreeableFolder): string {
  return `${salonId} ${path}`;
}

/** Bytes that are free once these folders left. */
export function bytesOf(folders: readonly FreeableFolder[]): number {
  return folders.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** For each salon with one of these folders: all its folders that are not wanted on this PC then. */
export function unwantedAfter(
  leaving: readonly FreeableFolder[],
  folders: readonly Pick<SalonFolder, 'salonId' | 'unwanted'>[],
): ReadonlyMap<string, Unwanted> {
  const after = new Map<string, Unwanted>();
  for (const { salonId, path } of leaving) {
    const before = after.get(salonId) ?? folders.find((each) => each.salonId === salonId)?.unwanted;
    if (before) after.set(salonId, turnAway(path, before));
  }
  return after;
}
