import { DriveSilent } from '../model/failures.ts';
import type { LocalPath } from '../model/paths.ts';
import type { Clock } from '../ports/clock.ts';
import type { FileSystem } from '../ports/file-system.ts';

/** How long a drive may take for its first answer, in ms: one that sleeps wakes within that. */
export const patience = 20_000;

/**
 * Where the pair's folder really is: the first thing that is asked of its drive. A network drive that hangs answers
 * nothing, for hours, and most looks at a disk can't be broken off. So this one is waited for a while only, and what
 * follows on it is not asked of a drive that gave no answer.
 */
export class RootPlace {
  readonly #fileSystem: FileSystem;
  readonly #clock: Clock;
  readonly #localDir: LocalPath;
  /** Not asked again before it is answered: each question holds a thread. */
  #asked: Promise<LocalPath> | undefined;

  constructor(fileSystem: FileSystem, clock: Clock, localDir: LocalPath) {
    this.#fileSystem = fileSystem;
    this.#clock = clock;
    this.#localDir = localDir;
  }

  /** Fails as a LocalFailure that is `missing`, or with DriveSilent. */
  find(signal: AbortSignal): Promise<LocalPath> {
    this.#asked ??= this.#fileSystem.resolve(this.#localDir).finally(() => {
      this.#asked = undefined;
    });
    return inTime(this.#asked, this.#clock, signal);
  }
}

/** An answer of a drive; DriveSilent when none comes, an abort when nobody waits for it any more. */
export async function inTime<Answer>(
  answer: Promise<Answer>,
  clock: Clock,
  signal: AbortSignal,
): Promise<Answer> {
  const isOver = new AbortController();
  const late = clock.sleep(patience, AbortSignal.any([signal, isOver.signal])).then((): never => {
    throw new DriveSilent();
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    // The reason that is made without one is an error, with its stack.
    isOver.abort('answered');
  }
}
