import { CHECKS_OF_SOURCES, runChecks, type Tally } from '../checks.ts';
import { runTests } from '../vitest.ts';

/** Everything that needs no server and no window. */
export async function checkAll(): Promise<Tally> {
  const sources = await runChecks(CHECKS_OF_SOURCES);
  const tests = await runTests('unit');
  return { passed: sources.passed + tests.passed, failed: sources.failed + tests.failed };
}

/** `npm run check`: format, lint, types, arrows, dead code, texts, unit tests. */
export async function run(): Promise<number> {
  const started = performance.now();
  const { passed, failed } = await checkAll();
  console.log(
    `\nchecked in ${Math.round((performance.now() - started) / 1000)} s\n${passed} passed, ${failed} failed`,
  );
  return failed > 0 ? 1 : 0;
}
