import type { PairOptions } from '../api.ts';
import type { Journal } from '../journal/journal.ts';
import type { LocalPath } from '../model/paths.ts';
import type { Clock } from '../ports/clock.ts';
import type { FileSystem, Trash } from '../ports/file-system.ts';
import type { Random } from '../ports/random.ts';
import type { Remote } from '../ports/remote.ts';
import type { Room } from '../ports/room.ts';
import type { Reporter, RunContext } from '../propagate/context.ts';
import type { Deletions } from '../reconcile/guard.ts';
import type { Meter } from './meter.ts';
import type { ProblemBook } from './problem-book.ts';
import type { Limits, Tally } from './propagation.ts';
import type { RootPlace } from './root-place.ts';

/** All that the passes of a run work on and share. */
export interface Work {
  readonly fileSystem: FileSystem;
  readonly remote: Remote;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly random: Random;
  readonly trash: Trash;
  readonly room: Room;
  /** Id of the pair. */
  readonly pair: string;
  readonly localDir: LocalPath;
  readonly place: RootPlace;
  readonly makeFolders: (path: LocalPath) => Promise<void>;
  /** Makes sure that no other engine works on the folder. */
  readonly claimFolder: (path: LocalPath) => void;
  readonly options: PairOptions;
  readonly meter: Meter;
  readonly reporter: Reporter;
  readonly labelFor: RunContext['labelFor'];
  readonly problems: ProblemBook;
  readonly limits: Limits;
  readonly tally: Tally;
  /** Deletions that a person confirmed. */
  readonly confirmed: Deletions | undefined;
  /** Temporary files of imports under way. */
  readonly importing: ReadonlySet<string>;
  readonly tell: (phase: 'scanning' | 'syncing') => void;
  readonly signal: AbortSignal;
}
