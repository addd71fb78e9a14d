import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { CommandFailed, runCommand } from './command.ts';
import { Stopped } from './stop.ts';

const ROOT = join(import.meta.dirname, '../..');
const BIN = join(ROOT, 'node_modules/.bin');
const CHECKS = 'build/checks';

/** One check of the sources: a command that must end well. */
export interface Check {
  name: string;
  command: string;
  args: readonly string[];
}

/** How a run of checks ended. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** What failed, one line each. */
  readonly failures: readonly string[];
}

/** Several runs as one. */
export function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((passed, tally) => passed + tally.passed, 0),
    failed: tallies.reduce((failed, tally) => failed + tally.failed, 0),
    failures: tallies.flatMap(({ failures }) => failures),
  };
}

/** Says at the end what failed, and how many did. */
export function printTally({ passed, failed, failures }: Tally): void {
  for (const failure of failures) console.log(`failed  ${failure}`);
  console.log(`${passed} passed, ${failed} failed`);
}

const FOLDERS = ['main', 'preload', 'renderer', 'e2e', 'build'];
const tool = (name: string, tool: string, ...args: string[]): Check => ({
  name,
  command: join(BIN, tool),
  args,
});

/** The checks that need no server and no window, the longest first. Unit tests are apart: they are counted one by one. */
export const CHECKS_OF_SOURCES: readonly Check[] = [
  tool(
    'lint and sizes',
    'oxlint',
    '-c',
    `${CHECKS}/oxlint.json`,
    '--type-aware',
    '--deny-warnings',
    '-f',
    'unix',
    '.',
  ),
  // What did not change since the last time is not checked again.
  tool(
    'types',
    'tsc',
    '-p',
    '.',
    '--incremental',
    '--tsBuildInfoFile',
    join(ROOT, 'node_modules/.cache/types.tsbuildinfo'),
  ),
  tool('import arrows', 'depcruise', '--config', `${CHECKS}/arrows.cjs`, '--output-type', 'err', ...FOLDERS),
  tool('dead exports and dependencies', 'knip', '--config', `${CHECKS}/knip.json`),
  tool(
    'format',
    'biome',
    'ci',
    '--colors=off',
    '--reporter=summary',
    `--config-path=${CHECKS}/biome-settings.json`,
    '.',
  ),
  ...scripts(['i18n.ts']),
  tool('policy templates', 'node', 'build/policy/generate.ts', '--check'),
  tool('brand packs', 'node', 'build/brand/main.ts', 'check'),
];

function scripts(names: readonly string[]): Check[] {
  return names
    .filter((name) => existsSync(join(ROOT, CHECKS, name)))
    .map((name) => tool(name.replace('.ts', ' keys'), 'node', join(CHECKS, name)));
}

/** Runs checks side by side and prints one line for each, and what a failed one said. */
export async function runChecks(checks: readonly Check[], stop?: AbortSignal): Promise<Tally> {
  const waiting = [...checks];
  const failures: string[] = [];
  let passed = 0;
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      if (stop?.aborted) return;
      if (await passes(check, stop)) passed += 1;
      else failures.push(check.name);
    }
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker));
  return { passed, failed: failures.length, failures };
}

async function passes(check: Check, stop?: AbortSignal): Promise<boolean> {
  const started = performance.now();
  const time = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  try {
    await runCommand(check.command, check.args, { cwd: ROOT, stop });
    console.log(`ok      ${check.name} (${time()})`);
    return true;
  } catch (error) {
    if (error instanceof Stopped) return false;
    if (!(error instanceof CommandFailed)) throw error;
    console.log(`not ok  ${check.name} (${time()})\n${error.output}`);
    return false;
  }
}
