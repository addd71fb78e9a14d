import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { type OpenOptions, profileEnvironment } from './open-program.ts';

/** How a start that found the program running ended. */
export interface SecondStart {
  readonly code: number | null;
  /** What it wrote to standard error. */
  readonly said: string;
  /** What it wrote to standard output. */
  readonly printed: string;
}

/** Starts a program once more on a profile, as a link in a mail does, and waits until it ends by itself. */
export async function startAgain(options: OpenOptions): Promise<SecondStart> {
  const launch = await options.electron.launch(options.program);
  const again = spawn(launch.executablePath, [...launch.args, ...(options.args ?? [])], {
    env: await profileEnvironment(options),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [said, printed, [code]] = await Promise.all([
    again.stderr.toArray(),
    again.stdout.toArray(),
    once(again, 'exit'),
  ]);
  const text = (pieces: readonly unknown[]) => pieces.map(String).join('');
  return { code: z.number().nullable().parse(code), said: text(said), printed: text(printed) };
}
