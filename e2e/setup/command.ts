import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Told while something long goes on: one short line, replacing the one before. */
export type Progress = (line: string) => void;

/** A command that ended badly: what it was, and the end of what it said. */
export class CommandFailed extends Error {
  readonly exitCode: number | null;

  constructor(command: string, exitCode: number | null, tail: readonly string[]) {
    super([`${command} ended with ${exitCode ?? 'a signal'}`, ...tail].join('\n'));
    this.name = 'CommandFailed';
    this.exitCode = exitCode;
  }
}

/** How a command is run: where, with which environment, and who hears each of its lines. */
export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  progress?: Progress;
}

const TAIL_LINES = 15;

/** Runs a command to its end and gives what it printed on its standard output. Throws CommandFailed. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.cwd ? { cwd: options.cwd } : {}),
    env: options.env ?? process.env,
  });
  const printed: string[] = [];
  const tail: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      if (stream === child.stdout) printed.push(line);
      if (line.trim() === '') return;
      tail.push(line);
      if (tail.length > TAIL_LINES) tail.shift();
      options.progress?.(line.trim());
    });
  }
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (exitCode !== 0) throw new CommandFailed([command, ...args].join(' '), exitCode, tail);
  return printed.join('\n');
}
