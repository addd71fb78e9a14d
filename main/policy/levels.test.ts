import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decidedBy, type Levels, originOf, valuesOf } from './levels.ts';
import { SETTING_IDS, usualValues } from './schema/table.ts';

const LEVELS = ['machine', 'user', 'brand', 'person', 'brand-default'] as const;
/** What one level says: some settings, each with a value that names the level. */
const saidBy = (level: string) =>
  fc.subarray([...SETTING_IDS]).map((ids) => Object.fromEntries(ids.map((id) => [id, `${level}:${id}`])));
const levels: fc.Arbitrary<Levels> = fc.record({
  machine: saidBy('machine'),
  user: saidBy('user'),
  brand: saidBy('brand'),
  person: saidBy('person'),
  'brand-default': saidBy('brand-default'),
});

describe('the value in force', () => {
  it('is that of the first of machine, user policy, brand, person, brand default that says one', () => {
    fc.assert(
      fc.property(levels, (said) => {
        const values = valuesOf(said);
        for (const id of SETTING_IDS) {
          const first = LEVELS.find((level) => Object.hasOwn(said[level], id));
          expect(values[id]).toEqual(first ? `${first}:${id}` : usualValues()[id]);
          expect(originOf(said, id)).toBe(first ?? 'usual');
        }
      }),
    );
  });

  it('is locked exactly when somebody above the person decided it', () => {
    fc.assert(
      fc.property(levels, fc.constantFrom(...SETTING_IDS), (said, id) => {
        const above = (['machine', 'user', 'brand'] as const).find((level) => Object.hasOwn(said[level], id));
        expect(decidedBy(said, id)).toBe(above ?? null);
      }),
    );
  });

  it('is not touched by a level that says undefined', () => {
    const said = { machine: { startMuted: undefined }, user: {}, brand: {}, person: { startMuted: true } };
    expect(valuesOf({ ...said, 'brand-default': {} }).startMuted).toBe(true);
  });
});
