import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../log/silent.ts';
import { keptTwice } from '../store/kept-twice.ts';
import { AccountBook, EMPTY_BOOK } from './account.ts';
import { AccountsRig } from './testing-accounts.ts';

let rig: AccountsRig;
beforeEach(async () => {
  rig = await AccountsRig.start();
  await rig.signIn(await rig.open());
  rig.wiped.mockClear();
  rig.forgotten.length = 0;
});
afterEach(() => rig.end());

const damage = (name = 'accounts.json') => writeFile(join(rig.folder, name), '{"active":');

describe('a list of accounts that was damaged, while secrets of one are sealed here', () => {
  it('wipes nothing: messages that are not sent wait in the page’s stores', async () => {
    await damage();
    const accounts = await rig.open();
    expect(accounts.list()).toMatchObject({ accounts: [], isWhole: false });
    expect(rig.wiped).not.toHaveBeenCalled();
  });

  it('has the page keep what seems nobody’s also while somebody else signs in and out', async () => {
    await damage();
    const accounts = await rig.open();
    await rig.signIn(accounts, 'karim');
    expect(accounts.list().isWhole).toBe(false);
    const { stores } = accounts.state();
    await accounts.signOut();
    expect(rig.wiped).not.toHaveBeenCalled();
    expect(rig.forgotten).toContain(stores);
  });

  it('is whole, and wipes what nobody can read, once nothing is sealed here', async () => {
    const accounts = await rig.open();
    expect(accounts.list().isWhole).toBe(true);
    await accounts.signOut();
    rig.wiped.mockClear();
    expect((await rig.open()).list().isWhole).toBe(true);
    expect(rig.wiped).toHaveBeenCalledOnce();
  });
});

it('is read from its second file where there is one', async () => {
  const twice = () => keptTwice(join(rig.folder, 'twice.json'), AccountBook, EMPTY_BOOK, silentLog);
  const accounts = await rig.open({ parts: { book: await twice() } });
  await rig.signIn(accounts, 'karim');
  const { id } = accounts.state();
  await damage('twice.json');
  expect((await rig.open({ parts: { book: await twice() } })).state().id).toBe(id);
});
