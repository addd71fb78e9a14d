import { rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isThere } from '../store/is-there.ts';
import { type Carrying, carryOn } from './carry.ts';
import type { PartNote } from './part-notes.ts';

/**
 * Takes up what an earlier run left behind: what came whole is put in its place, what did not is removed and told of. What
 * can't be looked at now (its disk is away) waits for another start.
 */
export async function takeUpLeftBehind(carrying: Carrying): Promise<void> {
  for (const note of carrying.notes.all())
    try {
      await takeUp(note, carrying);
    } catch (error) {
      carrying.log.warn('download.left-behind', {}, error);
    }
}

async function takeUp(note: PartNote, carrying: Carrying): Promise<void> {
  const { part, place, isWhole, name, url, host, owner } = note;
  if (!(await isThere(dirname(part)))) return;
  if (isWhole && place !== null) {
    if (await isThere(part)) return carryOn({ ...note, place }, (await stat(part)).size, carrying);
  } else {
    await rm(part, { force: true });
    carrying.desk.refuse(name, { url, host, owner }, 'program-ended');
  }
  carrying.notes.forget(part);
}
