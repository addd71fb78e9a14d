import { parseArgs } from 'node:util';
import { runDemo } from '../../demo/demo.ts';
import { runTheTour } from '../../demo/tour.ts';

/** `npm run demo [-- --tour] [-- --reset]`: the real program, signed in as two agents on servers of its own. */
export async function run(args: string[]): Promise<number> {
  const options = {
    tour: { type: 'boolean', default: false },
    reset: { type: 'boolean', default: false },
  } as const;
  const { values } = parseArgs({ args, options });
  return values.tour ? runTheTour() : runDemo(values.reset);
}
