export type SqlValue = string | number | null;
export type SqlRow = Record<string, unknown>;

/** A prepared statement with positional parameters: the part of node:sqlite that the journal uses. */
export interface JournalStatement {
  run(...values: SqlValue[]): unknown;
  get(...values: SqlValue[]): SqlRow | undefined;
  all(...values: SqlValue[]): SqlRow[];
}

/** The part of node:sqlite's DatabaseSync that the journal uses. */
export interface JournalDatabase {
  exec(sql: string): void;
  prepare(sql: string): JournalStatement;
  close(): void;
}

/** Opens the journal's file, makes it and its folder when missing, and sets a bad one aside. */
export interface JournalDatabases {
  open(path: string): JournalDatabase;
  /** Moves the file (and its -wal, -shm) away under a name of its own, which is returned. */
  setAside(path: string): string;
}
