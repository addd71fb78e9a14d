/** What can be wrong with a pack. */
export type FindingCode =
  | 'unreadable'
  | 'not-json'
  | 'missing'
  | 'unknown'
  | 'wrong'
  | 'markup'
  | 'not-its-name'
  | 'drawing'
  | 'drawing-size'
  | 'not-square'
  | 'colour-name'
  | 'contrast'
  | 'too-wide'
  | 'too-many-lines'
  | 'twice'
  | 'taken';

/** One thing to mend: where it stands and what it is about; words are made of it in the reader's language. */
export interface Finding {
  /** Name of the pack. */
  readonly pack: string;
  /** `brand.json`, `logo.svg` or `ornament.svg`. */
  readonly file: string;
  /** As `colours.dark.accentSoft`; empty for the whole file. */
  readonly field: string;
  readonly code: FindingCode;
  /** What fills the words of the code, in their order. */
  readonly about: readonly string[];
}
