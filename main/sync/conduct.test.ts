import { type Arbitrary, array, assert, boolean, constantFrom, oneof, property, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PauseRules, Surroundings } from './api.ts';
import { atDesk, type Change, calls, conductOf, needsLine, reduce, type Standing } from './conduct.ts';

const desk = atDesk.surroundings;
const onBattery = (level?: number): Surroundings => ({
  ...desk,
  power: { kind: 'battery', ...(level === undefined ? {} : { level }) },
});
const metered: Surroundings = { ...desk, metered: true };
const offline: Surroundings = { ...desk, network: { kind: 'offline' } };

function standing(...changes: readonly Change[]): Standing {
  return changes.reduce(reduce, atDesk);
}
const rules = (pauseOnBattery: PauseRules['pauseOnBattery'], pauseOnMetered = false): Change => ({
  kind: 'rules',
  rules: { pauseOnBattery, pauseOnMetered },
});
const around = (surroundings: Surroundings): Change => ({ kind: 'surroundings', surroundings });

describe('what a pair does', () => {
  test.each([
    ['nothing is in the way', [], 'work'],
    ['on battery, and nobody minds', [around(onBattery(0.05))], 'work'],
    ['on battery, always to pause', [rules('always'), around(onBattery(0.9))], 'battery'],
    ['on battery with 20 %, to pause below', [rules('low'), around(onBattery(0.2))], 'work'],
    ['on battery with 19 %, to pause below', [rules('low'), around(onBattery(0.19))], 'battery'],
    ['on a battery that does not tell its level', [rules('low'), around(onBattery())], 'work'],
    ['on a metered line, and nobody minds', [around(metered)], 'work'],
    ['on a metered line, to pause on it', [rules('never', true), around(metered)], 'metered'],
    [
      'paused by a person, on battery too',
      [rules('always'), around(onBattery()), { kind: 'pause' }],
      'person',
    ],
    ['resumed by a person', [{ kind: 'pause' }, { kind: 'resume' }], 'work'],
    ['offline', [around(offline)], 'offline'],
    ['paused by a person, offline too', [around(offline), { kind: 'pause' }], 'person'],
    ['the rule came after', [around(onBattery()), rules('always')], 'battery'],
    ['the rule went away', [around(onBattery()), rules('always'), rules('never')], 'work'],
  ] satisfies [string, Change[], string][])('%s', (_, changes, expected) => {
    const conduct = conductOf(standing(...changes), true);
    expect(conduct.kind === 'paused' ? conduct.reason : conduct.kind).toBe(expected);
  });

  test('a server on this computer is there without a line', () => {
    expect(conductOf(standing(around(offline)), false)).toEqual({ kind: 'work' });
    const near = ['http://localhost/x', 'http://a.localhost/', 'http://127.0.0.1/', 'https://[::1]:8443/'];
    const far = ['https://cloud.example/', 'http://127.example/', 'http://10.0.0.1/'];
    expect(near.map(needsLine)).toEqual([false, false, false, false]);
    expect(far.map(needsLine)).toEqual([true, true, true]);
  });
});

describe('what a person overrules', () => {
  const begun = [
    rules('low', true),
    around({ ...onBattery(0.15), metered: true }),
    { kind: 'overrule' },
  ] as const;

  test('holds while it lasts, also when the battery sinks further', () => {
    expect(conductOf(standing(...begun), true)).toEqual({ kind: 'work' });
    const sunk = around({ ...onBattery(0.08), metered: true });
    expect(conductOf(standing(...begun, sunk), true)).toEqual({ kind: 'work' });
  });

  test('counts again once it was over', () => {
    const again = standing(...begun, around(metered), around({ ...onBattery(0.15), metered: true }));
    expect(conductOf(again, true)).toEqual({ kind: 'paused', reason: 'battery' });
  });

  test('is no leave for anything that comes later', () => {
    const later = standing(rules('always', true), around(onBattery()), { kind: 'overrule' });
    expect(conductOf(reduce(later, around({ ...onBattery(), metered: true })), true)).toEqual({
      kind: 'paused',
      reason: 'metered',
    });
  });

  test('is never a person’s own pause', () => {
    expect(conductOf(standing({ kind: 'pause' }, { kind: 'overrule' }), true)).toMatchObject({
      reason: 'person',
    });
  });
});

describe('a look at once', () => {
  test.each([
    ['somebody comes to the program', { ...desk, attention: 'background' }, desk, true],
    ['somebody leaves it', desk, { ...desk, attention: 'background' }, false],
    ['the computer woke', desk, { ...desk, wokeAt: 5 }, true],
    ['the line is another', desk, { ...desk, network: { kind: 'online', line: 'other' } }, true],
    ['the line is back', offline, desk, true],
    ['the battery sinks', onBattery(0.5), onBattery(0.4), false],
  ] satisfies [string, Surroundings, Surroundings, boolean][])('%s', (_, before, after, expected) => {
    expect(calls(before, after)).toBe(expected);
  });
});

test('however things came about, only how they stand counts, and what was overruled', () => {
  const surroundings = constantFrom(desk, onBattery(0.1), onBattery(), metered, offline);
  const change: Arbitrary<Change> = oneof(
    surroundings.map(around),
    tuple(constantFrom('never', 'low', 'always'), boolean()).map(([battery, line]) => rules(battery, line)),
    constantFrom<Change>({ kind: 'pause' }, { kind: 'resume' }, { kind: 'overrule' }),
  );
  assert(
    property(array(change), (changes) => {
      const reached = standing(...changes);
      // On mains and on a line that costs nothing no rule is in the way, and nothing is overruled any more.
      const calm = reduce(reached, around(desk));
      expect(calm.overruled).toEqual([]);
      expect(conductOf(calm, true)).toEqual(
        reached.isPaused ? { kind: 'paused', reason: 'person' } : { kind: 'work' },
      );
    }),
  );
});
