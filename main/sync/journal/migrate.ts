import type { JournalDatabase } from '../ports/journal-database.ts';
import { first } from './migrations/001-first.ts';
import { pending } from './migrations/002-pending.ts';
import { choice } from './migrations/003-choice.ts';
import { leftOut } from './migrations/004-left-out.ts';

/** Each brings a journal from the version before to its own; never changed once released. */
export const migrations: readonly string[] = [first, pending, choice, leftOut];

/** Thrown for a journal that a newer program wrote: it is left alone. */
export class JournalTooNew extends Error {
  constructor(version: number) {
    super(`journal of version ${version}, this program knows ${migrations.length}`);
    this.name = 'JournalTooNew';
  }
}

/** Brings a journal to the present version, each step whole or not at all. */
export function migrate(database: JournalDatabase, steps: readonly string[] = migrations): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
  if (version > steps.length) throw new JournalTooNew(version);
  for (const [index, step] of steps.entries()) {
    if (index < version) continue;
    database.exec('BEGIN IMMEDIATE');
    try {
      database.exec(step);
      database.exec(`PRAGMA user_version = ${index + 1}`);
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  }
}
