import { app } from 'electron';
import type { Log } from '../log/log.ts';

/** Nothing may hold up the end of the program longer. */
const END_WITHIN_MS = 7000;

/** Runs what must be closed (journals, windows' states) when the program ends, and only then lets it end. */
export function endInOrder(closing: readonly (() => Promise<void>)[], log: Log): void {
  let isClosed = false;
  app.on('will-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    const late = setTimeout(() => app.exit(1), END_WITHIN_MS);
    void Promise.all(closing.map((close) => close()))
      .catch((error: unknown) => log.error('program.not-closed', {}, error))
      .finally(() => {
        clearTimeout(late);
        isClosed = true;
        // While `will-quit` is still being told, a second quit would be lost.
        setImmediate(() => app.quit());
      });
  });
}
