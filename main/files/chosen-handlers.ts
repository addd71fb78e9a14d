import type { Handlers } from '../../preload/contract/index.ts';
import type { ChosenFolders } from './chosen-folders.ts';

/** The requests of the domain of folders that a person chose. */
export function chosenFolderHandlers(chosen: ChosenFolders): Handlers<'chosenFolders'> {
  return {
    browse: ({ path }, signal) => chosen.browse(path, signal),
    propose: async ({ path, where }, signal) => ({ proposal: await chosen.propose(path, where, signal) }),
    add: async ({ proposalId }, signal) => ({ folderId: await chosen.add(proposalId, signal) }),
    stop: async ({ folderId, copy }, signal) => ({ copy: await chosen.stop(folderId, copy, signal) }),
  };
}
