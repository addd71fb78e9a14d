import type { ServerNode } from '../../main/sync/testing/memory-server.ts';
import { nodesOf } from './check-journal.ts';
import { pairFolder, type World } from './world.ts';

/**
 * Where the server may have what a problem names by its path here: there, or, when a folder above it has another place
 * on the server, in that one.
 */
export function placesThere(path: string, world: World): readonly string[] {
  const names = path.split('/');
  const nodes = [...nodesOf(world).values()];
  const elsewhere = names.flatMap((_, index) => {
    const above = world.disk.find([pairFolder, ...names.slice(0, index + 1)].join('/'));
    const known = nodes.find(({ inode }) => inode === above?.number);
    const place = known === undefined ? undefined : placeOfId(known.remoteId, world.server.root, []);
    return place === undefined ? [] : [[...place, ...names.slice(index + 1)].join('/')];
  });
  return [path, ...elsewhere];
}

function placeOfId(id: string, folder: ServerNode, names: readonly string[]): readonly string[] | undefined {
  for (const [name, child] of folder.children) {
    const below = [...names, name];
    const place = child.id === id ? below : placeOfId(id, child, below);
    if (place !== undefined) return place;
  }
  return undefined;
}
