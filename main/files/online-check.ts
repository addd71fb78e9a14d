import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../contract/app-error.ts';
import type { PairState } from '../sync/api.ts';
import { type Engine, EngineError } from './engine.ts';
import type { FolderPlace } from './folder-place.ts';
import type { FolderReport } from './folder-report.ts';
import { weigh } from './weigh.ts';

/** Looks at what the engine does this often. */
const LOOK_EVERY_MS = 100;
/** What is not on the server by then is told. */
const WAIT_MS = 60_000;
const AT_WORK: ReadonlySet<PairState['kind']> = new Set(['scanning', 'syncing']);

/**
 * Makes sure that all of a folder of this PC is on the server, once the engine had a chance to bring it there. Throws
 * `in-use.not-online` when something is not, when nobody can tell, or when nobody waits for it any more.
 */
export async function makeSureOnline(engine: Engine, place: FolderPlace, signal: AbortSignal): Promise<void> {
  if (!place.report) throw new AppError('in-use.not-online');
  try {
    await oneMoreRun(engine, place.pairId, place.report, signal);
    const isSure = await isOnline(engine, place.pairId, place.report);
    // Whoever asked was told by then that nothing was done.
    if (!isSure || signal.aborted) throw new AppError('in-use.not-online');
  } catch (error) {
    if (error instanceof EngineError) throw new AppError('in-use.not-online', {}, error);
    throw error;
  }
}

/** Lets the engine compare both sides once more, if it is able to now. */
async function oneMoreRun(
  engine: Engine,
  pair: string,
  report: FolderReport,
  signal: AbortSignal,
): Promise<void> {
  const before = report.state;
  await engine.run({ type: 'syncNow', pair });
  const end = Date.now() + WAIT_MS;
  while (Date.now() < end && !signal.aborted) {
    await wait(LOOK_EVERY_MS);
    if (report.state !== before && !AT_WORK.has(report.state.kind)) return;
  }
}

/** Whether what is on the disk now is what both sides last had. */
async function isOnline(engine: Engine, pair: string, report: FolderReport): Promise<boolean> {
  if (report.state.kind !== 'idle' || report.problems.length > 0) return false;
  return (await weigh(engine, pair)).every(({ unsent }) => unsent === 0);
}
