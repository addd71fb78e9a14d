import { CommandFailed, type Progress, type Watch } from './command.ts';
import { Stopped } from './stop.ts';

/** One thing that must be there before a command can run. */
export interface Step {
  /** What it brings, as the person reads it. */
  name: string;
  /** Whether it is there already: then nothing is done. */
  isDone(): Promise<boolean>;
  /** Brings it, telling how far it is. What it makes is whole or not there, also when it is stopped. */
  run(watch: Watch): Promise<void>;
  /** What the person can do when it failed. */
  remedy: string;
}

/** A step that failed: what, why and what to do. */
export class StepFailed extends Error {
  constructor(step: Step, cause: unknown) {
    const why = cause instanceof CommandFailed || cause instanceof Error ? cause.message : String(cause);
    super(
      [
        `The set-up stopped at: ${step.name}`,
        `  Why: ${why.split('\n').join('\n       ')}`,
        `  What to do: ${step.remedy}`,
        '  Nothing half-made was left behind; what was ready before is kept.',
      ].join('\n'),
      { cause },
    );
    this.name = 'StepFailed';
  }
}

/** Where a step's story goes: lines that stay, and one line that changes. */
export interface Screen {
  line(text: string): void;
  live: Progress;
}

/** Runs the steps that are not done, in order. Throws StepFailed at the first that can't be, or Stopped. */
export async function runSteps(
  steps: readonly Step[],
  stop?: AbortSignal,
  screen: Screen = terminal(),
): Promise<void> {
  for (const [index, step] of steps.entries()) {
    const head = `Set-up ${index + 1}/${steps.length}: ${step.name}`;
    try {
      if (await step.isDone()) continue;
      screen.line(`${head} ...`);
      const started = performance.now();
      await step.run({ progress: (text) => screen.live(`  ${text}`), stop });
      screen.line(`${head}: done in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    } catch (error) {
      throw error instanceof Stopped ? error : new StepFailed(step, error);
    }
  }
}

const LIVE_EVERY_MS = 5000;

/** The person's terminal: the changing line is redrawn in place; in a log it becomes a line every five seconds. */
function terminal(stream: NodeJS.WriteStream = process.stderr): Screen {
  let last = 0;
  const width = () => (stream.columns ?? 80) - 1;
  return {
    line(text) {
      stream.write(stream.isTTY ? `\r\u001B[K${text}\n` : `${text}\n`);
    },
    live(text) {
      if (stream.isTTY) stream.write(`\r\u001B[K${text.slice(0, width())}`);
      else if (Date.now() - last > LIVE_EVERY_MS) stream.write(`${text.slice(0, 160)}\n`);
      else return;
      last = Date.now();
    },
  };
}
