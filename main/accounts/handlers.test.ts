import { describe, expect, it } from 'vitest';
import type { ListedAccount } from '../../preload/contract/accounts.ts';
import { accountOfSalon } from './handlers.ts';

const account = (id: string, user: string, isShown = false): ListedAccount => ({
  id,
  stores: id,
  passing: null,
  name: null,
  picture: null,
  user,
  server: 'x',
  isShown,
  mustSignIn: false,
});
const ALL = [
  account('shown', '@n:ville.example', true),
  account('agglo', '@n:agglo.example'),
  account('region', '@n:region.example'),
];

describe('a salon that is not in the account that is shown', () => {
  it('is in the other account that keeps its folder, whatever server made it', () => {
    const keeps = (id: string) => id === 'region';
    expect(accountOfSalon('!s:agglo.example', ALL, keeps)?.id).toBe('region');
    expect(accountOfSalon('!WithoutServer', ALL, keeps)?.id).toBe('region');
  });

  it('is else in the one at the server that its id names, if at all', () => {
    const nobody = () => false;
    expect(accountOfSalon('!s:agglo.example', ALL, nobody)?.id).toBe('agglo');
    expect(accountOfSalon('!s:elsewhere.example', ALL, nobody)).toBeNull();
    expect(accountOfSalon('!WithoutServer', ALL, nobody)).toBeNull();
  });

  it('is never said to be in the one that is shown', () => {
    expect(accountOfSalon('!s:ville.example', ALL, (id) => id === 'shown')).toBeNull();
  });
});
