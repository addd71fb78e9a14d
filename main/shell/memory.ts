import { freemem, totalmem } from 'node:os';
import { app } from 'electron';
import type { Events } from '../contract/events.ts';
import type { Log } from '../log/log.ts';
import { askSystem } from '../surroundings/ask-system.ts';
import { isMemoryShort, MemoryWatch } from '../surroundings/memory.ts';

/** Follows, until the program ends, how much memory this computer has left; `letGo` gives back what of ours can be had again. */
export function watchMemory(events: Events, letGo: () => void, log: Log): void {
  const watch = new MemoryWatch({
    isShort: () =>
      isMemoryShort({ platform: process.platform, free: freemem, total: totalmem, ask: askSystem }),
    letGo,
    tell: () => events.send('app', 'memoryShort', undefined),
    log,
  });
  app.once('will-quit', watch.close);
}
