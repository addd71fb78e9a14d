import type { PolicyValues } from './schema/table.ts';

/** What the policy decides about folders. */
interface FoldersDecided {
  readonly leaveOut: {
    /** Patterns of names. */
    readonly ignore: readonly string[];
    /** Bytes. */
    readonly maxFileSize?: number;
  };
  /** So many deletions at once want a person's word. */
  readonly deletionsToConfirm: number;
  /** Whether people add folders that are no salon's. */
  readonly mayAddFolders: boolean;
}

/** What the sync engine is told of the policy. */
export function foldersDecidedBy(values: PolicyValues): FoldersDecided {
  const { ignoredNames, largestFile, deletionsToConfirm, mayAddFolders } = values;
  const size = largestFile === 0 ? {} : { maxFileSize: largestFile * 1_000_000 };
  return { leaveOut: { ignore: ignoredNames, ...size }, deletionsToConfirm, mayAddFolders };
}
