import type { PolicyValues } from './schema/table.ts';

/** What the policy decides about folders. */
interface FoldersDecided {
  readonly leaveOut: {
    /** Patterns of names. */
    readonly ignore: readonly string[];
    /** Bytes. */
    readonly maxFileSize?: number;
  };
  /** What all folders may take on this PC, in bytes; null for no limit. */
  readonly mostBytes: number | null;
  /** So many deletions at once want a person's word. */
  readonly deletionsToConfirm: number;
  /** Whether people add folders that are no salon's. */
  readonly mayAddFolders: boolean;
  /** Whether the folder of a salon of that name comes to this PC before a person chose. */
  readonly comesAtFirst: (salonName: string) => boolean;
}

/** As the program shows sizes, so that people read the number that was decided. */
const GIGABYTE = 1024 ** 3;

/** What the sync engine is told of the policy. */
export function foldersDecidedBy(values: PolicyValues): FoldersDecided {
  const { ignoredNames, largestFile, spaceLimit, deletionsToConfirm, mayAddFolders, firstSalons } = values;
  const size = largestFile === 0 ? {} : { maxFileSize: largestFile * 1_000_000 };
  const comesAtFirst = (name: string): boolean => firstSalons.some((pattern) => isCalled(pattern, name));
  const leaveOut = { ignore: ignoredNames, ...size };
  const mostBytes = spaceLimit === 0 ? null : spaceLimit * GIGABYTE;
  return { leaveOut, mostBytes, deletionsToConfirm, mayAddFolders, comesAtFirst };
}

/** Whether a name is what a pattern says: `*` stands for any letters, capitals and the way accents are written for nothing. */
function isCalled(pattern: string, name: string): boolean {
  const [first = '', ...rest] = folded(pattern).split('*');
  const last = rest.pop();
  const whole = folded(name);
  if (last === undefined) return whole === first;
  if (!whole.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = whole.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return whole.length - last.length >= at && whole.endsWith(last);
}

function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
