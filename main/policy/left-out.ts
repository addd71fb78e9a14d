import type { Policy } from './policy.ts';

/** What the policy leaves out of folders. */
interface LeftOut {
  /** Patterns of names. */
  readonly ignore: readonly string[];
  /** Bytes. */
  readonly maxFileSize?: number;
}

/** What the sync engine is told of the policy. */
export function leftOutBy({ ignoredNames = [], largestFile }: Policy): LeftOut {
  return { ignore: ignoredNames, ...(largestFile === undefined ? {} : { maxFileSize: largestFile }) };
}
