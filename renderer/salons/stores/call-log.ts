import { Store } from '../../ui/store.ts';
import type { PageDatabase } from './page-database.ts';

/** A call that was: answered, made by oneself, missed or put off. */
export interface PastCall {
  readonly id: string;
  readonly salonId: string;
  readonly salonName: string;
  /** Who rang; null for one's own. */
  readonly callerName: string | null;
  readonly at: number;
  readonly kind: 'made' | 'answered' | 'missed' | 'declined';
  /** A missed call not looked at yet. */
  readonly fresh: boolean;
}

const KEPT = 100;

/** The calls of this PC, newest first. */
export class CallLog {
  readonly calls = new Store<readonly PastCall[]>([]);
  readonly #database: PageDatabase;

  constructor(database: PageDatabase) {
    this.#database = database;
  }

  readonly load = async (): Promise<void> => {
    const known = await this.#database.readAll('calls');
    this.calls.update((added) => merged([...added, ...known]));
  };

  readonly add = (call: PastCall): void => {
    const all = merged([call, ...this.calls.get()]);
    for (const { id } of this.calls.get()) if (!all.some((kept) => kept.id === id)) this.#write(id, null);
    this.calls.set(all);
    this.#write(call.id, call);
  };

  /** The person looked at the list: missed calls are no news any more. */
  readonly seen = (): void => {
    if (!this.calls.get().some((call) => call.fresh)) return;
    this.calls.update((all) => all.map((call) => (call.fresh ? { ...call, fresh: false } : call)));
    for (const call of this.calls.get()) this.#write(call.id, call);
  };

  readonly clear = (): void => this.calls.set([]);

  #write(id: string, call: PastCall | null): void {
    void this.#database.write('calls', id, call);
  }
}

function merged(calls: readonly PastCall[]): readonly PastCall[] {
  const first = new Map<string, PastCall>();
  for (const call of calls) if (!first.has(call.id)) first.set(call.id, call);
  return [...first.values()].toSorted((a, b) => b.at - a.at).slice(0, KEPT);
}
