import { DatabaseSync } from 'node:sqlite';
import { type JournalDatabase, type JournalDatabases } from '../../main/sync/ports/journal-database.ts';
import { MemoryDisk } from '../../main/sync/testing/memory-disk.ts';
import { MemoryServer } from '../../main/sync/testing/memory-server.ts';
import type { Edit, History } from './history.ts';
import { Ledger } from './ledger.ts';
import { localPerson, type Person, remotePerson } from './person.ts';

/** The program died: nothing of it happens any more. */
export class Crash extends Error {
  constructor() {
    super('crash');
    this.name = 'Crash';
  }
}

export const pairFolder = '/pair';
export const trashFolder = '/trash';

/** A computer, a server, the people who use them, and the journal that survives crashes. */
export class World {
  readonly disk: MemoryDisk;
  readonly server: MemoryServer;
  readonly ledger = new Ledger();
  readonly databases: JournalDatabases;
  isDead = false;
  readonly #people: { readonly local: Person; readonly remote: Person };
  readonly #database = new DatabaseSync(':memory:');
  #time = 1_800_000_000_000_000_000n;

  constructor(history: History, trace: (line: string) => void) {
    this.disk = new MemoryDisk(() => (this.#time += 1000n), {
      ignoresCase: history.ignoresCase,
      timeStep: BigInt(history.timeStep),
      capacity: Number.POSITIVE_INFINITY,
    });
    this.server = new MemoryServer(() => this.now());
    this.disk.makeFolder(pairFolder);
    this.disk.makeFolder(trashFolder);
    this.#people = { local: localPerson(this, pairFolder, trace), remote: remotePerson(this, trace) };
    this.databases = { open: () => this.#openDatabase(), setAside: () => '' };
  }

  /** ms since 1970. */
  now(): number {
    return Number(this.#time / 1_000_000n);
  }

  pass(ms: number): void {
    this.#time += BigInt(Math.round(ms * 1_000_000));
  }

  edit(edit: Edit): void {
    this.#people[edit.side](edit);
  }

  /** Starts the program again after a crash: what was not committed is gone. */
  revive(): void {
    this.isDead = false;
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
  }

  rows(sql: string): Record<string, unknown>[] {
    return this.#database.prepare(sql).all();
  }

  close(): void {
    this.#database.close();
  }

  #openDatabase(): JournalDatabase {
    const alive = <Result>(work: () => Result): Result => {
      if (this.isDead) throw new Crash();
      return work();
    };
    return {
      exec: (sql) => alive(() => this.#database.exec(sql)),
      prepare: (sql) => {
        const statement = this.#database.prepare(sql);
        return {
          run: (...values) => alive(() => statement.run(...values)),
          get: (...values) => alive(() => statement.get(...values)),
          all: (...values) => alive(() => statement.all(...values)),
        };
      },
      close: () => undefined,
    };
  }
}
