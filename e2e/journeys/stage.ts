import { join } from 'node:path';
import { makeWorld, type World, type WorldOptions } from '../demo/world.ts';

const JOURNEYS = join(import.meta.dirname, '../../.local/journeys');

/** Where the servers and profiles of a file of journeys are. */
export function placeOf(name: string): string {
  return join(JOURNEYS, name);
}

/** A world of its own for one file of journeys: clean servers, new profiles, a display in memory. */
export function stage(name: string, options: Partial<WorldOptions> = {}): Promise<World> {
  return makeWorld({ dataDir: placeOf(name), reset: true, ...options });
}

/** What went wrong inside the programs; network errors that a journey makes on purpose are left out. */
export function troubles(world: World): string[] {
  const onPurpose = /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|Failed to load resource/;
  return world.agents.flatMap((agent) =>
    agent.program.problems.filter((problem) => !onPurpose.test(problem)),
  );
}
