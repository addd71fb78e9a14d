import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { JournalDatabases, JournalStatement } from '../ports/journal-database.ts';

/** Journals as files of SQLite. */
export const nodeDatabases: JournalDatabases = {
  open(path) {
    // The names of a person's files are nobody else's business.
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const database = new DatabaseSync(path);
    return {
      exec: (sql) => database.exec(sql),
      prepare: (sql): JournalStatement => {
        const statement = database.prepare(sql);
        return {
          run: (...values) => statement.run(...values),
          get: (...values) => statement.get(...values),
          all: (...values) => statement.all(...values),
        };
      },
      close: () => database.close(),
    };
  },
  setAside(path) {
    const name = `${path}.damaged-${new Date().toISOString().replaceAll(/[:.]/g, '')}`;
    for (const suffix of ['', '-wal', '-shm', '-journal']) {
      if (existsSync(path + suffix)) renameSync(path + suffix, name + suffix);
    }
    return name;
  },
};
