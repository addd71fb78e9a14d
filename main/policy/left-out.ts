import type { PolicyValues } from './schema/table.ts';

/** What the policy leaves out of folders. */
interface LeftOut {
  /** Patterns of names. */
  readonly ignore: readonly string[];
  /** Bytes. */
  readonly maxFileSize?: number;
}

/** What the sync engine is told of the policy. */
export function leftOutBy({ ignoredNames, largestFile }: PolicyValues): LeftOut {
  return { ignore: ignoredNames, ...(largestFile === 0 ? {} : { maxFileSize: largestFile * 1_000_000 }) };
}
