import type { z } from 'zod';
import type { Log } from '../log/log.ts';
import { type Kept, keptFile } from './kept.ts';

/**
 * A JSON file with a second one beside it (`name.spare`) that has the same value: when the first is lost or can't be
 * understood, the second is used. For what can't be found out anew.
 */
export async function keptTwice<T>(
  file: string,
  schema: z.ZodType<T>,
  fallback: T,
  log: Log,
): Promise<Kept<T>> {
  const spare = await keptFile(`${file}.spare`, schema, fallback, log);
  const first = await keptFile(file, schema, spare.value, log);
  return {
    get value() {
      return first.value;
    },
    set: async (value) => {
      await first.set(value);
      await spare.set(value);
    },
    settled: async () => {
      await first.settled();
      await spare.settled();
    },
  };
}
