import type { Rights } from '../../main/sync/testing/memory-server.ts';

/** The list of what is left alone, in the pair's root. */
export const listPath = '/.sync-exclude';

export type Trace = (line: string) => void;

/** One side as a person sees it: files and folders by paths, under whatever the side is made of. */
export interface Side {
  files(): string[];
  folders(): string[];
  read(path: string): Uint8Array;
  exists(path: string): boolean;
  isFile(path: string): boolean;
  /** A new name as this side may spell it. */
  spell(path: string, choice: number): string;
  write(path: string, content: Uint8Array, keepTime: boolean): void;
  makeFolder(path: string): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
  /** Contents of a file, or of all files in a folder. */
  contents(path: string): Uint8Array[];
  touch(path: string): void;
  /** Sets the time of modification, in seconds since 1970. */
  setTime(path: string, seconds: number): void;
  /** Keeps a file open for writing, as far as this side knows such a thing. */
  keepOpen(path: string): void;
  /** Writes to all that is kept open, wherever it is now, and closes it. */
  writeOpen(contentAfter: (before: Uint8Array) => Uint8Array): void;
  /** Another file with the identity of one that is there, where that can be. */
  writeLike(path: string, like: string, content: Uint8Array): void;
  /** Shares a folder with these rights, where that can be. */
  share(path: string, rights: Rights, isSeen: boolean): void;
  /** Writes a file and says a wrong checksum of it, where checksums are said. */
  misstate(path: string, content: Uint8Array): void;
}

/** The same name as one of them, as some disks spell it. */
const decomposed = 'é'.normalize('NFD');

/** The last name in its other spelling, if it has one. */
export function respelled(path: string): string {
  const slash = path.lastIndexOf('/') + 1;
  const name = path.slice(slash);
  if (name === decomposed) return path.slice(0, slash) + name.normalize('NFC');
  return path.slice(0, slash) + name.normalize('NFD');
}

/** The same side, telling what is done to it. */
export function traced(side: Side, name: string, trace: Trace): Side {
  return {
    ...side,
    write: (path, content, keepTime) => {
      trace(
        `  ${name}: write ${path} ${Buffer.from(content).toString('latin1').slice(0, 8)} ${keepTime ? 'same time' : ''}`,
      );
      side.write(path, content, keepTime);
    },
    makeFolder: (path) => {
      trace(`  ${name}: mkdir ${path}`);
      side.makeFolder(path);
    },
    rename: (from, to) => {
      trace(`  ${name}: rename ${from} ${to}`);
      side.rename(from, to);
    },
    remove: (path) => {
      trace(`  ${name}: remove ${path}`);
      side.remove(path);
    },
    keepOpen: (path) => {
      trace(`  ${name}: keep open ${path}`);
      side.keepOpen(path);
    },
    writeOpen: (contentAfter) => {
      trace(`  ${name}: write to all that is open`);
      side.writeOpen(contentAfter);
    },
    touch: (path) => {
      trace(`  ${name}: touch ${path}`);
      side.touch(path);
    },
    setTime: (path, seconds) => {
      trace(`  ${name}: time of ${path} ${seconds}`);
      side.setTime(path, seconds);
    },
    writeLike: (path, like, content) => {
      trace(
        `  ${name}: write ${path} with the id of ${like} ${Buffer.from(content).toString('latin1').slice(0, 8)}`,
      );
      side.writeLike(path, like, content);
    },
    share: (path, rights, isSeen) => {
      trace(`  ${name}: share ${path} for ${rights}`);
      side.share(path, rights, isSeen);
    },
    misstate: (path, content) => {
      trace(`  ${name}: misstate ${path} ${Buffer.from(content).toString('latin1').slice(0, 8)}`);
      side.misstate(path, content);
    },
  };
}
