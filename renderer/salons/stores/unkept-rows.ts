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
  readonly #tables: Unkept = { drafts: new Map(), calls: new Map() };
  #bringing: Promise<void> | null = null;

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

  /**
   * Writes all of it there; each entry stays until the disk has just that. Whoever asks meanwhile waits for the same end:
   * what they write next must not be overtaken by what was kept.
   */
  bringTo(vault: Pick<Vault, 'write'>): Promise<void> {
    this.#bringing ??= this.#bring(vault).finally(() => {
      this.#bringing = null;
    });
    return this.#bringing;
  }

  async #bring(vault: Pick<Vault, 'write'>): Promise<void> {
    const changes = TABLES.flatMap((category) =>
      [...this.#tables[category]].map(([name, value]) => ({ category, name, value })),
    );
    if (changes.length === 0) return;
    await vault.write(changes);
    for (const { category, name, value } of changes) {
      const rows = this.#tables[category];
      if (rows.get(name) === value) rows.delete(name);
    }
  }
}
