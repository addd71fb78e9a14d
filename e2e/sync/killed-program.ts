/** The engine as a program that a test kills: one run to rest of the pair that the first argument describes. */
import { flushCompileCache } from 'node:module';
import type { PairConfig } from '../../main/sync/api.ts';
import { createSyncPair } from '../../main/sync/sync-pair.ts';

async function main(): Promise<void> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- from the test beside it
  const pair = createSyncPair(JSON.parse(process.argv[2] ?? '{}') as PairConfig);
  // Now: one that is killed leaves nothing later.
  flushCompileCache();
  console.log('begins');
  const report = await pair.syncOnce();
  console.log(JSON.stringify(report));
  await pair.stop();
  process.exitCode = report.outcome === 'inSync' ? 0 : 1;
}

void main();
