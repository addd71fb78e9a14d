import type { Chance } from './chance.ts';
import type { Fault } from './history.ts';

/** What else is hard for one run of the engine. */
export interface Hardship {
  /** ms that this computer's clock is put forward, or back, before the run. */
  readonly clockJump: number;
  /** What becomes of the journal before the run: a profile that was emptied, or put back from a backup. */
  readonly journal: 'kept' | 'lost' | 'old';
  /** Whether what the run wrote to the journal is there after a power cut, whatever became of the files. */
  readonly outlives: boolean;
  /** Bytes that still fit on the disk during the run. */
  readonly room: number | undefined;
  /** Which file here another program lets nobody touch during the run. */
  readonly locked: number | undefined;
  /** Which file or folder here can't be looked at during the run, wherever it is. */
  readonly hidden: number | undefined;
  /** Whether the server is put back, before the run, to how it was before the run before. */
  readonly isServerRestored: boolean;
  readonly faults: readonly Fault[];
}

export const noHardship: Hardship = {
  clockJump: 0,
  journal: 'kept',
  outlives: false,
  room: undefined,
  locked: undefined,
  hidden: undefined,
  isServerRestored: false,
  faults: [],
};

const hour = 3_600_000;
const jumps: readonly [number, ...number[]] = [
  -1,
  -1500,
  1500,
  -2 * hour,
  2 * hour,
  -365 * 24 * hour,
  24 * hour,
];
const rarerFaults: readonly [Fault['kind'], ...Fault['kind'][]] = [
  'timedOut',
  'unavailable',
  'unauthorised',
  'forbidden',
  'exists',
  'parentMissing',
  'tooLarge',
  'rangeRefused',
  'nameRefused',
  'refused',
  'contentChanged',
  'wrongLength',
  'checksumMismatch',
  'notAServer',
  'badCertificate',
  'other',
  'nameTooLong',
  'crossDevice',
  'outside',
];

/** Draws what is hard about a run; most things are not, most of the time. */
export function hardshipOf(chance: Chance): Hardship {
  return {
    clockJump: chance.percent(15) ? chance.pick(jumps) : 0,
    journal: chance.percent(90) ? 'kept' : chance.pick<Hardship['journal']>(['lost', 'old']),
    outlives: chance.percent(50),
    room: chance.percent(10) ? chance.below(400) : undefined,
    locked: chance.percent(15) ? chance.word() : undefined,
    isServerRestored: chance.percent(5),
    faults: Array.from({ length: chance.percent(30) ? 1 + chance.below(3) : 0 }, () => ({
      at: chance.below(100),
      kind: chance.pick(rarerFaults),
    })),
    hidden: chance.percent(12) ? chance.word() : undefined,
  };
}

/** The same with one thing less, in each way that this can be. */
export function* easier(hardship: Hardship): Generator<Hardship> {
  if (hardship.clockJump !== 0) yield { ...hardship, clockJump: 0 };
  if (hardship.journal !== 'kept') yield { ...hardship, journal: 'kept' };
  if (hardship.outlives) yield { ...hardship, outlives: false };
  if (hardship.room !== undefined) yield { ...hardship, room: undefined };
  if (hardship.locked !== undefined) yield { ...hardship, locked: undefined };
  if (hardship.hidden !== undefined) yield { ...hardship, hidden: undefined };
  if (hardship.isServerRestored) yield { ...hardship, isServerRestored: false };
  for (const fault of hardship.faults) {
    yield { ...hardship, faults: hardship.faults.filter((other) => other !== fault) };
  }
}
