import type { FolderActivity, FolderNotice, SalonFolder } from '../../preload/contract/files.ts';
import type { KnownPair } from './files-state.ts';
import type { FolderReport } from './folder-report.ts';
import type { KeptFolder } from './kept-folders.ts';

/** What is known of a folder at this moment. */
export interface FolderFacts {
  readonly isSignedIn: boolean;
  /** The server says that it is not among the person's files. */
  readonly isGone: boolean;
  readonly isPaused: boolean;
  /** The server did not answer where it is. */
  readonly isUnreached: boolean;
  readonly known: KnownPair | undefined;
  /** Null while the engine does not have it open. */
  readonly report: FolderReport | null;
  readonly notices: FolderNotice[];
}

/** A folder as the page shows it. */
export function describeFolder({ id, kind, name }: KeptFolder, facts: FolderFacts): SalonFolder {
  const { known, report, notices } = facts;
  const settled = new Set(known?.settledCopies);
  return {
    salonId: id,
    kind,
    name,
    activity: activityOf(facts),
    fileCount: report?.totals.files ?? 0,
    byteCount: report?.totals.bytes ?? 0,
    lastChange: report?.lastChange ?? null,
    problems: report?.problems ?? [],
    conflicts: (report?.conflicts ?? []).filter(({ copyPath }) => !settled.has(copyPath)),
    notices,
    unwanted: known?.unwanted ?? [],
  };
}

function activityOf({ isSignedIn, isGone, isPaused, isUnreached, report }: FolderFacts): FolderActivity {
  if (!isSignedIn) return { state: 'signed-out' };
  if (isGone) return { state: 'gone' };
  if (isPaused) return { state: 'paused', reason: 'person' };
  if (report) return report.activity;
  return isUnreached ? { state: 'offline', why: 'network' } : { state: 'starting' };
}
