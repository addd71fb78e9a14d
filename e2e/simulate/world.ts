import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { isHalf } from '../../main/sync/discover/own-names.ts';
import { assertNever } from '../../main/sync/model/assert-never.ts';
import type { LocalFailureCode } from '../../main/sync/model/failures.ts';
import { type JournalDatabase, type JournalDatabases } from '../../main/sync/ports/journal-database.ts';
import { type Inode, MemoryDisk } from '../../main/sync/testing/memory-disk.ts';
import { MemoryServer } from '../../main/sync/testing/memory-server.ts';
import type { Hardship } from './hardship.ts';
import type { Choosing, Edit, History, Meddling, Veil } from './history.ts';
import { Ledger, textOf } from './ledger.ts';
import { lists, localPerson, type Person, remotePerson } from './person.ts';

/** The program died: nothing of it happens any more. */
export class Crash extends Error {
  constructor() {
    super('crash');
    this.name = 'Crash';
  }
}

export const pairFolder = '/pair';
export const trashFolder = '/trash';
/** What the engine does to a file that another program would not let it do, to a folder with one, or on a full disk. */
const touching = new Set(['read', 'write', 'replace', 'moveExclusive', 'trash', 'remove']);
const moving = new Set(['moveExclusive', 'trash']);
const growing = new Set(['put', 'write', 'write-more', 'makeFolder']);
/** Where a folder is while something else stands in its place. */
const behindVeil = '/behind';

/** A computer, a server, the people who use them, and the journal that survives crashes. */
export class World {
  readonly disk: MemoryDisk;
  readonly server: MemoryServer;
  readonly ledger = new Ledger();
  readonly databases: JournalDatabases;
  isDead = false;
  /** Patterns of the administrator for what is left alone. */
  readonly rules: readonly string[];
  /** Bytes. */
  readonly maxFileSize: number;
  /** All patterns that the folder's own list may have had. */
  readonly patternsEver: readonly string[];
  /** What the engine did that it must not do at all. */
  readonly misdeeds: string[] = [];
  /** The folders that are not wanted here, as the program that runs the engine keeps them. */
  unwanted: readonly string[] = [];
  readonly #people: { readonly local: Person; readonly remote: Person };
  #database = new DatabaseSync(':memory:');
  /** Statements of the journal as it stands, by what they say: each engine, and each look, needs the same. */
  readonly #statements = new Map<string, StatementSync>();
  /** Nanoseconds that this computer's clock is ahead of the server's. */
  #ahead = 0n;
  /** What becomes of the journal, or the server, in this history: only then there need be copies of how they were. */
  readonly #needs: { readonly old: boolean; readonly durable: boolean; readonly backUp: boolean };
  /** How the journal and the server were before each run. */
  readonly #journals: Uint8Array[] = [];
  readonly #backups: (() => void)[] = [];
  #lockedFile: string | undefined;
  #hidden: Inode | undefined;
  #room: { readonly until: number } | undefined;
  #time = 1_800_000_000_000_000_000n;
  #veiled: string | undefined;
  #trashBeforeVeil = 0;
  readonly #inTrash: Uint8Array[] = [];
  #accesses = 0;
  #failsAt: number | undefined;
  readonly #noJournal = this.#database.serialize();
  #durable = this.#noJournal;
  /** How much the server had thrown away and written over when the engine first went by a journal from before. */
  #forgetsSince: { readonly trash: number; readonly versions: number } | undefined;

