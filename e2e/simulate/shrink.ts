import type { Failure } from './check.ts';
import { easier } from './hardship.ts';
import type { Epoch, History } from './history.ts';
import { anySize } from './oddities.ts';
import { simulate } from './simulate.ts';

/** Leaves out of a failing history whatever it fails without. */
export async function shrink(history: History): Promise<History> {
  let smallest = history;
  const first = sortOf((await simulate(history)).failure);
  for (let isShrinking = true; isShrinking; ) {
    isShrinking = false;
    for (let at = 0; ; ) {
      const candidate = [...smallerThan(smallest)][at];
      if (candidate === undefined) break;
      const { failure } = await simulate(candidate);
      // Not cut down to another failure than the one it was found for. What can't be left out now may be later.
      if (sortOf(failure) !== first) at += 1;
      else {
        smallest = candidate;
        isShrinking = true;
      }
    }
  }
  return smallest;
}

/** What a failure says beside which file it was. */
function sortOf(failure: Failure | undefined): string | undefined {
  if (failure === undefined) return undefined;
  return failure.kind === 'diverged' ? failure.detail.split(':')[0] : failure.kind;
}

function* smallerThan(history: History): Generator<History> {
  const { epochs, rules, maxFileSize } = history;
  if (rules.length > 0) yield { ...history, rules: [] };
  if (maxFileSize < anySize) yield { ...history, maxFileSize: anySize };
  for (let index = 0; index < epochs.length; index += 1) {
    yield { ...history, epochs: without(epochs, index) };
  }
  for (const [index, epoch] of epochs.entries()) {
    for (const smaller of smallerEpochs(epoch)) yield { ...history, epochs: epochs.with(index, smaller) };
  }
}

function* smallerEpochs(epoch: Epoch): Generator<Epoch> {
  if (epoch.crashAt !== undefined) yield { ...epoch, crashAt: undefined };
  if (epoch.isPowerCut) yield { ...epoch, isPowerCut: false };
  if (epoch.journalFailsAt !== undefined) yield { ...epoch, journalFailsAt: undefined };
  for (const hardship of easier(epoch.hardship)) yield { ...epoch, hardship };
  if (epoch.veil !== undefined) yield { ...epoch, veil: undefined };
  for (let index = 0; index < epoch.choosing.length; index += 1)
    yield { ...epoch, choosing: without(epoch.choosing, index) };
  for (let index = 0; index < epoch.faults.length; index += 1)
    yield { ...epoch, faults: without(epoch.faults, index) };
  for (let index = 0; index < epoch.meddling.length; index += 1)
    yield { ...epoch, meddling: without(epoch.meddling, index) };
  for (let index = 0; index < epoch.during.length; index += 1)
    yield { ...epoch, during: without(epoch.during, index) };
  for (let index = 0; index < epoch.before.length; index += 1)
    yield { ...epoch, before: without(epoch.before, index) };
}

function without<Item>(items: readonly Item[], index: number): Item[] {
  return items.filter((_, candidate) => candidate !== index);
}
