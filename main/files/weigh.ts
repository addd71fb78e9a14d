import { z } from 'zod';
import type { FolderWeight } from '../sync/api.ts';
import type { Engine } from './engine.ts';

const Weights = z.array(
  z.custom<FolderWeight>((value) => typeof value === 'object' && value !== null && 'unsent' in value),
);

/** What the folders in a pair's weigh on this PC, and what of it is not online. Throws EngineError. */
export async function weigh(engine: Pick<Engine, 'run'>, pair: string): Promise<FolderWeight[]> {
  return Weights.parse(await engine.run({ type: 'weigh', pair }));
}
