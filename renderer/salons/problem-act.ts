import type { ProblemCode } from '../../preload/contract/files.ts';

/** What helps with a problem: one act for each, the others are the person's own. */
export type ProblemAct =
  /** Try again now. */
  | 'retry'
  | 'rename'
  /** Prepare a message to the managers. */
  | 'ask-rights'
  /** Make room on this PC. */
  | 'free-here'
  /** Make room at the server: remove files from the folder. */
  | 'free-there'
  /** Show it in its folder. */
  | 'show';

/** The act for a problem. */
export function actOf(code: ProblemCode): ProblemAct {
  switch (code) {
    case 'name-not-allowed':
    case 'name-too-long':
    case 'name-not-here':
    case 'name-clash':
      return 'rename';
    case 'read-only-there':
      return 'ask-rights';
    case 'disk-full':
    case 'limit-here':
      return 'free-here';
    case 'quota':
      return 'free-there';
    case 'name-unreadable':
    case 'not-a-file':
    case 'too-large':
    case 'unreadable-here':
    case 'read-only-here':
      return 'show';
    case 'file-in-use':
    case 'changing':
    case 'locked-there':
    case 'checksum':
    case 'folder-not-read':
    case 'server-error':
    case 'disk-error':
    case 'unknown':
      return 'retry';
  }
}
