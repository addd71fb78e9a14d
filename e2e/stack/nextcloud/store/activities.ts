import type { Database } from './database.ts';

/** Somebody wrote a file. */
export interface Activity {
  readonly id: number;
  readonly node: number;
  /** Who did it; empty for whoever came by a public link. */
  readonly uid: string;
  readonly type: 'file_created' | 'file_changed';
  /** Seconds since 1970. */
  readonly time: number;
}

/** What the activity app keeps: who wrote which file when. */
export class Activities {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  add(node: number, uid: string, type: Activity['type'], time: number): void {
    this.#db.run('INSERT INTO activities(node, uid, type, time) VALUES(?,?,?,?)', node, uid, type, time);
  }

  /** Newest first. */
  of(node: number, limit: number): Activity[] {
    return this.#db
      .all('SELECT id, uid, type, time FROM activities WHERE node=? ORDER BY id DESC LIMIT ?', node, limit)
      .map((row) => ({
        id: row.int('id'),
        node,
        uid: row.text('uid'),
        type: row.text('type') === 'file_created' ? 'file_created' : 'file_changed',
        time: row.int('time'),
      }));
  }
}
