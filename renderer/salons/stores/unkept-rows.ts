import type { Vault } from '../../matrix/cache/vault.ts';
import type { PastCall } from './call-log.ts';

/** The tables of the page's own database: drafts by salon, and the calls that were. */
export interface Rows {
  readonly drafts: string;
  readonly calls: PastCall;
}
export type Table = keyof Rows;

export const TABLES = ['drafts', 'calls'] as const satisfies readonly Table[];

type Unkept = { readonly [T in Table]: Map<string, Rows[T] | null> };

/** What no disk took yet. */
export class UnkeptRows {
  /** null: an entry that was taken out, which the disk may still have. */
  #tables: Unkept = { drafts: new Map(), calls: new Map() };

  /** undefined: nothing is known of it here. */
  get<T extends Table>(table: T, key: string): Rows[T] | null | undefined {
    return this.#tables[table].get(key);
  }

  all<T extends Table>(table: T): ReadonlyMap<string, Rows[T] | null> {
    return this.#tables[table];
  }

  set<T extends Table>(table: T, key: string, value: Rows[T] | null): void {
    this.#tables[table].set(key, value);
  }

  /** Writes all of it there; what comes meanwhile stays here, and so does everything when that fails. */
  async bringTo(vault: Vault): Promise<void> {
    const rows = this.#tables;
    const changes = TABLES.flatMap((category) =>
      [...rows[category]].map(([name, value]) => ({ category, name, value })),
    );
    if (changes.length === 0) return;
    this.#tables = { drafts: new Map(), calls: new Map() };
    try {
      await vault.write(changes);
    } catch (problem) {
      const since = this.#tables;
      this.#tables = {
        drafts: new Map([...rows.drafts, ...since.drafts]),
        calls: new Map([...rows.calls, ...since.calls]),
      };
      throw problem;
    }
  }
}
