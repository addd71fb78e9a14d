import type { SalonListSnapshot, SalonSummary } from '../../matrix/protocol.ts';
import type { Readable } from '../../ui/store.ts';

/**
 * The conversation is quicker than the file server: when a file becomes the last line of a salon, its folder is looked
 * at at once instead of at the next turn (one's own too: it may come from another device). A hint only: whoever misses one gets the file a little later. What
 * stood there when the list came is no news, the engine has just begun with it. @returns the way to stop
 */
export function hintAtFolders(
  list: Readable<SalonListSnapshot | null>,
  look: (salonId: string) => void,
): () => void {
  const known = new Map<string, number>();
  const read = () => {
    for (const salon of list.get()?.salons ?? []) {
      const before = known.get(salon.id);
      known.set(salon.id, salon.lastAt);
      if (before !== undefined && before < salon.lastAt && tellsOfFile(salon)) look(salon.id);
    }
  };
  read();
  return list.subscribe(read);
}

function tellsOfFile({ folder, membership, lastLine }: SalonSummary): boolean {
  if (folder === null || membership !== 'joined' || lastLine === null) return false;
  return lastLine.kind === 'file' || lastLine.kind === 'image';
}
