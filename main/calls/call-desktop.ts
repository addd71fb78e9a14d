import type { CallCommand } from '../../preload/contract/calls.ts';

/** The window of a call, as the desk uses it. */
export interface CallWindow {
  readonly bringToFront: () => void;
  /** Small and above the others, or as it was before. */
  readonly setCompact: (compact: boolean) => void;
  /** Takes it from the screen at once; its page has a moment to say goodbye to the conference. */
  readonly close: () => void;
}

/** What a call window tells. Nothing is told after `close`. */
export interface CallWindowListener {
  /** The person closed the window. */
  readonly closed: () => void;
  /** Its page is gone: a crash, or the system took its memory. */
  readonly crashed: (reason: string) => void;
  /** A key was pressed while the conference's own frame had the focus. */
  readonly pressed: (command: CallCommand) => void;
}

/** What a call needs of the desktop. */
export interface CallDesktop {
  /** Shows the window at once; its page may reach this conference domain and no other. */
  readonly open: (
    call: { readonly domain: string; readonly title: string },
    listener: CallWindowListener,
  ) => CallWindow;
  /** Keeps the screen on until the answer is called. */
  readonly keepAwake: () => () => void;
}
