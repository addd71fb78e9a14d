import { realpath } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import type { Handlers } from '../../preload/contract/index.ts';
import { AppError } from '../contract/app-error.ts';
import type { Authors } from './authors.ts';
import type { AwayListing } from './away-listing.ts';
import type { Conflicts } from './conflicts.ts';
import type { Dav } from './dav.ts';
import type { Engine } from './engine.ts';
import type { FirstRun } from './first-run.ts';
import type { FolderChoice } from './folder-choice.ts';
import type { FolderCounts } from './folder-counts.ts';
import type { FolderPlace } from './folder-place.ts';
import { freeable } from './freeable.ts';
import { meetsPlaces } from './home.ts';
import { listAuthors, listFolder } from './listing.ts';
import type { LowRoom } from './low-room.ts';
import type { OfferedFiles } from './offers.ts';
import type { FileDesktop, Opener } from './opener.ts';
import type { PauseSwitch } from './pause-switch.ts';
import { preparePlace } from './place.ts';
import { renameEntry } from './rename.ts';
import type { SalonFolders } from './salon-folders.ts';
import type { Transfers } from './transfers.ts';

/** What the files domain answers with. */
export interface FilesDomainParts {
  readonly engine: Engine;
  readonly folders: SalonFolders;
  readonly counts: FolderCounts;
  readonly away: AwayListing;
  readonly transfers: Transfers;
  readonly authors: Authors;
  readonly conflicts: Conflicts;
  readonly lowRoom: Pick<LowRoom, 'dismiss'>;
  /** The file server. Throws `not-signed-in.files`. */
  readonly dav: () => Dav;
  readonly opener: Opener;
  readonly fileIdOf: (place: FolderPlace, path: string) => Promise<string | null>;
  readonly pause: Pick<PauseSwitch, 'set'>;
  readonly firstRun: Pick<FirstRun, 'estimate' | 'check'>;
  readonly choice: Pick<FolderChoice, 'contents'>;
  readonly offered: OfferedFiles;
  /** Places of other accounts on this PC, in which nothing of this one may lie. */
  readonly placesOfOthers: () => Promise<readonly string[]>;
  /** The place was chosen. */
  readonly placeChosen: () => void;
  readonly desktop: FileDesktop;
  readonly dialogs: {
    readonly choosePlace: (suggested: string) => Promise<string | null>;
    readonly pickFiles: () => Promise<readonly string[]>;
  };
}

/** The requests of the files domain. */
export function filesHandlers(parts: FilesDomainParts): Handlers<'files'> {
  const { engine, folders, transfers, authors, opener, fileIdOf } = parts;
  const { pause, firstRun, choice, offered, desktop, dialogs } = parts;
  const addAll = (salonId: string, paths: readonly string[], folder?: string) =>
    Promise.all(paths.map((path) => transfers.add(salonId, { kind: 'path', path }, folder)));
  return {
    overview: () => folders.overview(),
    follow: ({ salons }) => folders.follow(salons),
    estimate: (_, signal) => firstRun.estimate(folders.overview().suggestedPlace, signal),
    choosePlace: async ({ how, keep }, signal) => {
      const { place: chosen, suggestedPlace } = folders.overview();
      if (chosen !== null) return { place: chosen };
      const place = how === 'suggested' ? suggestedPlace : await dialogs.choosePlace(suggestedPlace);
      if (place === null) return { place };
      if (await meetsPlaces(place, await parts.placesOfOthers()))
        throw new AppError('forbidden.nested-here', { folder: basename(place) });
      if (keep === 'all') await firstRun.check(place, signal);
      const taken = await folders.choosePlace(await preparePlace(place), keep);
      parts.placeChosen();
      return { place: taken };
    },
    list: ({ salonId, path }) => listFolder(parts, folders.placeOf(salonId), path),
    authors: ({ salonId, path }, signal) => listAuthors(authors, folders.placeOf(salonId), path, signal),
    addFiles: ({ salonId, files, folder }) =>
      addAll(
        salonId,
        files.map((token) => offered.take(token)),
        folder,
      ),
    addBytes: ({ salonId, name, bytes }) =>
      transfers.add(salonId, { kind: 'bytes', name: plainName(name), bytes }),
    pickFiles: async ({ salonId }) => addAll(salonId, await dialogs.pickFiles()),
    transfers: () => transfers.list(),
    settleTransfer: ({ transferId }) => transfers.settle(transferId),
    stopTransfer: ({ transferId }) => transfers.stop(transferId),
    open: ({ salonId, path }, signal) => opener.open(folders.placeOf(salonId), path, signal),
    stopOpening: ({ salonId, path }) => opener.stop(folders.placeOf(salonId), path),
    reveal: ({ salonId, path }) => opener.reveal(folders.placeOf(salonId), path),
    fileId: async ({ salonId, path }) => ({ fileId: await fileIdOf(folders.placeOf(salonId), path) }),
    drag: ({ salonId, path }) => opener.drag(folders.placeOf(salonId), path),
    contents: ({ salonId, path }, signal) => choice.contents(folders.placeOf(salonId), path, signal),
    freeable: () => freeable({ engine, place: folders.overview().place, folders: folders.places() }),
    choose: ({ salonId, unwanted }) => folders.choose(folders.placeOf(salonId).pairId, unwanted),
    openPlace: () => openPlace(folders, desktop),
    pause: ({ paused, minutes }) => pause.set(paused, minutes),
    overrulePause: () => folders.overrule(),
    retry: ({ salonId, path }) => folders.retry(salonId, path),
    decideGuard: ({ salonId, guardId, decision }) => folders.decideGuard(salonId, guardId, decision),
    ...decisionHandlers(parts),
  };
}

/** What a person decides about single files. */
function decisionHandlers({
  folders,
  lowRoom,
  conflicts,
  dav,
}: FilesDomainParts): Pick<
  Handlers<'files'>,
  | 'rename'
  | 'dismissNotice'
  | 'dismissLowRoom'
  | 'conflict'
  | 'conflictPicture'
  | 'settleConflict'
  | 'undoSettle'
> {
  return {
    rename: async ({ salonId, path, name }) => {
      await renameEntry(dav, folders.placeOf(salonId), path, name);
      await folders.retry(salonId, null);
    },
    dismissNotice: ({ salonId, code }) => folders.dismissNotice(salonId, code),
    dismissLowRoom: () => lowRoom.dismiss(),
    conflict: ({ salonId, copyPath }, signal) => conflicts.facts(salonId, copyPath, signal),
    conflictPicture: async ({ salonId, copyPath, side }) => ({
      picture: await conflicts.picture(salonId, copyPath, side),
    }),
    settleConflict: async ({ salonId, copyPath, decision }) => ({
      undo: await conflicts.settle(salonId, copyPath, decision),
    }),
    undoSettle: ({ undo }) => conflicts.undo(undo),
  };
}

/** Opens the place of all folders in the file manager. Throws `not-found.place` while none was chosen. */
export async function openPlace(folders: SalonFolders, desktop: FileDesktop): Promise<void> {
  const { place } = folders.overview();
  if (place === null || !isAbsolute(place)) throw new AppError('not-found.place');
  await desktop.open(await realpath(place));
}

/** A name for pasted bytes without a way out of the folder. */
function plainName(name: string): string {
  const plain = name.replaceAll(/[/\\\p{Cc}]/gu, '-').replace(/^\.+/, '');
  if (plain.trim() === '') throw new AppError('name-not-allowed.file');
  return plain;
}
