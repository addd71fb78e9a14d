import { app } from 'electron';
import type { Log } from '../log/log.ts';
import type { LastingBus } from '../session-bus/bus.ts';
import { followScreenReader } from '../session-bus/screen-reader.ts';

/**
 * Has pages described to a screen reader, also to one that starts later. On Windows and macOS readers ask for it themselves;
 * on Linux (`bus`) Chromium looks only once, when it starts. Electron must be ready.
 */
export function helpScreenReaders(bus: LastingBus | null, log: Log): void {
  if (bus === null) return;
  const describe = (): void => app.setAccessibilitySupportEnabled(true);
  followScreenReader(bus, describe).catch((error: unknown) => log.info('screen-reader.unknown', {}, error));
}
