import type { LocalFailureCode, RemoteFailureCode } from '../../main/sync/model/failures.ts';
import { Chance } from './chance.ts';
import { type Hardship, hardshipOf, noHardship } from './hardship.ts';
import { anySize, withOddities } from './oddities.ts';

/** What a person does. The numbers choose among what is there when it happens, so that any edit can be left out. */
export interface Edit {
  readonly side: 'local' | 'remote';
  readonly kind:
    | 'create'
    | 'overwrite'
    | 'overwriteInPlace'
    | 'remove'
    | 'rename'
    | 'replaceByRename'
    | 'swap'
    | 'makeFolder'
    /** A folder with some files in it. */
    | 'makeFilledFolder'
    /** A program opens a file and keeps it. */
    | 'keepOpen'
    /** Programs write to what they keep open, and close it. */
    | 'writeOpen'
    | 'touch'
    | 'retype'
    | 'changeCase'
    /** A time of modification that no clock would give: long ago, before 1970, in a hundred years. */
    | 'oddTime'
    /** On the server: another file under an id that is in use already, as servers with a fault have had. */
    | 'sameId'
    /** A file, or a folder, with a name that is left alone. */
    | 'oddName'
    /** The folder's own list of what is left alone. */
    | 'writeList'
    /** On the server: whose folder it is shares it with less than all rights, or with all again. */
    | 'shareLess'
    | 'unshare'
    /** On the server: a client states a checksum that is not that of the content. */
    | 'misstate'
    /** A file is written anew on both sides, with as many bytes as before and its time kept. */
    | 'editBoth';
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** Somebody does something to the very file that the engine is about to touch at the so-manieth operation. */
export interface Meddling {
  readonly at: number;
  readonly kind: 'overwrite' | 'overwriteInPlace' | 'remove' | 'rename';
  readonly a: number;
}

/** What goes wrong once, at the so-manieth operation of a run. */
export interface Fault {
  readonly at: number;
  readonly kind:
    | RemoteFailureCode
    | LocalFailureCode
    /** A download ends early and nothing says so. */
    | 'shortBody'
    /** A download goes on and on. */
    | 'endlessBody'
    /** A request reaches the server twice, and the answer is that to the second. */
    | 'sentTwice';
}

/**
 * Something stands in the place of a folder, from the so-manieth operation of a run to its end: nothing or another
 * folder in that of the root, a link or an empty folder (as of a disk that is not mounted) in that of one below.
 */
export interface Veil {
  readonly at: number;
  readonly kind: 'rootMissing' | 'rootReplaced' | 'link' | 'emptyFolder';
  readonly a: number;
}

/** A person chooses which folders are wanted here. The numbers choose among the folders that the server has. */
export interface Choosing {
  readonly kind: 'turnAway' | 'takeBack' | 'turnAllAway' | 'takeAllBack';
  readonly a: number;
}

/** Edits, then a run of the engine during which more happens. */
export interface Epoch {
  readonly before: readonly Edit[];
  readonly during: readonly { readonly at: number; readonly edit: Edit }[];
  readonly meddling: readonly Meddling[];
  readonly faults: readonly Fault[];
  /** The operation at which the program dies; nothing for a run that ends. */
  readonly crashAt: number | undefined;
  /** Whether with the program the computer dies, and the journal's writes of this run with it. */
  readonly isPowerCut: boolean;
  /** The access to the journal that fails. */
  readonly journalFailsAt: number | undefined;
  readonly veil: Veil | undefined;
  /** Done before the run. */
  readonly choosing: readonly Choosing[];
  readonly hardship: Hardship;
  /** ms that pass before the run. */
  readonly rest: number;
}

/** Everything that happens in one simulation: plain data that a seed makes and that can be cut down. */
export interface History {
  readonly seed: number;
  readonly timeStep: number;
  readonly ignoresCase: boolean;
  /** Whether the disk tells when a folder was made. */
  readonly knowsBirth: boolean;
  /** Whether the server takes many files at once. */
  readonly takesBulk: boolean;
  /** Whether what the engine tells of folders that are not wanted is kept over restarts. */
  readonly keepsUnwanted: boolean;
  /** Whether the disk keeps names in NFD. */
  readonly decomposes: boolean;
  /** Patterns of the administrator for what is left alone. */
  readonly rules: readonly string[];
  /** Bytes; what is larger is left where it is. */
  readonly maxFileSize: number;
  readonly epochs: readonly Epoch[];
}

const editKinds: readonly [Edit['kind'], ...Edit['kind'][]] = [
  'create',
  'create',
  'create',
  'overwrite',
  'overwrite',
  'overwriteInPlace',
  'remove',
  'remove',
  'rename',
  'rename',
  'rename',
  'replaceByRename',
  'swap',
  'makeFolder',
  'makeFolder',
  'touch',
  'retype',
  'changeCase',
  'oddTime',
  'sameId',
];

const faultKinds: readonly [Fault['kind'], ...Fault['kind'][]] = [
  'locked',
  'serverError',
  'interrupted',
  'interrupted',
  'unreachable',
  'maintenance',
  'quotaFull',
  'conditionFailed',
  'notFound',
  'malformed',
  'shortBody',
  'diskFull',
  'inUse',
  'readOnly',
  'unreadable',
];

/**
 * The history of a seed, in which all folders are wanted.
 *
 * @param takesBulk what else the seed decides: with it, folders are made with files in them and programs keep files open
 * @param isHard whether the world is hard in rarer ways too, which the seed decides as well
 */
export function plainHistoryOf(
  seed: number,
  takesBulk = new Chance(~seed).percent(50),
  isHard = new Chance(seed + 2 ** 30).percent(60),
): History {
  const chance = new Chance(seed);
  const hard = new Chance(seed + 2 ** 29);
  const easy = Array.from({ length: 1 + chance.below(5) }, () => epochOf(chance));
  const epochs = isHard ? easy.map((epoch) => ({ ...epoch, hardship: hardshipOf(hard) })) : easy;
  return {
    seed,
    decomposes: isHard && hard.percent(15),
    timeStep: chance.pick([1, 1, 4_000_000, 1_000_000_000, 2_000_000_000]),
    ignoresCase: chance.percent(15),
    knowsBirth: chance.percent(85),
    takesBulk,
    keepsUnwanted: true,
    rules: [],
    maxFileSize: anySize,
    epochs: takesBulk ? withMore(epochs, new Chance(seed + 1)) : epochs,
  };
}

/** The history of a seed, with all that may happen. */
export function historyOf(seed: number): History {
  return withOddities(choosyHistoryOf(seed));
}

/** The history of a seed, in which, with some seeds, someone chooses folders as well. */
export function choosyHistoryOf(seed: number): History {
  const history = plainHistoryOf(seed);
  // Drawn apart, so that all else is the same with and without it.
  const chance = new Chance(seed ^ 0x5e1ec7);
  if (!chance.percent(40)) return history;
  const epochs = history.epochs.map((epoch, index) => ({
    ...epoch,
    before: [...epoch.before, ...(index === 0 ? furnishing(chance) : [])],
    choosing: index > 0 || chance.percent(30) ? choosingOf(chance) : [],
  }));
  return { ...history, keepsUnwanted: chance.percent(80), epochs };
}

/** Something to choose among. */
function furnishing(chance: Chance): Edit[] {
  return Array.from({ length: 6 }, () => ({
    ...editOf(chance),
    kind: chance.pick<Edit['kind']>(['makeFolder', 'create']),
  }));
}

function choosingOf(chance: Chance): Choosing[] {
  if (chance.percent(30)) return [];
  return Array.from({ length: 1 + chance.below(2) }, () => ({
    kind: chance.pick([
      'turnAway',
      'turnAway',
      'turnAway',
      'turnAway',
      'takeBack',
      'takeBack',
      'turnAllAway',
      'takeAllBack',
    ]),
    a: chance.word(),
  }));
}

function withMore(epochs: readonly Epoch[], chance: Chance): readonly Epoch[] {
  const edit = (kind: Edit['kind']): Edit => ({ ...editOf(chance), kind, side: 'local' });
  return epochs.map((epoch) => {
    const before = [...epoch.before];
    if (chance.percent(60)) before.push(edit('makeFilledFolder'));
    if (chance.percent(15)) before.push({ ...edit('makeFilledFolder'), side: 'remote' });
    if (chance.percent(30)) before.push(edit('keepOpen'));
    const during = chance.percent(30) ? [{ at: chance.below(150), edit: edit('writeOpen') }] : [];
    return { ...epoch, before, during: [...epoch.during, ...during] };
  });
}

function epochOf(chance: Chance): Epoch {
  const before = Array.from({ length: chance.below(8) }, () => editOf(chance));
  const during = Array.from({ length: chance.percent(50) ? 1 + chance.below(4) : 0 }, () => ({
    at: chance.below(100),
    edit: editOf(chance),
  }));
  const meddling = Array.from({ length: chance.percent(40) ? 1 + chance.below(4) : 0 }, () => ({
    at: chance.below(100),
    kind: chance.pick<Meddling['kind']>(['overwrite', 'overwriteInPlace', 'remove', 'rename']),
    a: chance.word(),
  }));
  const faults = Array.from({ length: chance.percent(40) ? 1 + chance.below(4) : 0 }, () => ({
    at: chance.below(80),
    kind: chance.pick(faultKinds),
  }));
  const crashAt = chance.percent(40) ? chance.below(chance.pick([20, 60, 150])) : undefined;
  return {
    before,
    during,
    meddling,
    faults,
    crashAt,
    isPowerCut: chance.percent(30),
    journalFailsAt: chance.percent(15) ? chance.below(chance.pick([30, 120, 400])) : undefined,
    veil: chance.percent(10) ? veilOf(chance) : undefined,
    choosing: [],
    hardship: noHardship,
    rest: chance.pick([0, 500, 3000, 3000, 60_000]),
  };
}

function veilOf(chance: Chance): Veil {
  return {
    at: chance.percent(50) ? 0 : chance.below(60),
    kind: chance.pick(['rootMissing', 'rootReplaced', 'link', 'emptyFolder']),
    a: chance.word(),
  };
}

function editOf(chance: Chance): Edit {
  return {
    side: chance.percent(50) ? 'local' : 'remote',
    kind: chance.pick(editKinds),
    a: chance.word(),
    b: chance.word(),
    c: chance.word(),
  };
}
