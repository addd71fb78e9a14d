/** `node e2e/simulate/main.ts --seeds 1..1000`: plays histories, and cuts the first failing one down. */
import { parseArgs } from 'node:util';
import { historyOf } from './history.ts';
import { shrink } from './shrink.ts';
import { simulate } from './simulate.ts';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { seeds: { type: 'string', default: '1..1000' }, all: { type: 'boolean' } },
  });
  const [first = 1, last = first] = values.seeds.split('..').map(Number);
  let crashes = 0;
  let faults = 0;
  const failed: number[] = [];
  for (let seed = first; seed <= last; seed += 1) {
    const verdict = await simulate(historyOf(seed));
    crashes += verdict.crashes;
    faults += verdict.faults;
    if (verdict.failure === undefined) continue;
    failed.push(seed);
    console.log(`seed ${seed}: ${verdict.failure}`);
    if (values.all !== true) {
      const small = await shrink(historyOf(seed));
      console.log(JSON.stringify(small, undefined, 1));
      console.log((await simulate(small, (line) => console.log(line))).failure);
      break;
    }
  }
  const count = last - first + 1;
  console.log(`${count} histories, ${crashes} crashes, ${faults} faults, ${failed.length} failed`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

void main();
