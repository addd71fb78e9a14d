// The second half of every npm script: sets up what the command needs, then runs it. Called by run.mjs.

import { Help } from './help.ts';
import { isWrongUse, type Plan, STOPPED } from './plan.ts';
import { Refusal } from './refusal.ts';
import { runSteps, StepFailed } from './step.ts';
import { listenForStop, Stopped } from './stop.ts';

/** The commands of the project. What is asked for is looked at before anything is set up. */
const COMMANDS = new Map<string, () => Promise<{ plan(args: string[]): Plan }>>([
  ['check', () => import('./commands/check.ts')],
  ['test', () => import('./commands/test.ts')],
  ['start', () => import('./commands/start.ts')],
  ['sync', () => import('./commands/sync.ts')],
  ['brand', () => import('./commands/brand.ts')],
  ['simulate', () => import('./commands/simulate.ts')],
  ['stack', () => import('./commands/stack.ts')],
  ['bench', () => import('./commands/bench.ts')],
  ['package', () => import('./commands/package.ts')],
  ['guides', () => import('./commands/guides.ts')],
  ['demo', () => import('./commands/demo.ts')],
]);

/** Ends this process when the one that started it is gone without a word. */
function endWithParent(): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 1000);
  watch.unref();
}

async function main([name = '', ...args]: string[]): Promise<number> {
  const load = COMMANDS.get(name);
  if (!load)
    throw new Refusal(`There is no command "${name}". There are: ${[...COMMANDS.keys()].join(', ')}.`, 2);
  const stop = listenForStop();
  endWithParent();
  const plan = (await load()).plan(args);
  await runSteps(plan.needs, stop);
  return plan.run(stop);
}

/** Says in words why nothing came of it, and gives the exit code. What nobody foresaw goes on, stack and all. */
function tell(error: unknown): number {
  if (error instanceof Stopped) {
    console.error('\nStopped. Nothing half-made was left behind; what was ready before is kept.');
    return STOPPED;
  }
  if (error instanceof Help) {
    console.log(error.message);
    return 0;
  }
  if (!(error instanceof Refusal || error instanceof StepFailed || isWrongUse(error))) throw error;
  console.error(`\n${error.message}`);
  if (error instanceof StepFailed) return 1;
  return error instanceof Refusal ? error.exitCode : 2;
}

process.exit(await main(process.argv.slice(2)).catch(tell));
