/**
 * `npm run bench -- sync [--runs N] [--only TASK] [--quick] [--idle MINUTES] [--flat RUNS] [--json FILE]`: how fast
 * the engine is, beside Nextcloud's own client (`nextcloudcmd`) where that is installed, on the same machine and
 * server, by turns. The server is the stand-in, or the one that BENCH_NEXTCLOUD_URL, BENCH_NEXTCLOUD_USER and
 * BENCH_NEXTCLOUD_PASSWORD (an app password) name: everything happens in a new folder there, which goes at the end.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { serverName } from './sync/account.ts';
import { sides } from './sync/clients.ts';
import { Figures } from './sync/table.ts';
import {
  type Bench,
  type Extent,
  flat,
  idle,
  largeFile,
  live,
  manyFiles,
  smallFiles,
  unchanged,
} from './sync/tasks.ts';

const tasks: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  small: smallFiles,
  unchanged,
  large: largeFile,
  many: manyFiles,
  live,
};
const usual: Extent = { runs: 5, small: 1000, unchanged: 10_000, largeMb: 300, many: 100_000 };
const quick: Extent = { runs: 1, small: 100, unchanged: 500, largeMb: 30, many: 5000 };

/** Takes the figures and prints them. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      runs: { type: 'string' },
      only: { type: 'string', multiple: true },
      quick: { type: 'boolean' },
      idle: { type: 'string' },
      flat: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const extent = values.quick === true ? quick : usual;
  const base = mkdtempSync(join(tmpdir(), 'traboule-bench-sync-'));
  const runs = values.runs === undefined ? extent.runs : Number(values.runs);
  const bench: Bench = { base, extent: { ...extent, runs }, figures: new Figures() };
  const isLong = values.idle !== undefined || values.flat !== undefined;
  const notes: string[] = [];
  try {
    for (const task of values.only ?? (isLong ? [] : Object.keys(tasks))) await begin(task, bench);
    if (values.idle !== undefined) await idle(bench, Number(values.idle));
    if (values.flat !== undefined) notes.push(...(await flat(bench, Number(values.flat))));
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
  tell(bench, notes);
  if (values.json !== undefined) {
    writeFileSync(values.json, `${JSON.stringify(bench.figures.results(), undefined, 2)}\n`);
  }
  return 0;
}

async function begin(name: string, bench: Bench): Promise<void> {
  const task = tasks[name];
  if (task === undefined) throw new Error(`--only takes one of: ${Object.keys(tasks).join(', ')}`);
  await task(bench);
}

function tell({ figures, extent }: Bench, notes: readonly string[]): void {
  const peer = sides().includes('peer') ? 'nextcloudcmd, by turns' : 'none: nextcloudcmd is not installed';
  console.log(`server: ${serverName()}; peer: ${peer}; medians of ${extent.runs} runs`);
  for (const line of [...figures.lines(), ...notes]) console.log(line);
}
