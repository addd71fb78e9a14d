import { z } from 'zod';
import type { NoticeCode } from '../../preload/contract/file-states.ts';
import { FolderNotice } from '../../preload/contract/files.ts';
import type { Kept } from '../store/kept.ts';
import type { NoticeCode as EngineNoticeCode } from '../sync/api.ts';
import { ownTrash } from '../sync/discover/own-names.ts';

/** A notice with the pair that it is about, as it is kept on disk until the person has read it. */
export const KeptNotice = z.strictObject({ pairId: z.string(), notice: FolderNotice });
export type KeptNotice = z.infer<typeof KeptNotice>;

/** Something worth a word in a folder. */
export interface Noticed {
  readonly pairId: string;
  readonly code: EngineNoticeCode;
  readonly path: string;
  /** Where this computer's version is, if one was kept. */
  readonly keptPath: string | null;
  /** How many it speaks of, with that one. */
  readonly count: number;
  readonly at: number;
}

/** Files that a notice names; it counts the others. */
const MOST_FILES = 20;

const CODES: Readonly<Record<EngineNoticeCode, NoticeCode>> = {
  restored: 'restored',
  recovered: 'recovered',
  trashUnavailable: 'no-trash',
  journalRebuilt: 'compared-anew',
  leftOutLink: 'left-out-link',
  leftOutSpecial: 'left-out-special',
  leftOutTooLarge: 'left-out-size',
  leftOutByRules: 'left-out-rules',
  leftOutByList: 'left-out-list',
};

/**
 * What the engine says that asks for nothing: one notice of a kind for each folder, which grows until the person has read
 * it, also over restarts.
 */
export class Notices {
  readonly #kept: Kept<readonly KeptNotice[]>;

  constructor(kept: Kept<readonly KeptNotice[]>) {
    this.#kept = kept;
  }

  /** The notices of one folder, the latest first. */
  of(pairId: string): FolderNotice[] {
    return this.#kept.value
      .filter((each) => each.pairId === pairId)
      .map(({ notice }) => notice)
      .toSorted((one, other) => other.at - one.at);
  }

  async add({ pairId, code: engineCode, path, keptPath, count, at }: Noticed): Promise<void> {
    const code = CODES[engineCode];
    const isIt = (each: KeptNotice): boolean => each.pairId === pairId && each.notice.code === code;
    const before = this.#kept.value.find(isIt)?.notice;
    const file = { path, keptPath: code === 'no-trash' ? ownTrash : keptPath };
    const others = (before?.files ?? []).filter((each) => each.path !== path);
    const isKnown = before !== undefined && others.length < before.files.length;
    const notice: FolderNotice = {
      code,
      files: [file, ...others].slice(0, MOST_FILES),
      count: (before?.count ?? 0) + count - (isKnown ? 1 : 0),
      at,
    };
    await this.#kept.set([...this.#kept.value.filter((each) => !isIt(each)), { pairId, notice }]);
  }

  /** The person has read it. */
  async dismiss(pairId: string, code: NoticeCode): Promise<void> {
    await this.#kept.set(
      this.#kept.value.filter((each) => each.pairId !== pairId || each.notice.code !== code),
    );
  }

  /** The folder is none of the program's any more. */
  async forget(pairId: string): Promise<void> {
    await this.#kept.set(this.#kept.value.filter((each) => each.pairId !== pairId));
  }

  /** Somebody else may sign in. */
  async forgetAll(): Promise<void> {
    await this.#kept.set([]);
  }
}
