import type { Journal } from '../journal/journal.ts';
import { allUnseen, forgetUnseen, placeOf, saveUnseen, type Unseen } from '../journal/unseen.ts';
import type { SyncedFolder } from '../model/entries.ts';
import { isWithin, type SyncPath, toSyncPath } from '../model/paths.ts';
import { relistAbove } from './complete-folders.ts';

/**
 * Takes note of which folders are not wanted here, before anything follows from it: a folder that left this computer
 * must never look removed by a person, and a crash or a power cut in the middle must not change that.
 *
 * As long as the wish is the one that was noted last, the journal knows better than it which folders are meant: it
 * follows those that were renamed. A folder that is wanted again is forgotten with all below it, so that both sides
 * are joined anew: whatever is here is compared, and whatever is not comes back.
 *
 * @param unwanted paths of folders; what is below one of them goes with it; `''` is all of the pair
 */
export function noteChoice(journal: Journal, unwanted: readonly string[]): void {
  const wished = wishOf(unwanted);
  const isKnown = isNoted(journal, unwanted);
  if (isKnown && findUnseen(journal).length === 0) return;
  journal.durably(() => {
    if (!isKnown) applyWish(wished, journal);
    for (const { path } of findUnseen(journal)) {
      const row = journal.synced.find(path);
      if (row?.kind === 'folder' && row.choice === 'here') letLeave(row, journal);
      forgetUnseen(journal, path);
    }
    journal.setMeta('unwanted', JSON.stringify(wished));
  });
}

/** Whether the journal heard of that wish, and of none after it: only then it knows which folders are meant. */
export function isNoted(journal: Journal, unwanted: readonly string[]): boolean {
  return (journal.meta('unwanted') ?? '[]') === JSON.stringify(wishOf(unwanted));
}

/** Folders that are not wanted here, where they are now, sorted. */
export function unwantedPaths(journal: Journal): readonly SyncPath[] {
  const { synced } = journal;
  const known = synced.unwanted().map((row) => placeOf(row, journal));
  const unseen = allUnseen(journal).map(({ path }) => path);
  return topmost([...known, ...unseen.filter((path) => synced.find(path) === undefined)]);
}

function applyWish(wished: readonly SyncPath[], journal: Journal): void {
  const { synced } = journal;
  for (const row of synced.unwanted()) {
    // One below another may have gone with it.
    const isStill = synced.get(row.row) !== undefined;
    if (isStill && !wished.includes(placeOf(row, journal))) takeBack(row, journal);
  }
  for (const { path } of allUnseen(journal)) if (!wished.includes(path)) forgetUnseen(journal, path);
  for (const path of wished) {
    const row = synced.find(path);
    if (row?.kind !== 'folder') saveUnseen(journal, { path, remoteId: '' });
    else if (row.choice === 'here') letLeave(row, journal);
  }
}

/** From now on its content leaves. All of it is listed once more: what the server has is looked at, not believed. */
function letLeave(row: SyncedFolder, journal: Journal): void {
  relistAbove(row.row, journal);
  relistBelow(row, journal);
  journal.put({ ...row, choice: 'leaving', etag: '' }, row.row);
}

function relistBelow(folder: SyncedFolder, journal: Journal): void {
  for (const child of journal.synced.children(folder.row)) {
    if (child.kind !== 'folder') continue;
    if (child.etag !== '') journal.putEtag(child, '');
    relistBelow(child, journal);
  }
}

function takeBack(row: SyncedFolder, journal: Journal): void {
  relistAbove(row.row, journal);
  if (row.row !== row.parent) {
    journal.forget(row.row);
    return;
  }
  for (const child of journal.synced.children(row.row)) journal.forget(child.row);
  journal.putRoot({ ...row, choice: 'here', etag: '' });
}

/** Where a folder stands now that is not wanted, as that or one that had never been seen. */
function findUnseen(journal: Journal): readonly Unseen[] {
  return allUnseen(journal).filter(({ path, remoteId }) => {
    const row = journal.synced.find(path);
    return row?.kind === 'folder' && (remoteId === '' || row.remoteId === remoteId);
  });
}

function wishOf(unwanted: readonly string[]): readonly SyncPath[] {
  return topmost(unwanted.map(toSyncPath));
}

function topmost(paths: readonly SyncPath[]): readonly SyncPath[] {
  const sorted = [...new Set(paths)].toSorted();
  return sorted.filter((path) => !sorted.some((other) => other !== path && isWithin(path, other)));
}
