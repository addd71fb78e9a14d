import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { moveExclusive } from '../sync/local/renames.ts';
import { exchange } from './exchange.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exchange-'));
  writeFileSync(join(folder, 'one'), 'first');
});
afterEach(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);

it('gives each the name of the other', () => {
  mkdirSync(at('other'));
  writeFileSync(at('other/inside'), 'second');
  exchange(at('one'), at('other'));
  expect(readFileSync(at('one/inside'), 'utf8')).toBe('second');
  expect(readFileSync(at('other'), 'utf8')).toBe('first');
  expect(readdirSync(folder).toSorted()).toEqual(['one', 'other']);
});

it('leaves a name to who has it when the other is gone', () => {
  expect(() => exchange(at('one'), at('gone'))).toThrow('ENOENT');
  expect(readdirSync(folder)).toEqual(['one']);
  expect(readFileSync(at('one'), 'utf8')).toBe('first');
});

it('leaves both where they are when one can’t have its new name', () => {
  writeFileSync(at('other'), 'second');
  let moves = 0;
  const thirdFails: typeof moveExclusive = (from, to) => {
    moves += 1;
    if (moves === 3) throw new Error('in use');
    return moveExclusive(from, to);
  };
  expect(() => exchange(at('one'), at('other'), thirdFails)).toThrow('in use');
  expect(readdirSync(folder).toSorted()).toEqual(['one', 'other']);
  expect(readFileSync(at('one'), 'utf8')).toBe('first');
});
