import { join } from 'node:path';
import { runDemo } from '../../demo/demo.ts';
import { runTheTour } from '../../demo/tour.ts';
import { type Plan, switchesOf } from '../plan.ts';
import { Refusal } from '../refusal.ts';
import { FOR_AGENTS, FOR_AGENTS_UNSEEN, ROOT } from '../steps.ts';

const DATA = join(ROOT, '.local/demo');

/** `npm run demo [-- --tour] [-- --reset]`: the real program, signed in as two agents on servers of its own. */
export function plan(args: string[]): Plan {
  const given = switchesOf('demo', args, ['tour', 'reset']);
  if (given.has('tour')) return { needs: FOR_AGENTS_UNSEEN, run: runTheTour };
  if (!process.env['DISPLAY'])
    throw new Refusal(
      'There is no display to open windows on. `npm run demo -- --tour` needs none: it shows pictures.',
    );
  const options = { dataDir: DATA, reset: given.has('reset'), print: console.log };
  return { needs: FOR_AGENTS, run: (stop) => runDemo(options, stop) };
}
