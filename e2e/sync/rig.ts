import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ClientCertificate, PairOptions, RunReport, SyncEvent } from '../../main/sync/api.ts';
import { folderLocks } from '../../main/sync/local/folder-locks.ts';
import { nodeFileSystem } from '../../main/sync/local/node-file-system.ts';
import { xdgTrash } from '../../main/sync/local/xdg-trash.ts';
import type { FileSystem } from '../../main/sync/ports/file-system.ts';
import type { SyncPorts } from '../../main/sync/ports/sync-ports.ts';
import { createSyncPair, type SyncPair } from '../../main/sync/sync-pair.ts';
import { type Nextcloud, type NextcloudOptions, startNextcloud } from '../stack/nextcloud/index.ts';
import { DavUser } from './dav-user.ts';

/** A content for each path; folders have `/`. */
export type Tree = Record<string, string>;

/** A computer with a folder that is synced. */
export interface Computer {
  readonly pair: SyncPair;
  /** The synced folder. */
  readonly folder: string;
  /** Its disk as the engine sees it. */
  readonly disk: FileSystem;
  readonly trash: string;
  readonly journalPath: string;
  readonly events: SyncEvent[];
  /** Runs to rest. */
  sync(): Promise<RunReport>;
  /** Writes a file that is old enough to be synced at once. */
  write(path: string, content: string | Uint8Array, ageSeconds?: number): void;
  path(path: string): string;
  tree(): Tree;
  /** Stops it; the folder and the journal stay. */
  stop(): Promise<void>;
}

export interface ComputerOptions {
  readonly options?: Partial<PairOptions>;
  readonly ports?: Partial<SyncPorts>;
  readonly rootPath?: string;
  readonly user?: string;
  /** Address to reach the server by, when something stands between. */
  readonly url?: string;
  readonly certificate?: ClientCertificate;
}

/** A disk in memory where the system has one, for what is played a hundred times: nearly all its time would be flushes. */
export function diskInMemory(): string {
  return existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
}

/** A server, people who work on it, computers that sync with it; all of it goes when closed. */
export class Rig {
  readonly base: string;
  readonly server: Nextcloud;
  readonly ana: DavUser;
  readonly #computers: Computer[] = [];
  readonly #passwords: ReadonlyMap<string, string>;

  private constructor(base: string, server: Nextcloud) {
    this.base = base;
    this.server = server;
    const users = ['ana', 'ben'];
    this.#passwords = new Map(users.map((user) => [user, server.control.createAppPassword(user, 'rig')]));
    this.ana = this.user('ana');
  }

  /** @param place where its folders are: on the disk, or where flushes cost nothing */
  static async open(options: Partial<NextcloudOptions> = {}, place = tmpdir()): Promise<Rig> {
    const base = mkdtempSync(join(place, 'traboule-sync-'));
    const users = ['ana', 'ben'].map((uid) => ({ uid, password: `${uid}-password`, displayName: uid }));
    const server = await startNextcloud({ dataDir: join(base, 'server'), users, ...options });
    return new Rig(base, server);
  }

  /** One of those who work on the server. */
  user(name: string): DavUser {
    return new DavUser(this.server.url, name, this.password(name));
  }

  password(user: string): string {
    return this.#passwords.get(user) ?? '';
  }

  /** A computer of that name; the same name again is the same folder and journal, with a new engine. */
  computer(
    name: string,
    {
      options,
      ports,
      rootPath = '/',
      user = 'ana',
      url = this.server.url,
      certificate,
    }: ComputerOptions = {},
  ): Computer {
    const folder = join(this.base, name);
    const journalPath = join(this.base, `${name}.db`);
    const trash = join(this.base, `${name}-data`);
    const password = this.password(user);
    const pair = createSyncPair(
      {
        id: name,
        remote: { url, user, password, rootPath, ...(certificate === undefined ? {} : { certificate }) },
        localDir: folder,
        journalPath,
        options: { quietMs: shortQuiet, ...options },
      },
      {
        trash: xdgTrash({ dataHome: trash, uid: 0, now: () => new Date() }),
        // Beside those of all tests ever, which each taker would look through.
        locks: folderLocks(join(this.base, 'locks')),
        ...ports,
      },
    );
    const events: SyncEvent[] = [];
    pair.subscribe((event) => events.push(event));
    const computer: Computer = {
      pair,
      folder,
      disk: ports?.fileSystem ?? nodeFileSystem,
      trash,
      journalPath,
      events,
      sync: () => pair.syncOnce(),
      write: (path, content, ageSeconds = 60) => writeAged(join(folder, path), content, ageSeconds),
      path: (path) => join(folder, path),
      tree: () => treeOf(folder),
      stop: () => pair.stop(),
    };
    this.#computers.push(computer);
    return computer;
  }

  /** Shares a folder of ana's with the permissions of a bit mask (1 is to read it). */
  async share(path: string, shareWith: string, permissions: number): Promise<void> {
    const authorization = `Basic ${Buffer.from(`ana:${this.password('ana')}`).toString('base64')}`;
    const answer = await fetch(`${this.server.url}/ocs/v2.php/apps/files_sharing/api/v1/shares?format=json`, {
      method: 'POST',
      headers: { authorization, 'ocs-apirequest': 'true' },
      body: new URLSearchParams({ path, shareWith, shareType: '0', permissions: String(permissions) }),
    });
    if (answer.status !== 200) throw new Error(`share ${path}: ${answer.status}`);
  }

  /** Syncs once more; gives the requests beyond the one that asks whether anything changed. */
  async requestsOfAnother(computer: Computer): Promise<string[]> {
    this.server.resetRequestLog();
    await computer.sync();
    return this.server
      .requests()
      .map(({ method, path }) => `${method} ${path}`)
      .slice(1);
  }

  /** Requests since the last reset, by method. */
  counts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { method } of this.server.requests()) counts[method] = (counts[method] ?? 0) + 1;
    return counts;
  }

  async close(): Promise<void> {
    for (const computer of this.#computers) await computer.stop();
    await this.server.stop();
    rmSync(this.base, { recursive: true, force: true });
  }
}

/**
 * For how long a file must have been left alone, in ms: shorter than people's programs need. A run takes fifteen looks
 * before it gives up, which must last longer than the two seconds in which a version of the server is in doubt.
 */
export const shortQuiet = 400;

/** Writes a file with a modification time in the past, and the folders above it. */
export function writeAged(path: string, content: string | Uint8Array, ageSeconds: number): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  const time = Date.now() / 1000 - ageSeconds;
  utimesSync(path, time, time);
}

/** Everything below a folder but the engine's own files. */
export function treeOf(folder: string): Tree {
  const tree: Tree = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()) {
    if (name.includes('.~traboule-') || name.startsWith('.traboule-trash')) continue;
    const path = join(folder, name);
    tree[name.normalize('NFC')] = statSync(path).isDirectory() ? '/' : readFileSync(path, 'latin1');
  }
  return tree;
}

/** The contents in a computer's trash, by name. */
export function trashOf(computer: Computer): Tree {
  return treeOf(join(computer.trash, 'Trash', 'files'));
}

/** A checksum as `OC-Checksum` carries it. */
export function sha1(content: string): string {
  return `SHA1:${createHash('sha1').update(content, 'latin1').digest('hex')}`;
}
