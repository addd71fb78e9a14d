import { join } from 'node:path';
import { makeWorld, type World, type WorldOptions } from '../demo/world.ts';

const JOURNEYS = join(import.meta.dirname, '../../.local/journeys');

/** A world of its own for one file of journeys: clean servers, new profiles, a display in memory. */
export function stage(name: string, options: Pick<WorldOptions, 'openId'> = {}): Promise<World> {
  return makeWorld({ dataDir: join(JOURNEYS, name), reset: true, ...options });
}

/** What went wrong inside the programs; network errors that a journey makes on purpose are left out. */
export function troubles(world: World): string[] {
  const onPurpose = /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|Failed to load resource/;
  return world.agents.flatMap((agent) =>
    agent.program.problems.filter((problem) => !onPurpose.test(problem)),
  );
}
