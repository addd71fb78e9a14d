import type { ProblemCode } from '../api.ts';
import type { FailureData } from '../model/failures.ts';
import type { SyncPath } from '../model/paths.ts';

/** Something that discovery met and that will not be synced as it is. */
export interface Finding {
  readonly path: SyncPath;
  readonly code: ProblemCode;
  readonly action: 'scan' | 'list';
  readonly data: FailureData;
}
