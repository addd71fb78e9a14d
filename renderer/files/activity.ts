import type { SalonFolder } from '../../preload/contract/files.ts';

/** What all folders do together. */
export interface Activity {
  readonly filesLeft: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly bytesPerSecond: number;
  /** At the speed of now; null while nothing flows. */
  readonly secondsLeft: number | null;
}

/** Adds up the folders that are being synced: they share one line, so what is left of all flows at the speed of all. */
export function activityOf(folders: readonly SalonFolder[]): Activity {
  const sum = { filesLeft: 0, bytesDone: 0, bytesTotal: 0, bytesPerSecond: 0 };
  for (const { activity } of folders) {
    if (activity.state !== 'syncing') continue;
    sum.filesLeft += activity.filesLeft;
    sum.bytesDone += activity.bytesDone;
    sum.bytesTotal += activity.bytesTotal;
    sum.bytesPerSecond += activity.bytesPerSecond;
  }
  const left = sum.bytesTotal - sum.bytesDone;
  return { ...sum, secondsLeft: sum.bytesPerSecond > 0 ? left / sum.bytesPerSecond : null };
}

/** Bytes of a folder, as far as they are known: counted when it is here, and told by what is to come before. */
export type KnownSize =
  | { readonly is: 'counted'; readonly files: number; readonly bytes: number }
  /** It comes for the first time. */
  | { readonly is: 'coming'; readonly bytes: number }
  /** Nobody knows yet. */
  | { readonly is: 'unknown' }
  /** Nothing of it is kept here. */
  | { readonly is: 'online-only' };

/** What is known of a folder's size now. */
export function sizeOf({ unwanted, fileCount, byteCount, activity }: SalonFolder): KnownSize {
  if (unwanted.includes('')) return { is: 'online-only' };
  if (fileCount > 0 || COUNTED.has(activity.state))
    return { is: 'counted', files: fileCount, bytes: byteCount };
  if (activity.state === 'syncing' && activity.bytesTotal > 0)
    return { is: 'coming', bytes: activity.bytesTotal };
  return { is: 'unknown' };
}

/** A folder without files is one only when nothing is about to come. */
const COUNTED: ReadonlySet<SalonFolder['activity']['state']> = new Set(['up-to-date', 'gone']);
