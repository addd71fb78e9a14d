import { chooseElectron, describeElectron } from '../../electron/choose.ts';
import type { Tally } from '../checks.ts';
import { runTests } from '../vitest.ts';
import { checkAll } from './check.ts';

/** `npm test`: all checks, then the tests with real servers, then the journeys in the real program. */
export async function run(): Promise<number> {
  const started = performance.now();
  const tallies: Tally[] = [await checkAll()];
  console.log(`\nThe program runs in ${describeElectron(await chooseElectron())}.`);
  tallies.push(await runTests('servers'), await runTests('journeys'));
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
  console.log(`\ntested in ${Math.round((performance.now() - started) / 1000)} s`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}
