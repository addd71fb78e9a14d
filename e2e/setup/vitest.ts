import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tally } from './checks.ts';
import { notHere, type Report, tallyOf } from './tally.ts';

const STOP_WITHIN_MS = 5000;
const ROOT = join(import.meta.dirname, '../..');

/**
 * The groups of tests: `unit` needs nothing, `sync` proves the engine at length, `servers` needs Synapse and Electron,
 * `screens` looks at the gallery, `journeys` drives the program.
 */
export type TestGroup = 'unit' | 'sync' | 'servers' | 'screens' | 'journeys';

/**
 * Runs groups of tests side by side, showing their progress, counts them, and says which ones this machine does not
 * allow.
 */
export async function runTests(groups: readonly TestGroup[], stop: AbortSignal): Promise<Tally> {
  if (stop.aborted) return { passed: 0, failed: 0, failures: [] };
  const folder = await mkdtemp(join(tmpdir(), 'traboule-tests-'));
  try {
    const file = join(folder, 'report.json');
    const code = await vitest(groups, file, stop);
    const report: Report | undefined = await readFile(file, 'utf8').then(JSON.parse, () => undefined);
    if (!report)
      return { passed: 0, failed: 1, failures: [`${groups.join(', ')}: the runner left no report`] };
    for (const name of notHere(report)) console.log(`not tried  ${name}`);
    return tallyOf(report, code, ROOT);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function vitest(groups: readonly TestGroup[], file: string, stop: AbortSignal): Promise<number | null> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const projects = groups.flatMap((group) => ['--project', group]);
  const args = ['run', '--config', 'build/checks/vitest.config.ts', ...projects, ...reporters];
  const child = spawn(join(ROOT, 'node_modules/.bin/vitest'), args, { cwd: ROOT, stdio: 'inherit' });
  // It takes SIGINT as a wish to stop after the test that runs; one that does not come to an end is ended.
  const end = () => {
    child.kill('SIGINT');
    setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS).unref();
  };
  stop.addEventListener('abort', end);
  const [code]: (number | null)[] = await once(child, 'exit');
  stop.removeEventListener('abort', end);
  return code ?? null;
}
