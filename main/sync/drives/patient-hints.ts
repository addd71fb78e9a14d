import type { Hints } from '../ports/hints.ts';
import type { Drive } from './drive.ts';

/**
 * Watches a folder once its drive has answered: watching a drive that hangs would hold threads, one for each folder.
 *
 * @param answers asks the drive anything
 */
export function patientHints(hints: Hints, drive: Drive, answers: () => Promise<unknown>): Hints {
  return {
    watch(onHint) {
      let isOver = false;
      let unwatch: (() => Promise<void>) | undefined;
      const begin = async (): Promise<void> => {
        try {
          await drive.look(answers);
        } catch {
          // Silent, or not there yet: it is tried again when it answers, and the regular look tells what it has to say.
        }
        if (isOver || drive.isSilent || unwatch !== undefined) return;
        unwatch = hints.watch(onHint);
      };
      const forget = drive.onBack(() => void begin());
      void begin();
      return async () => {
        isOver = true;
        forget();
        await unwatch?.();
      };
    },
  };
}
