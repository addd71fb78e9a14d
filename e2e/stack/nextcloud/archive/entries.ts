import { createReadStream } from 'node:fs';
import type { Standin } from '../standin.ts';
import type { Place } from '../store/view.ts';

/** Something that goes into an archive. */
export interface ArchiveEntry {
  /** Path in the archive; folders end in a slash. */
  readonly path: string;
  readonly isFolder: boolean;
  readonly size: number;
  /** Seconds. */
  readonly mtime: number;
  /** The bytes; nothing for folders. */
  read(): AsyncIterable<Buffer>;
}

/** A place and all below it, under `path` in the archive. */
export function* entriesOf(standin: Standin, place: Place, path: string): Generator<ArchiveEntry> {
  const { node } = place;
  const isFolder = node.kind === 'folder';
  yield {
    path: isFolder ? `${path}/` : path,
    isFolder,
    size: isFolder ? 0 : node.size,
    mtime: node.mtime,
    read: () => bytesOf(standin, place),
  };
  for (const child of standin.view.children(place))
    yield* entriesOf(standin, child, `${path}/${child.names.at(-1)}`);
}

async function* bytesOf(standin: Standin, place: Place): AsyncGenerator<Buffer> {
  const { node } = place;
  if (node.kind === 'file' && node.size > 0)
    yield* createReadStream(standin.tree.diskPath(node), { start: 0, end: node.size - 1 });
}
