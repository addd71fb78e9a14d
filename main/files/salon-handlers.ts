import type { Handlers } from '../../preload/contract/index.ts';
import type { Creations } from './creations.ts';

/** The requests of the salons domain. */
export function salonHandlers(creations: Creations): Handlers<'salons'> {
  return {
    makeFolder: ({ creationId, name, members }) => creations.make(creationId, name, members),
    confirm: ({ creationId }) => creations.confirm(creationId),
    undo: ({ creationId }) => creations.undo(creationId),
    shareFolder: ({ folder, members }) => creations.share(folder, members),
    pending: () => creations.pending(),
  };
}