  constructor(history: History, trace: (line: string) => void) {
    this.disk = new MemoryDisk(() => (this.#time += 1000n) + this.#ahead, {
      ignoresCase: history.ignoresCase,
      timeStep: BigInt(history.timeStep),
      capacity: Number.POSITIVE_INFINITY,
      knowsBirth: history.knowsBirth,
      decomposes: history.decomposes,
    });
    const edits = history.epochs.flatMap(({ before, during }) => [
      ...before,
      ...during.map(({ edit }) => edit),
    ]);
    const hasList = edits.some(({ kind }) => kind === 'writeList');
    this.patternsEver = hasList ? lists.flatMap((list) => list.split('\n')) : [];
    this.#needs = {
      old: history.epochs.some(({ hardship }) => hardship.journal === 'old'),
      durable: history.epochs.some(
        ({ crashAt, isPowerCut, hardship }) => crashAt !== undefined && isPowerCut && !hardship.outlives,
      ),
      backUp: history.epochs.some(({ hardship }) => hardship.isServerRestored),
    };
    this.rules = history.rules;
    this.maxFileSize = history.maxFileSize;
    this.server = new MemoryServer(() => Number(this.#time / 1_000_000n));
    this.server.takesBulk = history.takesBulk;
    this.disk.makeFolder(pairFolder);
    this.disk.makeFolder(trashFolder);
    this.#people = { local: localPerson(this, pairFolder, trace), remote: remotePerson(this, trace) };
    this.databases = { open: () => this.#openDatabase(), setAside: () => '' };
  }

  /** ms since 1970, by this computer's clock. */
  now(): number {
    return Number((this.#time + this.#ahead) / 1_000_000n);
  }

  pass(ms: number): void {
    this.#time += BigInt(Math.round(ms * 1_000_000));
  }

  edit(edit: Edit): void {
    if (edit.kind === 'editBoth') this.#editBoth(edit);
    else this.#people[edit.side].act(edit);
  }

  /** Two people save the same file in the same second. */
  #editBoth({ a }: Edit): void {
    const paths = this.#filesBelow(pairFolder).map((path) => path.slice(pairFolder.length));
    const both = paths.filter((path) => this.server.find(path.normalize('NFC'))?.kind === 'file');
    const path = both[a % Math.max(1, both.length)];
    if (path === undefined) return;
    const meddling = { at: 0, kind: 'overwriteInPlace', a } as const;
    this.#people.local.meddle(path, meddling);
    this.#people.remote.meddle(path.normalize('NFC'), meddling);
  }

  /** A person chooses which folders are wanted here. */
  choose({ kind, a }: Choosing): void {
    switch (kind) {
      case 'turnAway': {
        const folders = this.#foldersOnServer('');
        const folder = folders[a % Math.max(1, folders.length)];
        if (folder !== undefined) this.unwanted = [...this.unwanted, folder];
        break;
      }
      case 'takeBack':
        this.unwanted = this.unwanted.filter((_, index) => index !== a % this.unwanted.length);
        break;
      case 'turnAllAway':
        this.unwanted = [''];
        break;
      case 'takeAllBack':
        this.unwanted = [];
        break;
      default:
        assertNever(kind);
    }
  }

  /** Somebody does something to the very file that the engine is about to touch. */
  meddle(side: Edit['side'], path: string, meddling: Meddling): void {
    const below = side === 'remote' ? `/${path}` : path.slice(pairFolder.length);
    if (side === 'remote' || path.startsWith(`${pairFolder}/`)) this.#people[side].meddle(below, meddling);
  }

  /** Somebody on the server puts a file where the engine is about to put one that takes no condition. */
  intrude(path: string): void {
    this.#people.remote.intrude(`/${path}`);
  }

  /** Makes it hard for the run that follows; the program must be started anew if the journal is another. */
  suffer({ clockJump, journal, room, locked, hidden, isServerRestored }: Hardship): void {
    this.#ahead += BigInt(clockJump) * 1_000_000n;
    const files = locked === undefined ? [] : this.#filesBelow(pairFolder);
    this.#lockedFile = files[(locked ?? 0) % Math.max(1, files.length)];
    const all = hidden === undefined ? [] : this.#inodesBelow(pairFolder);
    this.#hidden = all[(hidden ?? 0) % Math.max(1, all.length)];
    this.#room = room === undefined ? undefined : { until: this.disk.used + room };
    if (journal === 'lost') this.#restoreJournal(this.#noJournal);
    if (journal === 'old') this.#restoreOldJournal();
    const restore = this.#backups.at(-1);
    if (isServerRestored && restore !== undefined) this.#restoreServer(restore);
    if (this.#needs.old) this.#journals.push(this.#database.serialize());
    if (this.#needs.backUp) this.#backups.push(this.server.backUp());
  }

  /**
   * What the server threw away or wrote over since the engine first went by a journal from before what it did last,
   * and could not know what that was.
   */
  takenUnknowingly(): readonly Uint8Array[] {
    const since = this.#forgetsSince;
    if (since === undefined) return [];
    const { trash, versions } = this.server;
    return [...trash.slice(since.trash).map(({ content }) => content), ...versions.slice(since.versions)];
  }

  /** All is well again. */
  relieve(): void {
    this.#lockedFile = undefined;
    this.#hidden = undefined;
    this.#room = undefined;
  }

  /** Why this computer does not let the engine do something to a path. */
  refusal(operation: string, path: string): LocalFailureCode | undefined {
    const locked = this.#lockedFile;
    if (locked !== undefined && path === locked && touching.has(operation)) return 'inUse';
    // Nor can a folder be moved in which a program has a file open.
    if (locked?.startsWith(`${path}/`) === true && moving.has(operation)) return 'inUse';
    const isFull = this.#room !== undefined && this.disk.used >= this.#room.until;
    return isFull && growing.has(operation) ? 'diskFull' : undefined;
  }

  /** Whether this computer does not let anybody look at something. */
  readonly hides = (inode: Inode): boolean => inode === this.#hidden;

  /** A run begins, in which this access to the journal will fail. */
  beginRun(journalFailsAt: number | undefined): void {
    this.#accesses = 0;
    this.#failsAt = journalFailsAt;
    this.#noteDurable();
  }

  #noteDurable(): void {
    if (this.#needs.durable) this.#durable = this.#database.serialize();
  }

  /** Starts the program again after a crash: what was not committed is gone; after a power cut, what the run committed too. */
  revive(isPowerCut: boolean, outlives: boolean): void {
    this.isDead = false;
    this.#rollBack();
    if (!isPowerCut) return;
    if (!outlives) this.#restoreJournal(this.#durable);
    this.disk.loseUnflushed();
  }

  /**
   * What went to the server's trash while a folder here seemed empty: it looked as if a person had emptied it, and what
   * they take for theirs there afterwards (a file of the same id, for example) may be newer.
   */
  removedBehindVeil(): readonly Uint8Array[] {
    return this.#inTrash;
  }

  /** Puts something in the place of a folder. */
  veil({ kind, a }: Veil): void {
    const isRoot = kind === 'rootMissing' || kind === 'rootReplaced';
    // Before the first run any folder is the right one.
    if (this.#veiled !== undefined || (isRoot && this.rows('SELECT row FROM node').length === 0)) return;
    const folders = isRoot ? [pairFolder] : this.#foldersBelow(pairFolder);
    const path = folders[a % Math.max(1, folders.length)];
    if (path === undefined) return;
    this.#veiled = path;
    this.#trashBeforeVeil = this.server.trash.length;
    this.disk.rename(path, behindVeil);
    if (kind === 'rootReplaced' || kind === 'emptyFolder') this.disk.makeFolder(path);
    if (kind === 'link') this.disk.makeLink(path);
  }

  /** Takes it away again; what came to stand there meanwhile stays beside. */
  unveil(): void {
    const path = this.#veiled;
    if (path === undefined) return;
    this.#veiled = undefined;
    for (const { content } of this.server.trash.slice(this.#trashBeforeVeil)) this.#inTrash.push(content);
    const standing = this.disk.find(path);
    const isEmpty = standing?.kind === 'folder' && standing.children.size === 0;
    if (standing?.kind === 'link' || isEmpty) this.disk.remove(path);
    else if (standing !== undefined) this.disk.rename(path, `${path}-meanwhile-${standing.number}`);
    const isHomeless = this.disk.find(path.slice(0, path.lastIndexOf('/')))?.kind !== 'folder';
    this.disk.rename(behindVeil, isHomeless ? `${pairFolder}/found` : path);
    this.#removeLinks(pairFolder);
  }

  rows(sql: string): Record<string, unknown>[] {
    return this.#prepare(sql).all();
  }

  #prepare(sql: string): StatementSync {
    const statement = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  close(): void {
    this.#database.close();
  }

  /** One that somebody moved meanwhile. */
  #removeLinks(path: string): void {
    for (const name of this.disk.names(path)) {
      const below = `${path}/${name}`;
      const kind = this.disk.find(below)?.kind;
      if (kind === 'link') this.disk.remove(below);
      if (kind === 'folder') this.#removeLinks(below);
    }
  }

  #foldersBelow(path: string): string[] {
    const names = this.disk.names(path).map((name) => `${path}/${name}`);
    const folders = names.filter((below) => this.disk.find(below)?.kind === 'folder');
    return folders.concat(...folders.map((below) => this.#foldersBelow(below)));
  }

  #foldersOnServer(path: string): string[] {
    const folders: string[] = [];
    for (const [name, { kind }] of this.server.find(path)?.children ?? []) {
      const below = path === '' ? name : `${path}/${name}`;
      if (kind === 'folder') folders.push(below, ...this.#foldersOnServer(below));
    }
    return folders;
  }

  #rollBack(): void {
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
  }

  /**
   * What only the server had since then is lost by whoever put it back, though it was on its way here; the rest is
   * still owed.
   */
  #restoreServer(restore: () => void): void {
    const before = this.#contentsThere();
    restore();
    const kept = new Set([...this.#contentsThere(), ...this.#contentsHere('')].map(textOf));
    for (const content of before) if (!kept.has(textOf(content))) this.ledger.excuse(content);
  }

  #contentsThere(folder = this.server.root): Uint8Array[] {
    const children = [...folder.children.values()];
    return children.flatMap((node) => (node.kind === 'file' ? [node.content] : this.#contentsThere(node)));
  }

  #contentsHere(path: string): Uint8Array[] {
    const inode = this.disk.find(path);
    if (inode?.kind === 'file') return [inode.content];
    const names = [...(inode?.children.keys() ?? [])].filter((name) => !isHalf(name));
    return names.flatMap((name) => this.#contentsHere(`${path}/${name}`));
  }

  #filesBelow(path: string): string[] {
    const inode = this.disk.find(path);
    if (inode?.kind === 'file') return [path];
    return [...(inode?.children.keys() ?? [])].flatMap((name) => this.#filesBelow(`${path}/${name}`));
  }

  #inodesBelow(path: string): Inode[] {
    const found: Inode[] = [];
    for (const [name, inode] of this.disk.find(path)?.children ?? []) {
      found.push(inode);
      if (inode.kind === 'folder') found.push(...this.#inodesBelow(`${path}/${name}`));
    }
    return found;
  }

  #restoreOldJournal(): void {
    const old = this.#journals.at(-2);
    this.#restoreJournal(old ?? this.#noJournal);
    // One that is empty says nothing wrong.
    if (old === undefined) return;
    const { trash, versions } = this.server;
    this.#forgetsSince ??= { trash: trash.length, versions: versions.length };
  }

  /** The program must open its journal anew: what it had prepared is of the one that is gone. */
  #restoreJournal(copy: Uint8Array): void {
    this.#database.deserialize(copy);
    this.#statements.clear();
  }

  #openDatabase(): JournalDatabase {
    const alive = <Result>(work: () => Result): Result => {
      if (this.isDead) throw new Crash();
      if (this.#accesses++ === this.#failsAt) throw new Error('disk I/O error');
      return work();
    };
    return {
      exec: (sql) =>
        alive(() => {
          this.#database.exec(sql);
          // The last thing that a durable change does: what it wrote, and all before it, is on the disk.
          if (sql === 'PRAGMA synchronous = NORMAL') this.#noteDurable();
        }),
      prepare: (sql) => {
        const statement = this.#prepare(sql);
        return {
          run: (...values) => alive(() => statement.run(...values)),
          get: (...values) => alive(() => statement.get(...values)),
          all: (...values) => alive(() => statement.all(...values)),
        };
      },
      close: () => this.#rollBack(),
    };
  }
}
