import type { ProblemCode } from '../../preload/contract/files.ts';
import type { Log } from '../log/log.ts';
import type { SyncEvent } from '../sync/api.ts';
import { type Engine, EngineError } from './engine.ts';
import type { FolderPlace } from './folder-place.ts';

/** What goes wrong for want of room on this PC. */
const LACKS: ReadonlySet<ProblemCode> = new Set(['disk-full', 'limit-here']);

/** What is watched. */
export interface RoomMadeParts {
  readonly engine: Pick<Engine, 'run' | 'onEvent'>;
  /** Every folder that is synced. */
  readonly places: () => readonly { readonly place: Pick<FolderPlace, 'pairId' | 'report'> }[];
  readonly log: Log;
}

/**
 * Once something left this PC to make room, tries what did not fit on the disk again: by itself the engine would wait
 * longer after each failure, and the person who just made room waits for it.
 */
export function tryAgainWhenRoomIsMade({ engine, places, log }: RoomMadeParts): void {
  const freed = new Set<string>();
  engine.onEvent((event) => {
    if (isEviction(event)) freed.add(event.pair);
    if (event.type === 'state' && event.state.kind === 'idle' && freed.delete(event.pair)) tryAgain();
  });
  const tryAgain = (): void => {
    for (const { place } of places()) {
      const full = place.report?.problems.filter(({ code }) => LACKS.has(code)) ?? [];
      for (const { path } of full) void retry(place.pairId, path);
    }
  };
  const retry = async (pair: string, path: string): Promise<void> => {
    try {
      await engine.run({ type: 'retry', pair, path });
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      // It is tried again later all the same.
      log.info('room.not-retried', { code: error.code });
    }
  };
}

function isEviction(event: SyncEvent): boolean {
  return event.type === 'item' && event.phase === 'done' && event.action === 'evict';
}
