import type { JournalDatabases } from '../ports/journal-database.ts';
import { Journal } from './journal.ts';
import { JournalTooNew, migrate } from './migrate.ts';
import { BadRow } from './node-rows.ts';

/** Thrown when another engine has this journal open. */
export class JournalInUse extends Error {
  constructor(cause: unknown) {
    super('the journal is in use', { cause });
    this.name = 'JournalInUse';
  }
}

/** A journal, and where the one before it was put when that made no sense. */
export interface OpenedJournal {
  readonly journal: Journal;
  readonly setAside: string | undefined;
}

/**
 * Opens the journal of a pair. A damaged one is set aside and a new one begun: the next run then joins both
 * sides without deleting anything. Throws JournalInUse or JournalTooNew.
 */
export function openJournal(databases: JournalDatabases, path: string): OpenedJournal {
  try {
    return { journal: open(databases, path), setAside: undefined };
  } catch (error) {
    if (!isDamage(error)) throw error;
    const setAside = databases.setAside(path);
    return { journal: open(databases, path), setAside };
  }
}

function open(databases: JournalDatabases, path: string): Journal {
  const database = databases.open(path);
  try {
    // Held as long as the journal is open: two engines never work on one pair.
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    database.prepare('PRAGMA journal_mode = WAL').get();
    database.exec('PRAGMA synchronous = NORMAL');
    database.exec('BEGIN EXCLUSIVE; COMMIT');
    migrate(database);
    const check = database.prepare('PRAGMA quick_check(1)').get();
    if (check !== undefined && Object.values(check)[0] !== 'ok') throw new BadRow('quick_check');
    return new Journal(database);
  } catch (error) {
    database.close();
    throw isBusy(error) ? new JournalInUse(error) : error;
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && (errorNumber(error) === 5 || /database is locked/i.test(error.message));
}

/** Errors of SQLite about its file (11 corrupt, 26 not a database, 1 no such table or column), and bad rows. */
function isDamage(error: unknown): boolean {
  if (error instanceof JournalTooNew || error instanceof JournalInUse) return false;
  if (error instanceof BadRow) return true;
  if (!(error instanceof Error)) return false;
  const damaged = /malformed|not a database|no such (table|column)|already exists|disk image/i;
  return [1, 11, 26].includes(errorNumber(error)) || damaged.test(error.message);
}

function errorNumber(error: Error): number {
  return 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : -1;
}
