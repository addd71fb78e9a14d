import { parseArgs } from 'node:util';
import { tellIfAsked } from './help.ts';
import { Refusal } from './refusal.ts';
import type { Step } from './step.ts';

/** What a command line asks for: what must be there first, and what runs then. */
export interface Plan {
  needs: readonly Step[];
  /** Gives the exit code. Ends soon after `stop` aborts, and leaves nothing running. */
  run(stop: AbortSignal): Promise<number>;
}

/** What a command that was stopped ends with. */
export const STOPPED = 130;

/** Reads the switches of a command, such as `--reset`. Throws a Refusal that tells them for any other argument, or Help. */
export function switchesOf<Name extends string>(
  command: string,
  args: readonly string[],
  names: readonly Name[],
): ReadonlySet<Name> {
  const usage = `Usage: ${['npm run', command, ...names.map((name) => `[-- --${name}]`)].join(' ')}`;
  tellIfAsked(args, usage);
  const options = Object.fromEntries(names.map((name) => [name, { type: 'boolean' } as const]));
  try {
    const { values } = parseArgs({ args: [...args], options });
    return new Set(names.filter((name) => values[name]));
  } catch (error) {
    if (!isWrongUse(error)) throw error;
    throw new Refusal(`${error.message}\n${usage}`, 2);
  }
}

/** Whether a command line could not be read (node:util's parseArgs). */
export function isWrongUse(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
