import type { Freeable } from '../../preload/contract/folder-sizes.ts';
import { AppError } from '../contract/app-error.ts';
import type { FolderWeight } from '../sync/api.ts';
import { type Engine, EngineError } from './engine.ts';
import { freeSpace } from './first-run.ts';
import type { FolderPlace } from './folder-place.ts';
import { weigh } from './weigh.ts';

/** The page shows no more of them: who needs space begins with the largest. */
const MOST = 200;

type FreeableFolder = Freeable['folders'][number];

/** What is looked through. */
export interface FreeableParts {
  readonly engine: Pick<Engine, 'run'>;
  /** The place of all folders; null while none was chosen. */
  readonly place: string | null;
  /** Every folder that is synced, once, with what names it to the page. */
  readonly folders: readonly { readonly salonId: string; readonly place: FolderPlace }[];
}

/**
 * The folders on this PC that could be online only, those first of which everything is online, the largest of them first.
 * Throws `not-found.place` while no place was chosen. A folder that the engine can't tell about now is left out.
 */
export async function freeable({ engine, place, folders }: FreeableParts): Promise<Freeable> {
  if (place === null) throw new AppError('not-found.place');
  const found: FreeableFolder[] = [];
  for (const { salonId, place: folder } of folders) {
    if (folder.report === null || folder.unwanted.includes('')) continue;
    const weights = await weighIfPossible(engine, folder.pairId);
    for (const { path, files, bytes, unsent } of choicesOf(weights))
      found.push({ salonId, path, files, bytes, unsent });
  }
  return { folders: found.toSorted(bySafety).slice(0, MOST), freeBytes: await freeSpace(place) };
}

async function weighIfPossible(engine: Pick<Engine, 'run'>, pair: string): Promise<FolderWeight[]> {
  try {
    return await weigh(engine, pair);
  } catch (error) {
    if (error instanceof EngineError) return [];
    throw error;
  }
}

/** The folders in it, or all of it where most of what it weighs is in no folder. */
export function choicesOf(weights: readonly FolderWeight[]): Omit<FreeableFolder, 'salonId'>[] {
  const all = weights.reduce(
    (sum, each) => ({
      bytes: sum.bytes + each.bytes,
      files: sum.files + each.files,
      unsent: sum.unsent + each.unsent,
    }),
    { bytes: 0, files: 0, unsent: 0 },
  );
  const loose = weights.find(({ path }) => path === '')?.bytes ?? 0;
  const choices = loose * 2 > all.bytes ? [{ path: '', ...all }] : weights.filter(({ path }) => path !== '');
  return choices.filter(({ bytes }) => bytes > 0);
}

function bySafety(one: FreeableFolder, other: FreeableFolder): number {
  return Number(one.unsent > 0) - Number(other.unsent > 0) || other.bytes - one.bytes;
}
