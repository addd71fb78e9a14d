import { CHECKS_OF_SOURCES, printTally, runChecks, sum, type Tally } from '../checks.ts';
import { type Plan, STOPPED, switchesOf } from '../plan.ts';
import { runTests } from '../vitest.ts';

/** Everything that needs no server and no window. */
export async function checkAll(stop: AbortSignal): Promise<Tally> {
  const sources = await runChecks(CHECKS_OF_SOURCES, stop);
  const tests = await runTests(['unit'], stop);
  return sum([sources, tests]);
}

/** `npm run check`: format, lint, types, arrows, dead code, texts, unit tests. */
export function plan(args: string[]): Plan {
  switchesOf('check', args, []);
  return { needs: [], run };
}

async function run(stop: AbortSignal): Promise<number> {
  const started = performance.now();
  const tally = await checkAll(stop);
  if (stop.aborted) return STOPPED;
  console.log(`\nchecked in ${Math.round((performance.now() - started) / 1000)} s`);
  printTally(tally);
  return tally.failed > 0 ? 1 : 0;
}
