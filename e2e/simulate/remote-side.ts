import { hash } from 'node:crypto';
import type { MemoryServer } from '../../main/sync/testing/memory-server.ts';
import type { Side } from './side.ts';

/** What a client with a fault says of everything. */
export const wrongChecksum = `SHA1:${'0'.repeat(40)}`;

/** The folder on a server. */
export function remoteSide(server: MemoryServer): Side {
  const walk = (path: string, kind: 'file' | 'folder'): string[] => {
    const found: string[] = [];
    for (const [name, node] of server.find(path)?.children ?? []) {
      const below = `${path}/${name}`;
      if (node.kind === kind) found.push(below);
      if (node.kind === 'folder') found.push(...walk(below, kind));
    }
    return found;
  };
  const contents = (path: string): Uint8Array[] => {
    const node = server.find(path);
    if (node === undefined) return [];
    return node.kind === 'file'
      ? [node.content]
      : [...node.children.keys()].flatMap((name) => contents(`${path}/${name}`));
  };
  return {
    files: () => walk('', 'file'),
    folders: () => walk('', 'folder'),
    read: (path) => server.find(path)?.content ?? new Uint8Array(),
    exists: (path) => server.find(path) !== undefined,
    isFile: (path) => server.find(path)?.kind === 'file',
    spell: (path) => path,
    keepOpen: () => undefined,
    writeOpen: () => undefined,
    // Another client that keeps the time states a checksum, as they all do.
    write: (path, content, keepTime) => {
      const before = server.find(path)?.mtime;
      const isStated = keepTime && before !== undefined && before !== server.time;
      server.write(path, content, isStated ? before : undefined, isStated ? statedFor(content) : '');
    },
    makeFolder: (path) => server.makeFolder(path),
    rename: (from, to) => server.move(from, to),
    remove: (path) => server.remove(path),
    contents,
    touch: (path) => {
      const node = server.find(path);
      if (node !== undefined) server.write(path, node.content, server.time, node.stated);
    },
    setTime: (path, seconds) => {
      const node = server.find(path);
      if (node !== undefined) server.write(path, node.content, seconds, node.stated);
    },
    writeLike: (path, like, content) => {
      server.writeWithId(path, content, server.find(like)?.id ?? '');
    },
    share: (path, rights, isSeen) => server.share(path, rights, isSeen),
    misstate: (path, content) => {
      server.write(path, content, server.time, wrongChecksum);
    },
  };
}

function statedFor(content: Uint8Array): string {
  return `SHA1:${hash('sha1', content)}`;
}
