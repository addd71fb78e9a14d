import { isDeepStrictEqual } from 'node:util';
import type { Brand } from '../brand/schema.ts';
import type { Kept } from '../store/kept.ts';
import {
  brandLevels,
  type DecidedBy,
  decidedBy,
  type Levels,
  type Origin,
  originOf,
  valuesOf,
} from './levels.ts';
import type { PolicyReadings } from './readings.ts';
import type { PolicyValues, SettingId, SomeValues } from './schema/table.ts';

/** A decided value and where it comes from. */
export interface Decision {
  readonly origin: Origin;
  /** The file or key of the registry, where there is one. */
  readonly place: string | null;
}

/** What holds now, of all that policy, brand and person say. Whoever does not keep a value sees a change at once. */
export class PolicyInForce {
  readonly #brand: ReturnType<typeof brandLevels>;
  readonly #chosen: Pick<Kept<SomeValues>, 'value'>;
  readonly #listeners = new Set<() => void>();
  #readings: PolicyReadings;
  #levels: Levels;
  #values: PolicyValues;

  /** `chosen` is what the person set. */
  constructor(readings: PolicyReadings, brand: Brand, chosen: Pick<Kept<SomeValues>, 'value'>) {
    this.#readings = readings;
    this.#brand = brandLevels(brand);
    this.#chosen = chosen;
    this.#levels = this.#levelsNow();
    this.#values = valuesOf(this.#levels);
  }

  /** A value for every setting. */
  get values(): PolicyValues {
    return this.#values;
  }

  get complaints(): PolicyReadings['complaints'] {
    return this.#readings.complaints;
  }

  /** Who decided a value that the person can't change, null where the person may. */
  decidedBy(id: SettingId): DecidedBy | null {
    return decidedBy(this.#levels, id);
  }

  /** Where a value comes from. */
  decision(id: SettingId): Decision {
    const origin = originOf(this.#levels, id);
    const isPlaced = origin === 'machine' || origin === 'user';
    return { origin, place: isPlaced ? (this.#readings.places[origin].get(id) ?? null) : null };
  }

  /** Takes what the places say now. */
  take(readings: PolicyReadings): void {
    this.#readings = readings;
    this.look();
  }

  /** Looks at the person's choices again. */
  look(): void {
    const levels = this.#levelsNow();
    if (isDeepStrictEqual(levels, this.#levels)) return;
    this.#levels = levels;
    this.#values = valuesOf(levels);
    for (const listener of this.#listeners) listener();
  }

  /** Calls back after each change of a value or of who decided it; answers the way to stop. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #levelsNow(): Levels {
    const { machine, user } = this.#readings;
    return { machine, user, ...this.#brand, person: this.#chosen.value };
  }
}
