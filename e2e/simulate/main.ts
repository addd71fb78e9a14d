/**
 * `npm run simulate -- --seeds 1..1000`: plays histories, and cuts the first failing one down; with `--all` it tells of
 * every failing one and goes on.
 */
import { parseArgs } from 'node:util';
import { historyOf } from './history.ts';
import { shrink } from './shrink.ts';
import { simulate } from './simulate.ts';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { seeds: { type: 'string', default: '1..1000' }, all: { type: 'boolean' } },
  });
  const [first = Number.NaN, last = first] = values.seeds.split('..').map(Number);
  if (!(Number.isSafeInteger(first) && Number.isSafeInteger(last) && first <= last)) {
    console.error(`--seeds ${values.seeds} is no range such as 1..1000, nor a number.`);
    process.exitCode = 2;
    return;
  }
  const found = { lost: 0, stuck: 0, diverged: 0 };
  let histories = 0;
  let crashes = 0;
  let faults = 0;
  for (let seed = first; seed <= last; seed += 1) {
    const verdict = await simulate(historyOf(seed));
    histories += 1;
    crashes += verdict.crashes;
    faults += verdict.faults;
    if (verdict.failure === undefined) continue;
    found[verdict.failure.kind] += 1;
    console.log(`seed ${seed}: ${verdict.failure.kind}: ${verdict.failure.detail}`);
    if (values.all === true) continue;
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
