import { expect, test } from 'vitest';
import { addressOf } from './address.ts';

test.each([
  ['@camille.durand:metropole.example', 'camille.durand@metropole.example'],
  ['@c:localhost:8008', 'c@localhost:8008'],
  ['camille@metropole.example', 'camille@metropole.example'],
  ['camille', 'camille'],
  ['', ''],
])('%s is shown as %s', (user, shown) => {
  expect(addressOf(user)).toBe(shown);
});
