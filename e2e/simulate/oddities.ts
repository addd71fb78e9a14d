import { Chance } from './chance.ts';
import type { Edit, Epoch, Fault, History } from './history.ts';

/** A size that no file of these histories has. */
export const anySize = 1_000_000;

/** What, beside edits and faults, happens in a history. */
type Oddity = 'leftOut' | 'limit' | 'shares' | 'lies' | 'twins' | 'repeats';

const share: Record<Oddity, number> = {
  leftOut: 30,
  limit: 15,
  shares: 20,
  lies: 15,
  twins: 25,
  repeats: 30,
};

/** Edits that an epoch may have more, and in how many of a hundred cases each. */
const edits: Partial<Record<Oddity, readonly [Edit['kind'], number][]>> = {
  leftOut: [
    ['oddName', 60],
    ['oddName', 40],
    ['writeList', 30],
  ],
  limit: [['create', 60]],
  shares: [
    ['makeFilledFolder', 40],
    ['shareLess', 40],
    ['unshare', 10],
  ],
  lies: [['misstate', 40]],
  twins: [['editBoth', 50]],
};

/** The same history with what is rarer: names that are left alone, limits, shares for reading, lies, twins. */
export function withOddities(history: History): History {
  const chance = new Chance(history.seed ^ 0x0dd17e5);
  const kinds: readonly Oddity[] = ['leftOut', 'limit', 'shares', 'lies', 'twins', 'repeats'];
  const chosen = kinds.filter((kind) => chance.percent(share[kind]));
  return {
    ...history,
    rules: chosen.includes('leftOut') ? chance.pick([[], ['*.bak'], ['*.bak', 'tmp/']]) : [],
    // Which of two names that are one to the disk is too large to be here is nobody's question yet.
    maxFileSize: chosen.includes('limit') && !history.ignoresCase ? chance.pick([40, 120, 200]) : anySize,
    epochs: history.epochs.map((epoch) => chosen.reduce((odd, kind) => withOddity(odd, kind, chance), epoch)),
  };
}

function withOddity(epoch: Epoch, oddity: Oddity, chance: Chance): Epoch {
  const before = [...epoch.before];
  const during = [...epoch.during];
  for (const [kind, percent] of edits[oddity] ?? []) {
    if (!chance.percent(percent)) continue;
    const edit = editOf(kind, chance);
    if (chance.percent(70)) before.splice(chance.below(before.length + 1), 0, edit);
    else during.push({ at: chance.below(100), edit });
  }
  const faults = oddity === 'repeats' ? [...epoch.faults, ...repeatsOf(chance)] : epoch.faults;
  return { ...epoch, before, during, faults };
}

function editOf(kind: Edit['kind'], chance: Chance): Edit {
  const isThere = kind === 'shareLess' || kind === 'unshare' || kind === 'misstate';
  const isHere = !isThere && (kind === 'editBoth' || chance.percent(50));
  return { side: isHere ? 'local' : 'remote', kind, a: chance.word(), b: chance.word(), c: chance.word() };
}

function repeatsOf(chance: Chance): Fault[] {
  return Array.from({ length: chance.below(4) }, () => ({
    at: chance.below(100),
    kind: chance.pick<Fault['kind']>(['sentTwice', 'sentTwice', 'endlessBody']),
  }));
}
