import type { LocalPath } from '../model/paths.ts';

/** What a file from the server is to take of this computer. */
export interface Need {
  readonly pair: string;
  /** A folder of the disk that it comes to. */
  readonly folder: LocalPath;
  /** What is written before anything of it replaces an older version. */
  readonly bytes: number;
  /** What the folder has more of once it is there. */
  readonly growth: number;
  /** What all pairs together may take, in bytes; Infinity for no limit. */
  readonly most: number;
}

/** The disk would have too little left, or the folders would take more than they may. */
export type Lack = 'diskFull' | 'roomLimit';

export type Claim =
  /** `end` is called when it has come, or is given up. */
  | { readonly kind: 'granted'; readonly end: (hasCome: boolean) => void }
  | { readonly kind: 'refused'; readonly why: Lack };

/** The room on this computer for what comes from servers. What is here is never counted against who has it. */
export interface Room {
  /** The files of a pair take so many bytes here at the moment. */
  note(pair: string, bytes: number): void;
  claim(need: Need): Promise<Claim>;
  /** A pair is none any more. */
  forget(pair: string): void;
}

/** A disk without end. */
export const endlessRoom: Room = {
  note: () => undefined,
  claim: () => Promise.resolve({ kind: 'granted', end: () => undefined }),
  forget: () => undefined,
};
