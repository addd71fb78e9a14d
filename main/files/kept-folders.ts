import { basename } from 'node:path';
import { type ChosenFolder, type FilesState, type KnownPair, pairIdOf } from './files-state.ts';

/** A folder that is kept equal on both sides, whoever wished it. */
export interface KeptFolder {
  /** The salon's, or the folder's own. */
  readonly id: string;
  readonly kind: 'salon' | 'chosen';
  readonly name: string;
  readonly fileId: string;
  /** Undefined when it is on another server, or nobody ever signed in to the files. */
  readonly pairId: string | undefined;
}

/** The folders of the person at this PC: their salons', then those that they chose. */
export function keptFolders({ salons, chosen, owner }: FilesState): KeptFolder[] {
  const isOurs = (server: string): boolean => owner !== null && server.replace(/\/+$/, '') === owner.server;
  return [
    ...salons.map(({ salonId, name, folder }) => ({
      id: salonId,
      kind: 'salon' as const,
      name,
      fileId: folder.fileId,
      pairId: owner && isOurs(folder.server) ? pairIdOf(folder, owner.userId) : undefined,
    })),
    ...chosen
      .filter((each) => isOurs(each.owner.server) && each.owner.userId === owner?.userId)
      .map(({ folderId, name, fileId }) => ({
        id: folderId,
        kind: 'chosen' as const,
        name,
        fileId,
        pairId: chosenPairId(folderId),
      })),
  ];
}

/** The file ids of salons' folders on the account's server that come to this PC by themselves, by the salon's name. */
export function firstFileIds(
  folders: readonly KeptFolder[],
  comesAtFirst: (salonName: string) => boolean,
): string[] {
  return folders.flatMap(({ kind, name, pairId, fileId }) =>
    kind === 'salon' && pairId && comesAtFirst(name) ? [fileId] : [],
  );
}

/** The pair of a chosen folder: chosen again it is another, so that nothing of the first is taken for its own. */
export function chosenPairId(folderId: string): string {
  return folderId.slice(folderId.indexOf(':') + 1);
}

/** The state with one more chosen folder. */
export function withChosen(
  { chosen, pairs }: FilesState,
  folder: ChosenFolder,
  localPath: string,
  remotePath: string,
): Pick<FilesState, 'chosen' | 'pairs'> {
  const localName = basename(localPath);
  const known: KnownPair = { localName, localPath, remotePath, settledCopies: [], unwanted: [] };
  return { chosen: [...chosen, folder], pairs: { ...pairs, [chosenPairId(folder.folderId)]: known } };
}

/** The state without a chosen folder, and without all that was known of it. */
export function withoutChosen(
  { chosen, pairs }: FilesState,
  folderId: string,
): Pick<FilesState, 'chosen' | 'pairs'> {
  const pairId = chosenPairId(folderId);
  return {
    chosen: chosen.filter((each) => each.folderId !== folderId),
    pairs: Object.fromEntries(Object.entries(pairs).filter(([id]) => id !== pairId)),
  };
}

/**
 * The state once the server said where folders are, by their file ids (null: not among the person's files), and the pairs
 * that are gone. A chosen folder is called here as it is there; a salon's is called like its salon.
 */
export function withFound(
  state: FilesState,
  found: ReadonlyMap<string, string | null>,
): Pick<FilesState, 'chosen' | 'pairs'> & { readonly gone: readonly string[] } {
  const pairs = { ...state.pairs };
  const names = new Map<string, string>();
  const gone: string[] = [];
  for (const { id, fileId, pairId } of keptFolders(state)) {
    const path = found.get(fileId);
    const known = pairId === undefined ? undefined : pairs[pairId];
    if (path === undefined || pairId === undefined || !known) continue;
    if (path === null) gone.push(pairId);
    else {
      pairs[pairId] = { ...known, remotePath: path };
      names.set(id, path.slice(path.lastIndexOf('/') + 1));
    }
  }
  const chosen = state.chosen.map((each) => ({ ...each, name: names.get(each.folderId) ?? each.name }));
  return { chosen, pairs, gone };
}
