import { mkdir, readdir, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errnoOf } from '../store/errno.ts';
import { isThere } from '../store/is-there.ts';
import { readKept } from '../store/kept.ts';
import { FilesState } from './files-state.ts';
import { folderName, freeName } from './folder-names.ts';
import { meetsTaken } from './taken.ts';

/** Where in the program's data the homes of accounts are: what this PC knows of the files of each. */
const HOMES = 'accounts';
/** While the home of a profile of one account is made. */
const MOVING = 'moving';
const STATE = 'files.json';
/** What a profile from when there was one account has beside its other files; the state goes last. */
const OF_ONE_ACCOUNT = [
  'sync',
  'undo',
  'creations.json',
  'transfers.json',
  'recent.json',
  'notices.json',
  `${STATE}.spare`,
  STATE,
];

/**
 * Makes sure that an account's home is there. A profile from when there was one account gives what it knows of its files
 * to the first that has no home: moved piece by piece, taken up again after a crash, and never half there.
 */
export async function prepareHome(data: string, home: string): Promise<string> {
  const folder = join(data, HOMES, home);
  const moving = join(data, HOMES, MOVING);
  if (!(await isThere(folder))) {
    for (const name of OF_ONE_ACCOUNT) {
      if (!(await isThere(join(data, name)))) continue;
      await mkdir(moving, { recursive: true, mode: 0o700 });
      await rename(join(data, name), join(moving, name));
    }
    if (await isThere(moving)) await rename(moving, folder);
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/**
 * The places in which other accounts' folders are on this PC, also of those who signed out: what they know of them is
 * taken up again when they come back.
 */
export async function placesOfOthers(data: string, home: string): Promise<string[]> {
  const homes = await readdir(join(data, HOMES), { withFileTypes: true }).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  });
  const states = await Promise.all(
    homes
      .filter((entry) => entry.isDirectory() && entry.name !== home)
      .map(({ name }) => stateIn(join(data, HOMES, name))),
  );
  return states.flatMap((state) => {
    const elsewhere = Object.values(state?.pairs ?? {}).map(({ localPath }) => localPath);
    return [state?.place ?? null, ...elsewhere].filter((place) => place !== null);
  });
}

async function stateIn(folder: string): Promise<FilesState | null> {
  return (
    (await readKept(join(folder, STATE), FilesState)) ??
    (await readKept(join(folder, `${STATE}.spare`), FilesState))
  );
}

/** Whether a place would lie in one of those or around it. */
export function meetsPlaces(place: string, others: readonly string[]): Promise<boolean> {
  return meetsTaken(place, { local: others, place: null });
}

/** A place that meets none of those of others: the usual one, or one beside it that is named after the account. */
export async function placeBeside(
  usual: string,
  account: string,
  others: readonly string[],
): Promise<string> {
  if (!(await meetsPlaces(usual, others))) return usual;
  const name = folderName(`${basename(usual)} (${account})`, basename(usual));
  return join(
    dirname(usual),
    await freeName(name, (candidate) => meetsPlaces(join(dirname(usual), candidate), others)),
  );
}
