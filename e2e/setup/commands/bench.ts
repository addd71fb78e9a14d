import { type Plan, STOPPED } from '../plan.ts';
import { Refusal } from '../refusal.ts';
import { FOR_AGENTS_UNSEEN } from '../steps.ts';

type Bench = { run(args: string[]): Promise<number> };

const BENCHES = new Map<string, () => Promise<Bench>>([
  ['start', () => import('../../bench/start.ts')],
  ['sync', () => import('../../bench/sync.ts')],
]);

/** `npm run bench -- NAME`: a benchmark of e2e/bench/; without a name, lists them. */
export function plan([name = '', ...args]: string[]): Plan {
  const load = BENCHES.get(name);
  if (!load)
    throw new Refusal(`npm run bench -- NAME, where NAME is one of: ${[...BENCHES.keys()].join(', ')}`, 2);
  return { needs: FOR_AGENTS_UNSEEN, run: (stop) => run(load, args, stop) };
}

async function run(load: () => Promise<Bench>, args: string[], stop: AbortSignal): Promise<number> {
  stop.addEventListener('abort', () => process.exit(STOPPED));
  return (await load()).run(args);
}
