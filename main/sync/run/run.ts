import type { Guard } from '../api.ts';
import type { SyncPath } from '../model/paths.ts';
import type { Deletions } from '../reconcile/guard.ts';
import { goalPath } from '../reconcile/merge-node.ts';
import type { PlanItem } from '../reconcile/plan-item.ts';
import { type PassEnd, runPass } from './pass.ts';
import { signatureOf } from './propagation.ts';
import type { Work } from './work.ts';

/** How a run ended when the server could be reached. */
export type RunEnd =
  | { readonly kind: 'atRest'; readonly young: readonly SyncPath[] }
  | { readonly kind: 'guarded'; readonly reason: Guard['reason']; readonly deletions: Deletions };

/** Passes after which a run ends even if someone goes on changing things; the next one goes on. */
const mostPasses = 12;
/** Times that an item may find the world changed before it waits like a failed one. */
const mostPostponements = 3;

/** Passes until there is nothing left to do. */
export async function runToRest(work: Work): Promise<RunEnd> {
  const postponements = new Map<string, number>();
  let young: readonly SyncPath[] = [];
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const end = await runPass(work);
    if (end.kind === 'guarded') return end;
    young = end.young;
    giveUpOnRestless(end, postponements, work);
    if (!end.again) break;
  }
  return { kind: 'atRest', young };
}

function giveUpOnRestless(
  end: Extract<PassEnd, { readonly kind: 'done' }>,
  postponements: Map<string, number>,
  work: Work,
): void {
  for (const item of end.stuck) tellRestless(item, 1, work);
  for (const item of end.postponed) {
    const path = goalPath(item.node);
    const times = (postponements.get(path) ?? 0) + 1;
    postponements.set(path, times);
    if (times >= mostPostponements) tellRestless(item, times, work);
  }
}

function tellRestless(item: PlanItem, times: number, { problems }: Work): void {
  const detail = { signature: signatureOf(item), data: { times } };
  problems.failed(goalPath(item.node), item.action, 'changing', detail);
}
