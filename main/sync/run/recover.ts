import type { OwnFile } from '../discover/local.ts';
import { ownPrefix } from '../discover/own-names.ts';
import {
  allDisplaced,
  allPartialDownloads,
  allPartialUploads,
  forgetPartialDownload,
  forgetPartialUpload,
  temporariesInUse,
} from '../journal/transfers.ts';
import { joinSync, nameKey } from '../model/paths.ts';
import type { RunContext } from '../propagate/context.ts';
import { setAside, settleDisplaced } from '../propagate/set-aside.ts';

/** Ends what a crash left between taking a file's place and knowing what was displaced. */
export async function recoverDisplaced(context: RunContext): Promise<void> {
  const { fileSystem } = context;
  for (const displaced of allDisplaced(context.journal)) {
    const isThere = (await fileSystem.look(displaced.at)) !== undefined;
    const isTargetMissing = (await fileSystem.look(displaced.target)) === undefined;
    if (isThere && isTargetMissing) await fileSystem.moveExclusive(displaced.at, displaced.target);
    await settleDisplaced(displaced, context);
  }
}

/**
 * Clears away what earlier runs left behind. Halves of downloads go, unless they will be gone on with. A
 * displaced version that no journal knows of may be someone's work: it gets a visible name.
 */
export async function clearOwnFiles(
  own: readonly OwnFile[],
  inUse: ReadonlySet<string>,
  context: RunContext,
): Promise<void> {
  const needed = temporariesInUse(context.journal);
  for (const file of own) {
    if (needed.has(file.at) || inUse.has(file.at)) continue;
    if (file.name.startsWith(`${ownPrefix}old-`)) {
      const path = joinSync(file.folderPath, nameKey(context.options.conflictLabel));
      await setAside({ at: file.at, folder: file.folder, path }, context);
      context.reporter.notice('recovered', path);
    } else {
      await context.fileSystem.remove(file.at);
    }
  }
}

/** Gives up transfers that were begun and that no plan speaks of any more. */
export async function dropStaleTransfers(wanted: ReadonlySet<string>, context: RunContext): Promise<void> {
  const { journal, fileSystem, remote, signal } = context;
  for (const { path, temporary } of allPartialDownloads(journal)) {
    if (wanted.has(path)) continue;
    if ((await fileSystem.look(temporary)) !== undefined) await fileSystem.remove(temporary);
    forgetPartialDownload(journal, path);
  }
  for (const { path, id, remotePath } of allPartialUploads(journal)) {
    if (wanted.has(path)) continue;
    await remote.abortParts({ id, path: remotePath }, signal);
    forgetPartialUpload(journal, path);
  }
}
