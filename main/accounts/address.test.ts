import { describe, expect, it } from 'vitest';
import { readAddress } from './address.ts';

describe('a typed address', () => {
  it.each([
    ['@camille.durand:Metropole.example', 'camille.durand', 'metropole.example'],
    ['camille.durand@metropole.example', 'camille.durand', 'metropole.example'],
    [' @c:localhost:8008 ', 'c', 'localhost:8008'],
    ['c@127.0.0.1:8008', 'c', '127.0.0.1:8008'],
    ['camille.durand', 'camille.durand', null],
    ['agent_007', 'agent_007', null],
  ])('%s names a user and a domain', (typed, user, domain) => {
    expect(readAddress(typed)).toEqual({ user, domain });
  });

  it.each([
    '',
    '@',
    '@camille',
    'camille@',
    '@camille:',
    'a b',
    'https://x.example',
    '@a:b/c',
    'a@b@c',
    'a@b?c',
    'x#y',
  ])('%s names nothing', (typed) => {
    expect(readAddress(typed)).toBeNull();
  });
});
