/**
 * `npm run simulate -- --seeds 1..1000`: plays histories, and cuts the first failing one down; with `--all` it tells of
 * every failing one and goes on.
 */
import { parseArgs } from 'node:util';
import { historyOf } from './history.ts';
import { shrink } from './shrink.ts';
import { simulate } from './simulate.ts';

interface Wanted {
  readonly first: number;
  readonly last: number;
  readonly all: boolean;
}

const USAGE = `npm run simulate -- [--seeds 1..1000] [--all]
    plays histories against the sync engine; the first failing one is cut down and told, with --all every one is told`;

/** What was asked for, or what is wrong with how. */
function readArguments(): Wanted | string {
  try {
    const { values } = parseArgs({
      options: { seeds: { type: 'string', default: '1..1000' }, all: { type: 'boolean', default: false } },
    });
    const [first = Number.NaN, last = first] = values.seeds.split('..').map(Number);
    return Number.isSafeInteger(first) && Number.isSafeInteger(last) && first <= last
      ? { first, last, all: values.all }
      : `--seeds ${values.seeds} is no range such as 1..1000, nor a number.`;
  } catch (error) {
    if (error instanceof TypeError) return `${error.message}\n${USAGE}`;
    throw error;
  }
}

async function main(): Promise<void> {
  if (process.argv.includes('--help') || process.argv.includes('-h')) {
    console.log(USAGE);
    return;
  }
  const wanted = readArguments();
  if (typeof wanted === 'string') {
    console.error(wanted);
    process.exitCode = 2;
    return;
  }
  const found = { lost: 0, stuck: 0, diverged: 0 };
  let histories = 0;
  let crashes = 0;
  let faults = 0;
  for (let seed = wanted.first; seed <= wanted.last; seed += 1) {
    const verdict = await simulate(historyOf(seed));
    histories += 1;
    crashes += verdict.crashes;
    faults += verdict.faults;
    if (verdict.failure === undefined) continue;
    found[verdict.failure.kind] += 1;
    console.log(`seed ${seed}: ${verdict.failure.kind}: ${verdict.failure.detail}`);
    if (wanted.all) continue;
    await tellSmallest(seed);
    break;
  }
  const { lost, stuck, diverged } = found;
  const sum = `${lost} lost, ${stuck} stuck, ${diverged} diverged`;
  console.log(`${histories} histories, ${crashes} crashes, ${faults} faults, ${sum}`);
  process.exitCode = lost + stuck + diverged === 0 ? 0 : 1;
}

async function tellSmallest(seed: number): Promise<void> {
  const smallest = await shrink(historyOf(seed));
  console.log(JSON.stringify(smallest, undefined, 1));
  const { failure } = await simulate(smallest, (line) => console.log(line));
  console.log(`${failure?.kind}: ${failure?.detail}`);
}

void main();
