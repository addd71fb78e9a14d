import type { SalonFolder } from '../../preload/contract/files.ts';

/** What all folders do together. */
export interface Activity {
  readonly filesLeft: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly bytesPerSecond: number;
  /** The longest of them, null when one does not know. */
  readonly secondsLeft: number | null;
}

/** Adds up the folders that are being synced. */
export function activityOf(folders: readonly SalonFolder[]): Activity {
  const nothing: Activity = { filesLeft: 0, bytesDone: 0, bytesTotal: 0, bytesPerSecond: 0, secondsLeft: 0 };
  return folders.reduce((sum, { activity }) => {
    if (activity.state !== 'syncing') return sum;
    const known = sum.secondsLeft !== null && activity.secondsLeft !== null;
    return {
      filesLeft: sum.filesLeft + activity.filesLeft,
      bytesDone: sum.bytesDone + activity.bytesDone,
      bytesTotal: sum.bytesTotal + activity.bytesTotal,
      bytesPerSecond: sum.bytesPerSecond + activity.bytesPerSecond,
      secondsLeft: known ? Math.max(sum.secondsLeft ?? 0, activity.secondsLeft ?? 0) : null,
    };
  }, nothing);
}
