import type { FolderReport } from './folder-report.ts';

/** One salon's folder as other parts of the files domain need it. */
export interface FolderPlace {
  readonly pairId: string;
  readonly localDir: string;
  /** Path in the person's files, null when it is not known there. */
  readonly remotePath: string | null;
  /** Its folders that are not wanted on this PC; `''` is all of it. */
  readonly unwanted: readonly string[];
  /** Null while the engine does not have it open. */
  readonly report: FolderReport | null;
}
