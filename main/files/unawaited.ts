import type { Log } from '../log/log.ts';

/** Lets something go on that nobody waits for; what goes wrong in it is noted under that name. */
export function unawaited(work: Promise<unknown>, log: Log, name: string): void {
  work.catch((error: unknown) => log.error(name, {}, error));
}
