import type { FilesOverview, FolderActivity } from '../../preload/contract/files.ts';

/** How all folders are, in one word for a small icon, with what a person should know first. */
export interface FilesSummary {
  readonly state: 'none' | 'up-to-date' | 'syncing' | 'paused' | 'needs-you' | 'offline';
  /** Files that could not be synced. */
  readonly problems: number;
  /** Files in two versions, and folders that ask before they delete. */
  readonly decisions: number;
  /** When a pause ends by itself; null for one that does not, and without one. */
  readonly pausedUntil: number | null;
  readonly paused: boolean;
}

type State = FolderActivity['state'];

const WAITING: ReadonlySet<State> = new Set(['offline', 'maintenance']);
const STOPPED: ReadonlySet<State> = new Set(['failed', 'signed-out']);
const BUSY: ReadonlySet<State> = new Set(['syncing', 'starting']);

/**
 * Sums up the overview. What needs the person comes before what goes on; a look at the folders that finds nothing
 * (`scanning`) is no news, or the icon would blink all day.
 */
export function summaryOf(overview: FilesOverview | null): FilesSummary {
  const folders = overview?.folders ?? [];
  const problems = folders.reduce((sum, folder) => sum + folder.problems.length, 0);
  const guarded = folders.filter(({ activity }) => activity.state === 'guarded').length;
  const decisions = folders.reduce((sum, folder) => sum + folder.conflicts.length, guarded);
  const { paused = false, pausedUntil = null } = overview ?? {};
  const states = folders.map(({ activity }) => activity.state);
  return { state: stateOf(overview, states, problems + decisions), problems, decisions, paused, pausedUntil };
}

/** The folders of all accounts as if they were one's: what one of them needs is not hidden behind another. */
export function overviewOfAll(overviews: readonly FilesOverview[]): FilesOverview | null {
  const placed = overviews.filter(({ place }) => place !== null);
  const [first] = placed.length > 0 ? placed : overviews;
  if (!first) return null;
  return {
    ...first,
    paused: placed.length > 0 && placed.every(({ paused }) => paused),
    folders: placed.flatMap(({ folders }) => folders),
  };
}

function stateOf(
  overview: FilesOverview | null,
  states: readonly State[],
  waiting: number,
): FilesSummary['state'] {
  if (!overview || overview.place === null || states.length === 0) return 'none';
  if (overview.paused) return 'paused';
  if (waiting > 0 || states.some((state) => STOPPED.has(state))) return 'needs-you';
  if (states.every((state) => state === 'paused')) return 'paused';
  if (states.some((state) => WAITING.has(state))) return 'offline';
  return states.some((state) => BUSY.has(state)) ? 'syncing' : 'up-to-date';
}
