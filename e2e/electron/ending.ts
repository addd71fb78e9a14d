/** How the main process of a program ended, and the last that it said. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly said: string;
}

/** Main's last words under a debugger: Node writes them when nothing of the program is left to run. */
const LAST_WORDS = 'Waiting for the debugger to disconnect...';

/**
 * The exit code that a program under Playwright's hand ended with, or the signal that ended it. The thread of Node's
 * inspector, which nobody but Playwright has started, falls over once in 20 ends of the older Electron while it lets go
 * of its debugger. Nothing of the program is left to run then, and its exit code is lost: it counts as 0. A program that
 * ends with another one shows it in the other ends.
 */
export function outcomeOf({ code, signal, said }: Ending): number | NodeJS.Signals | null {
  const fellAfterTheEnd = signal === 'SIGSEGV' && said.trimEnd().endsWith(LAST_WORDS);
  return fellAfterTheEnd ? 0 : (signal ?? code);
}
