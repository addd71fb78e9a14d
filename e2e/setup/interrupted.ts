import { once } from 'node:events';

/** Resolves when the person presses Ctrl-C or the process is asked to end. */
export async function interrupted(): Promise<undefined> {
  await Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)));
  return undefined;
}
