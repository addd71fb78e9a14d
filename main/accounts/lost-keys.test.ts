import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Accounts } from './accounts.ts';
import { AccountsRig } from './testing-accounts.ts';

let rig: AccountsRig;
beforeEach(async () => {
  rig = await AccountsRig.start();
});
afterEach(() => rig.end());

/** A day of a key store, as a computer may have it. */
const Day = fc.record({
  /** The key it has at the start and, where it opens or closes meanwhile, when somebody signs in; null: there is none. */
  start: fc.constantFrom(7, 7, 9, null),
  later: fc.constantFrom(7, 9),
  without: fc.constantFrom<'memory' | 'file'>('memory', 'file'),
  act: fc.constantFrom<'nothing' | 'sign-in' | 'expire' | 'sign-out'>(
    'nothing',
    'sign-in',
    'sign-in',
    'expire',
    'sign-out',
  ),
});
type Day = typeof Day extends fc.Arbitrary<infer T> ? T : never;

const keysOf = (accounts: Accounts): string[] => {
  try {
    const { storageKey, earlierKeys } = accounts.pageStorage();
    return [storageKey, ...earlierKeys];
  } catch {
    return []; // nobody is signed in, or the key can't be opened
  }
};

/** A profile through its days; what was written under a key that a key store sealed is asked for at the end. */
async function live(days: readonly Day[]): Promise<void> {
  /** Storage keys under which words may lie, by the key store's key that sealed them. */
  let sealed = new Map<string, number>();
  await rig.signIn(await rig.open());
  await (await rig.open()).signOut();
  rig.wiped.mockClear();
  for (const day of days) {
    rig.cipher.key = day.start ?? 0;
    const accounts = await rig.open({
      cipher: day.start === null ? null : rig.cipher,
      fallback: day.without,
    });
    const wasEmpty = accounts.list().accounts.length === 0;
    if (wasEmpty) rig.wiped.mockClear();
    if (day.start !== null) rig.cipher.key = day.later;
    if (day.act === 'sign-in') await rig.signIn(accounts);
    if (day.act === 'expire') await accounts.chatExpired();
    expect(rig.wiped).not.toHaveBeenCalled();
    if (day.act === 'sign-out') {
      if (accounts.state().id !== null) sealed = new Map();
      await accounts.signOut();
      rig.wiped.mockClear();
    }
    const [present] = keysOf(accounts);
    // What was kept in the clear is sealed at the start of a day that has a key store; what somebody does seals it anew.
    const by = day.act === 'nothing' ? day.start : rig.cipher.key;
    if (present !== undefined && by !== null && accounts.state().secrets === 'system' && !sealed.has(present))
      sealed.set(present, by);
  }
  for (const key of [7, 9]) {
    rig.cipher.key = key;
    const openable = [...sealed].filter(([, by]) => by === key).map(([storageKey]) => storageKey);
    const accounts = await rig.open();
    if (openable.length > 0 && keysOf(accounts).length === 0) await rig.signIn(accounts);
    expect(keysOf(accounts)).toEqual(expect.arrayContaining(openable));
    expect(rig.wiped).toHaveBeenCalledTimes(accounts.list().accounts.length === 0 ? 1 : 0);
    rig.wiped.mockClear();
  }
  await (await rig.open()).signOut();
}

describe('the key under which a person’s words lie on this PC', () => {
  it('is never lost before they sign out, whatever the key store does; nothing is wiped meanwhile', async () => {
    await fc.assert(fc.asyncProperty(fc.array(Day, { minLength: 1, maxLength: 7 }), live), { numRuns: 30 });
  });
});
