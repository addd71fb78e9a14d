import type { NoticeCode } from '../api.ts';
import type { SyncPath } from '../model/paths.ts';
import type { IgnoredBy } from './ignore.ts';

/** Why something is on one side only, as it shall be. */
export type LeftOutCode = Extract<NoticeCode, `leftOut${string}`>;

/** Something that is left out and that is worth a word. */
export interface LeftOut {
  readonly path: SyncPath;
  readonly code: LeftOutCode;
}

/** What is said of a name that is left alone; nothing of those that no one means to share. */
export function leftOutFor(by: IgnoredBy): LeftOutCode | undefined {
  switch (by) {
    case 'builtIn':
      return undefined;
    case 'rules':
      return 'leftOutByRules';
    case 'excludeFile':
      return 'leftOutByList';
  }
}
