// The second half of every npm script: sets up what the command needs, then runs it. Called by run.mjs.

import { runSteps, type Step, StepFailed } from './step.ts';
import { STEPS } from './steps.ts';

/** A command of the project: what must be there first, and what runs then; it gives the exit code. */
interface Command {
  needs: readonly Step[];
  load(): Promise<{ run(args: string[]): Promise<number> }>;
}

const { python, synapse, electron, libraries, build } = STEPS;
const WINDOW = [python, electron, libraries, build];

const COMMANDS: Record<string, Command> = {
  check: { needs: [], load: () => import('./commands/check.ts') },
  test: { needs: [python, synapse, electron, libraries, build], load: () => import('./commands/test.ts') },
  start: { needs: WINDOW, load: () => import('./commands/start.ts') },
  sync: { needs: [], load: () => import('./commands/sync.ts') },
  stack: { needs: [python, synapse], load: () => import('./commands/stack.ts') },
  bench: { needs: [python, synapse, electron, libraries, build], load: () => import('./commands/bench.ts') },
  demo: { needs: [python, synapse, electron, libraries, build], load: () => import('./commands/demo.ts') },
};

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
  const command = COMMANDS[name];
  if (!command) {
    console.error(`There is no command "${name}". There are: ${Object.keys(COMMANDS).join(', ')}.`);
    return 2;
  }
  endWithParent();
  try {
    await runSteps(command.needs);
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    console.error(`\n${error.message}`);
    return 1;
  }
  const loaded = await command.load();
  return loaded.run(args);
}

process.exit(await main(process.argv.slice(2)));
