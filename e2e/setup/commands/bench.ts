import { tellIfAsked } from '../help.ts';
import { type Plan, STOPPED } from '../plan.ts';
import { Refusal } from '../refusal.ts';
import { FOR_AGENTS_UNSEEN } from '../steps.ts';

type Bench = { run(args: string[]): Promise<number> };

const BENCHES: ReadonlyMap<string, { readonly usage: string; readonly load: () => Promise<Bench> }> = new Map(
  [
    [
      'start',
      {
        usage: `npm run bench -- start [--runs N] [--quick]
    start-up, memory and idle processor time of the program, with 1,000 salons`,
        load: () => import('../../bench/start.ts'),
      },
    ],
    [
      'sync',
      {
        usage: `npm run bench -- sync [--runs N] [--only TASK] [--quick] [--idle MINUTES] [--flat RUNS] [--json FILE]
    the sync engine, beside Nextcloud's own client where that is installed`,
        load: () => import('../../bench/sync.ts'),
      },
    ],
  ],
);
const USAGE = `Usage:\n${[...BENCHES.values()].map(({ usage }) => usage).join('\n')}`;

/** `npm run bench -- NAME`: a benchmark of e2e/bench/; without a name, lists them. */
export function plan([name = '', ...args]: string[]): Plan {
  tellIfAsked([name], USAGE);
  const bench = BENCHES.get(name);
  if (!bench) throw new Refusal(USAGE, 2);
  tellIfAsked(args, `Usage: ${bench.usage}`);
  return { needs: FOR_AGENTS_UNSEEN, run: (stop) => run(bench.load, args, stop) };
}

async function run(load: () => Promise<Bench>, args: string[], stop: AbortSignal): Promise<number> {
  stop.addEventListener('abort', () => process.exit(STOPPED));
  return (await load()).run(args);
}
