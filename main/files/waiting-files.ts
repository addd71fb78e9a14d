import { z } from 'zod';
import type { WaitingFiles } from '../../preload/contract/file-activity.ts';
import type { Waiting } from '../sync/api.ts';
import { type Engine, EngineError } from './engine.ts';

/** The page names no more of them. */
const MOST = 20;

const Answer = z.custom<Waiting>(
  (value) => typeof value === 'object' && value !== null && 'count' in value && 'files' in value,
);

/** What is asked. */
export interface WaitingParts {
  readonly engine: Pick<Engine, 'run'>;
  /** Every folder that is synced, once. */
  readonly places: () => readonly { readonly salonId: string; readonly place: { readonly pairId: string } }[];
}

/**
 * The files of all folders that wait for their turn to be sent or fetched: those that come next, and how many there are. A
 * folder that the engine can't tell about now is left out.
 */
export async function waitingFiles({ engine, places }: WaitingParts): Promise<WaitingFiles> {
  const answers = await Promise.all(
    places().map(async ({ salonId, place }) => ({ salonId, waiting: await ask(engine, place.pairId) })),
  );
  const files = answers.flatMap(({ salonId, waiting }) =>
    waiting.files.map(({ path, action, bytes }) => ({
      salonId,
      path,
      direction: action === 'upload' ? ('up' as const) : ('down' as const),
      bytes,
    })),
  );
  return {
    files: files.slice(0, MOST),
    count: answers.reduce((sum, { waiting }) => sum + waiting.count, 0),
    bytes: answers.reduce((sum, { waiting }) => sum + waiting.bytes, 0),
  };
}

async function ask(engine: Pick<Engine, 'run'>, pair: string): Promise<Waiting> {
  try {
    return Answer.parse(await engine.run({ type: 'waiting', pair }));
  } catch (error) {
    if (error instanceof EngineError) return { count: 0, bytes: 0, files: [] };
    throw error;
  }
}
