import { chooseElectron, describeElectron } from '../../electron/choose.ts';
import { printTally, sum, type Tally } from '../checks.ts';
import { type Plan, STOPPED, switchesOf } from '../plan.ts';
import { FOR_TESTS } from '../steps.ts';
import { runTests } from '../vitest.ts';
import { checkAll } from './check.ts';

/** `npm test`: all checks, then the sync engine at length, the tests with real servers, and the real program's journeys. */
export function plan(args: string[]): Plan {
  switchesOf('test', args, []);
  return { needs: FOR_TESTS, run };
}

async function run(stop: AbortSignal): Promise<number> {
  const started = performance.now();
  const tallies: Tally[] = [await checkAll(stop)];
  console.log(`\nThe program runs in ${describeElectron(await chooseElectron())}.`);
  // Side by side, so that no processor waits for the last file of one group.
  tallies.push(await runTests(['sync', 'servers', 'screens', 'journeys'], stop));
  if (stop.aborted) return STOPPED;
  console.log(`\ntested in ${Math.round((performance.now() - started) / 1000)} s`);
  const all = sum(tallies);
  printTally(all);
  return all.failed > 0 ? 1 : 0;
}
