import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storeNames } from '../../matrix/engine/names.ts';
import { type DatabaseOwner, pageDatabaseName, strayDatabases } from './database-names.ts';

const owner: fc.Arbitrary<DatabaseOwner> = fc.record({
  user: fc.stringMatching(/^@[a-z.]{1,6}:[a-z.]{1,6}(:\d{2,4})?$/),
  stores: fc.oneof(fc.constant(''), fc.uuid()),
  passing: fc.option(fc.stringMatching(/^[0-9a-f]{32}$/)),
});
const databasesOf = ({ user, stores, passing }: DatabaseOwner, deviceId = 'DEVICE') => {
  const { cache, crypto } = storeNames({ userId: user, deviceId, passing });
  return [cache, `${crypto}::matrix-sdk-crypto`, pageDatabaseName({ stores, passing })];
};

describe('databases on this PC', () => {
  it('of an account that is there are never strays, whatever else lies there', () => {
    fc.assert(
      fc.property(fc.array(owner, { minLength: 1 }), fc.array(fc.string()), (owners, others) => {
        // What a locked key store may open again stays beside what is written while it is locked.
        const kept = owners.flatMap((each) => [
          ...databasesOf(each),
          ...databasesOf({ ...each, passing: null }, 'EARLIER'),
        ]);
        const strays = strayDatabases([...others, ...kept], owners);
        expect(kept.filter((name) => strays.includes(name))).toEqual([]);
      }),
    );
  });

  it('of one who left are strays, also beside one of the same name at another port', () => {
    const here = { user: '@n:m.example', stores: '', passing: null };
    const left = {
      user: '@n:m.example:8448',
      stores: '11111111-2222-4333-8444-555555555555',
      passing: null,
    };
    expect(strayDatabases([...databasesOf(here), ...databasesOf(left), 'theirs'], [here])).toEqual(
      databasesOf(left),
    );
    expect(strayDatabases([...databasesOf(here), ...databasesOf(left)], [left])).toEqual(databasesOf(here));
  });

  it('are strays of which the key went with an earlier program, also of a person who is here', () => {
    const here = { user: '@n:m.example', stores: '', passing: null };
    const before = databasesOf({ ...here, passing: 'a'.repeat(32) });
    const now = { ...here, passing: 'b'.repeat(32) };
    expect(strayDatabases([...databasesOf(here), ...before, ...databasesOf(now)], [now])).toEqual(before);
  });

  it('are all strays where nobody is, and none while it is not known', () => {
    const names = databasesOf({ user: '@n:m.example', stores: '', passing: null });
    expect(strayDatabases(names, [])).toEqual(names);
    expect(strayDatabases(names, null)).toEqual([]);
  });
});
