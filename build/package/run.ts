import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const MOST_OUTPUT = 100_000_000;

/** Runs a tool to its end and answers what it printed. Throws with what it said on its error output. */
export async function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  const { stdout } = await promisify(execFile)(command, [...args], { maxBuffer: MOST_OUTPUT, ...options });
  return stdout;
}
