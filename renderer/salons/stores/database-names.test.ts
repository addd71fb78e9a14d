import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storeNames } from '../../matrix/engine/names.ts';
import { pageDatabaseName, strayDatabases } from './database-names.ts';

const owner = fc.record({
  user: fc.stringMatching(/^@[a-z.]{1,6}:[a-z.]{1,6}(:\d{2,4})?$/),
  stores: fc.oneof(fc.constant(''), fc.uuid()),
});
const databasesOf = ({ user, stores }: { user: string; stores: string }, deviceId = 'DEVICE') => {
  const session = {
    serverUrl: 'https://m.example',
    userId: user,
    deviceId,
    accessToken: 'x',
    storageKey: 'x',
  };
  const { cache, crypto } = storeNames(session);
  return [cache, `${crypto}::matrix-sdk-crypto`, pageDatabaseName(stores)];
};

describe('databases on this PC', () => {
  it('of an account that is there are never strays, whatever else lies there', () => {
    fc.assert(
      fc.property(fc.array(owner, { minLength: 1 }), fc.array(fc.string()), (owners, others) => {
        const kept = owners.flatMap((each) => databasesOf(each));
        const strays = strayDatabases([...others, ...kept], owners);
        expect(kept.filter((name) => strays.includes(name))).toEqual([]);
      }),
    );
  });

  it('of one who left are strays, also beside one of the same name at another port', () => {
    const here = { user: '@n:m.example', stores: '' };
    const left = { user: '@n:m.example:8448', stores: '11111111-2222-4333-8444-555555555555' };
    expect(strayDatabases([...databasesOf(here), ...databasesOf(left), 'theirs'], [here])).toEqual(
      databasesOf(left),
    );
    expect(strayDatabases([...databasesOf(here), ...databasesOf(left)], [left])).toEqual(databasesOf(here));
  });

  it('are all strays where nobody is, and none while it is not known', () => {
    const names = databasesOf({ user: '@n:m.example', stores: '' });
    expect(strayDatabases(names, [])).toEqual(names);
    expect(strayDatabases(names, null)).toEqual([]);
  });
});
