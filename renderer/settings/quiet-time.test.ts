import { expect, test } from 'vitest';
import { quietUntil } from './quiet-time.ts';

const at = (hours: number, minutes: number) => new Date(2026, 10, 22, hours, minutes).getTime();

test('a quiet time ends after its length', () => {
  expect(quietUntil('half-hour', at(10, 45))).toBe(at(11, 15));
  expect(quietUntil('hour', at(10, 45))).toBe(at(11, 45));
});

test('until the morning is the next time it is 8, also before 8 and at 8', () => {
  expect(quietUntil('morning', at(6, 30))).toBe(at(8, 0));
  expect(quietUntil('morning', at(22, 0))).toBe(new Date(2026, 10, 23, 8).getTime());
  expect(quietUntil('morning', at(8, 0))).toBe(new Date(2026, 10, 23, 8).getTime());
});
