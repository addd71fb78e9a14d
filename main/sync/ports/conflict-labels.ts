import type { SyncPath } from '../model/paths.ts';

/** Knows the people behind two versions of a file, which the engine does not. */
export interface ConflictLabels {
  /**
   * The words for the name of this computer's version of a file, when there are better ones than `conflictLabel`: with
   * the name of the person here, for instance. Never throws, and answers within seconds: the version waits for its name.
   */
  labelFor(pair: string, path: SyncPath): Promise<string | undefined>;
}

/** Nobody to ask. */
export const plainLabels: ConflictLabels = { labelFor: () => Promise.resolve(undefined) };
