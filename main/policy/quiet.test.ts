import { expect, it } from 'vitest';
import { Settings } from '../../preload/contract/settings.ts';
import { mayNotify, quietUntil, toggledQuiet } from './quiet.ts';
import { usualValues } from './schema/table.ts';

const settings = (doNotDisturbUntil: number | null, notifications = true) =>
  Settings.parse({
    ...Object.fromEntries(
      Object.keys(Settings.shape).map((key) => [key, new Map(Object.entries(usualValues())).get(key)]),
    ),
    notifications,
    doNotDisturbUntil,
  });

it('a person hears of things unless they turned that off or want quiet now', () => {
  expect(mayNotify(settings(null), 1000)).toBe(true);
  expect(mayNotify(settings(1000), 1000)).toBe(true);
  expect(mayNotify(settings(1001), 1000)).toBe(false);
  expect(mayNotify(settings(null, false), 1000)).toBe(false);
});

it('quiet lasts an hour, and ends when it is asked for again', () => {
  const until = toggledQuiet(settings(null), 1000);
  expect(until).toBe(3_601_000);
  expect(quietUntil(settings(until), 2000)).toBe(until);
  expect(toggledQuiet(settings(until), 2000)).toBeNull();
  expect(toggledQuiet(settings(until), 4_000_000)).toBe(7_600_000);
});
