import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Told while something long goes on: one short line, replacing the one before. */
export type Progress = (line: string) => void;

/** Who looks on while something long goes on: hears how far it is, and may stop it. */
export interface Watch {
  progress?: Progress | undefined;
  stop?: AbortSignal | undefined;
}

const TAIL_LINES = 30;

/** A command that ended badly: what it was, and the end of what it said. */
export class CommandFailed extends Error {
  /** All that it printed. */
  readonly output: string;

  constructor(command: string, exitCode: number | null, lines: readonly string[]) {
    super([`${command} ended with ${exitCode ?? 'a signal'}`, ...lines.slice(-TAIL_LINES)].join('\n'));
    this.name = 'CommandFailed';
    this.output = lines.join('\n');
  }
}

/** How a command is run: where, with which environment, and who hears each of its lines. */
export interface RunOptions extends Watch {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

/**
 * Runs a command to its end and gives what it printed on its standard output. Throws CommandFailed, or what
 * `stop` was aborted with: then the command and all that shared its output have ended.
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const { stop, progress, cwd } = options;
  stop?.throwIfAborted();
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd ? { cwd } : {}),
    env: options.env ?? process.env,
  });
  const printed: string[] = [];
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      if (stream === child.stdout) printed.push(line);
      if (line.trim() === '') return;
      lines.push(line);
      progress?.(line.trim());
    });
  }
  const end = () => child.kill('SIGTERM');
  stop?.addEventListener('abort', end);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => stop?.removeEventListener('abort', end));
  stop?.throwIfAborted();
  if (exitCode !== 0) throw new CommandFailed([command, ...args].join(' '), exitCode, lines);
  return printed.join('\n');
}
