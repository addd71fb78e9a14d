import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import type { DownloadProblem } from '../../preload/contract/downloads.ts';

/** What tells why a download broke off: Chromium says only that it did. */
export interface BrokenFacts {
  /** Bytes that its disk has left; null: not known. */
  readonly free: number | null;
  /** Bytes that had not come yet; null: not known. */
  readonly missing: number | null;
  readonly mayWrite: boolean;
  readonly isOnline: boolean;
}

/** A disk with less counts as full for whatever size. */
const FULL_BELOW = 1_000_000;

/** The most likely reason. */
export function whyBroken({ free, missing, mayWrite, isOnline }: BrokenFacts): DownloadProblem {
  if (free !== null && free < Math.max(missing ?? 0, FULL_BELOW)) return 'disk-full';
  if (!mayWrite) return 'no-rights';
  return isOnline ? 'broken-off' : 'offline';
}

/** How a folder stands that something could not be written to. */
export async function factsOf(folder: string): Promise<Pick<BrokenFacts, 'free' | 'mayWrite'>> {
  const [free, mayWrite] = await Promise.all([
    statfs(folder).then(
      ({ bavail, bsize }) => bavail * bsize,
      () => null,
    ),
    access(folder, constants.W_OK).then(
      () => true,
      () => false,
    ),
  ]);
  return { free, mayWrite };
}
