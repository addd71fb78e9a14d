import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../log/silent.ts';
import { keptFile } from '../store/kept.ts';
import { AccountBook, EMPTY_BOOK } from './account.ts';
import type { Accounts } from './accounts.ts';
import { AccountsRig } from './testing-accounts.ts';

let rig: AccountsRig;
beforeEach(async () => {
  rig = await AccountsRig.start();
});
afterEach(() => rig.end());

const two = async () => {
  const accounts = await rig.open();
  await rig.signIn(accounts);
  const first = accounts.state().id ?? '';
  await accounts.add();
  await rig.signIn(accounts, 'karim');
  return { accounts, first, second: accounts.state().id ?? '' };
};
const users = (accounts: Accounts) => accounts.list().accounts.map(({ user }) => user);

describe('several accounts', () => {
  it('are kept side by side, one of them shown, each with secrets and stores of its own', async () => {
    const { accounts, first, second } = await two();
    expect(users(accounts)).toEqual(['@camille:m.example', '@karim:m.example']);
    const karim = accounts.chatSession();
    await accounts.show(first);
    const camille = accounts.chatSession();
    expect(camille.userId).toBe('@camille:m.example');
    expect(camille.storageKey).not.toBe(karim.storageKey);
    const [one, other] = accounts.list().accounts;
    expect(one?.stores).not.toBe(other?.stores);
    expect(accounts.all().map(({ home }) => home)).toEqual([
      ...new Set(accounts.all().map(({ home }) => home)),
    ]);
    const again = await rig.open();
    expect(again.state().id).toBe(first);
    await again.show(second);
    expect(again.chatSession()).toEqual(karim);
    expect((await rig.open()).state().id).toBe(second);
    expect(rig.wiped).toHaveBeenCalledOnce(); // at the very first start
  });

  it('are asked for one by one: adding one shows the way in, and going back changes nothing', async () => {
    const accounts = await rig.open();
    await rig.signIn(accounts);
    const before = accounts.state();
    await accounts.add();
    expect(accounts.state()).toMatchObject({ id: null, chat: { status: 'none' }, files: { status: 'none' } });
    expect(() => accounts.chatSession()).toThrow('not-signed-in');
    await accounts.show(before.id ?? '');
    expect(accounts.state()).toEqual(before);
    await accounts.add();
    expect((await rig.open()).state()).toEqual(before);
    await expect(accounts.show('6a1c1d3e-0000-4000-8000-000000000000')).rejects.toThrow('not-found.account');
  });

  it('are not two of one person: the second session is ended at once', async () => {
    const { accounts } = await two();
    await accounts.add();
    await expect(rig.signIn(accounts, 'camille')).rejects.toMatchObject({ about: 'in-use.account' });
    expect(rig.revoked).toEqual(['Bearer tok_3']);
    expect(users(accounts)).toHaveLength(2);
    expect(accounts.state().id).toBeNull();
  });

  it('are not more than the administrator allows, whatever the page asks', async () => {
    let mayAdd = true;
    const accounts = await rig.open({ parts: { mayAdd: () => mayAdd } });
    await rig.signIn(accounts);
    const { id } = accounts.state();
    await accounts.add();
    mayAdd = false;
    expect(accounts.list().mayAdd).toBe(false);
    await expect(rig.signIn(accounts, 'karim')).rejects.toMatchObject({ about: 'forbidden.setting' });
    await expect(accounts.add()).rejects.toMatchObject({ details: { setting: 'mayAddAccount' } });
    await accounts.show(id ?? '');
    await accounts.chatExpired();
    await rig.signIn(accounts);
    await accounts.signOut();
    await rig.signIn(accounts, 'karim');
    expect(users(accounts)).toEqual(['@karim:m.example']);
  });

  it('are signed out of one at a time: the other keeps session, secrets and what the page kept', async () => {
    const { accounts, first } = await two();
    await accounts.show(first);
    const session = accounts.chatSession();
    const stores = accounts.list().accounts[1]?.stores;
    rig.wiped.mockClear();
    await accounts.show(accounts.list().accounts[1]?.id ?? '');
    expect(await accounts.signOut()).toEqual({ revoked: true });
    expect(rig.revoked).toEqual(['Bearer tok_2']);
    expect(accounts.state().id).toBeNull();
    expect(users(accounts)).toEqual(['@camille:m.example']);
    expect(await readdir(join(rig.folder, 'secrets'))).toEqual([`${first}.sealed`]);
    const again = await rig.open();
    expect(again.chatSession()).toEqual(session);
    expect(rig.wiped).not.toHaveBeenCalled();
    expect(rig.forgotten).toEqual(['', stores]);
    await again.signOut();
    expect(rig.wiped).toHaveBeenCalledOnce();
  });

  it('expire one at a time, also the one that is not shown', async () => {
    const { accounts, first } = await two();
    const heard: string[] = [];
    accounts.onAnyChange((id) => heard.push(id));
    await accounts.chatExpired();
    await accounts.show(first);
    expect(accounts.state().chat.status).toBe('signed-in');
    expect(accounts.list().accounts.map(({ mustSignIn }) => mustSignIn)).toEqual([false, true]);
    expect(heard).toEqual([accounts.list().accounts[1]?.id]);
  });

  it('take a sign-in in for whom it was begun, whichever is shown by then', async () => {
    const { accounts, first, second } = await two();
    const late = rig.signIn(accounts, 'karim');
    await accounts.show(first);
    await late;
    expect(rig.revoked).toEqual([]); // the server would forget the device with the session
    expect(accounts.chatSession()).toMatchObject({ userId: '@camille:m.example', accessToken: 'tok_1' });
    await accounts.show(second);
    expect(accounts.chatSession()).toMatchObject({ deviceId: 'DEVICE2', accessToken: 'tok_3' });
  });

  it('take in nobody new once the person went elsewhere: that session is ended at once', async () => {
    const { accounts, first } = await two();
    await accounts.add();
    const late = rig.signIn(accounts, 'lina');
    await accounts.show(first);
    await expect(late).rejects.toMatchObject({ about: 'cancelled.request' });
    expect(rig.revoked).toEqual(['Bearer tok_3']);
    expect(users(accounts)).toHaveLength(2);
  });

  it('know what their people are called', async () => {
    const { accounts } = await two();
    await accounts.introduce({ user: '@karim:m.example', name: 'Karim Haddad' });
    expect((await rig.open()).list().accounts.map(({ name }) => name)).toEqual([null, 'Karim Haddad']);
  });

  it('keep the picture of each apart, until there is another or none', async () => {
    const { accounts, first } = await two();
    const looks = { user: '@karim:m.example', name: 'Karim Haddad' };
    const pictures = async () => (await rig.open()).list().accounts.map(({ picture }) => picture);
    await accounts.introduce({ ...looks, picture: 'UklGRkarim' });
    await accounts.show(first);
    await accounts.introduce({ user: '@camille:m.example', name: 'Camille', picture: 'UklGRcamille' });
    await accounts.introduce(looks);
    expect(await pictures()).toEqual(['UklGRcamille', 'UklGRkarim']);
    await accounts.introduce({ ...looks, picture: null });
    expect(await pictures()).toEqual(['UklGRcamille', null]);
    await accounts.signOut();
    for (const name of (await readdir(rig.folder)).filter((each) => each.startsWith('accounts.json')))
      expect(await readFile(join(rig.folder, name), 'utf8')).not.toContain('camille');
  });

  it('take up the one account of an older book, with its stores under the names they had', async () => {
    const id = '2f0c9a52-43a8-4b3e-9d0a-1d2f3a4b5c6d';
    const secrets = { accessToken: 'tok_old', storageKey: `${'A'.repeat(43)}=`, appPassword: null };
    const chatOf = { serverUrl: rig.chatUrl, userId: '@camille:m.example', deviceId: 'OLD' };
    await mkdir(join(rig.folder, 'secrets'));
    await writeFile(
      join(rig.folder, 'secrets', `${id}.sealed`),
      await rig.cipher.seal(JSON.stringify(secrets)),
    );
    const book = { active: id, accounts: [{ id, chat: chatOf, files: null }] };
    await writeFile(join(rig.folder, 'accounts.json'), JSON.stringify(book));
    const accounts = await rig.open();
    expect(accounts.chatSession()).toMatchObject({ accessToken: 'tok_old', deviceId: 'OLD' });
    expect(accounts.state()).toMatchObject({ id, stores: '' });
    const [before] = accounts.all();
    await accounts.chatExpired();
    await rig.signIn(accounts);
    expect((await rig.open()).all()[0]?.home).toBe(before?.home);
    expect((await rig.open()).state().stores).toBe('');
    expect(rig.wiped).not.toHaveBeenCalled();
  });

  it('of an older book with files alone keep their home when somebody signs in to the chat as well', async () => {
    const id = randomUUID();
    const files = { serverUrl: 'https://f.example', userId: 'camille', loginName: 'camille' };
    const book = { active: id, accounts: [{ id, chat: null, files }] };
    await writeFile(join(rig.folder, 'accounts.json'), JSON.stringify(book));
    const accounts = await rig.open();
    const [before] = accounts.all();
    await rig.signIn(accounts);
    expect((await rig.open()).all()).toMatchObject([{ id, home: before?.home, user: '@camille:m.example' }]);
  });

  it('find the home of a person who comes back, also without a key store', async () => {
    const accounts = await rig.open({ cipher: null });
    await rig.signIn(accounts);
    const [first] = accounts.all();
    const again = await rig.open({ cipher: null });
    await rig.signIn(again);
    expect(again.all()[0]?.home).toBe(first?.home);
    expect(again.all()[0]?.id).not.toBe(first?.id);
  });
});

describe('accounts whose secrets can’t be opened', () => {
  it('leave the other’s stores alone, where only one lost them', async () => {
    const { accounts, second } = await two();
    const stores = accounts.list().accounts.map((account) => account.stores);
    await writeFile(join(rig.folder, 'secrets', `${second}.sealed`), 'damaged');
    rig.wiped.mockClear();
    const again = await rig.open();
    expect(again.state().chat.status).toBe('expired');
    await rig.signIn(again, 'karim');
    expect(rig.logins.at(-1)).toEqual({ user: 'karim', device: undefined });
    expect(rig.wiped).not.toHaveBeenCalled();
    const [one, other] = again.list().accounts.map((account) => account.stores);
    expect([one, other]).toEqual(stores);
  });

  it('begin anew one by one where all lost them, each leaving everybody’s stores alone', async () => {
    const { first } = await two();
    const stores = (await rig.open()).list().accounts.map((account) => account.stores);
    rig.cipher.key = 9;
    rig.wiped.mockClear();
    rig.forgotten.length = 0;
    const again = await rig.open();
    await rig.signIn(again, 'karim');
    await again.show(first);
    await rig.signIn(again);
    expect(rig.wiped).not.toHaveBeenCalled();
    expect(rig.logins.slice(-2).map(({ device }) => device)).toEqual([undefined, undefined]);
    expect(rig.forgotten).toEqual([]);
    expect(again.list().accounts.map((account) => account.stores)).toEqual(stores);
  });

  it('keep what they wrote while the key store was closed and another one signed in', async () => {
    const { accounts, first, second } = await two();
    await accounts.show(first);
    const camille = accounts.chatSession();
    const { stores } = accounts.state();
    await accounts.show(second);
    rig.wiped.mockClear();
    await rig.signIn(await rig.open({ cipher: null }), 'karim');
    expect(rig.wiped).not.toHaveBeenCalled();
    const opened = await rig.open();
    await opened.show(first);
    expect(opened.chatSession()).toEqual(camille);
    expect(opened.state().stores).toBe(stores);
  });
});

describe('accounts of which another one is about to be shown', () => {
  it('are signed out and named for the page that asked, whichever is shown by then', async () => {
    const { accounts, first } = await two();
    const asked = [
      accounts.show(first),
      accounts.introduce({ user: '@karim:m.example', name: 'Karim' }),
      accounts.signOut(),
    ];
    await Promise.all(asked);
    expect(accounts.list().accounts).toMatchObject([{ user: '@camille:m.example', name: null }]);
    expect(accounts.state().id).toBe(first);
    expect(rig.revoked).toEqual(['Bearer tok_2']);
  });

  it('stay shown until the other one can be, so that no page is given another’s secrets', async () => {
    const { accounts: before, first } = await two();
    const shown = before.chatSession();
    const book = await keptFile(join(rig.folder, 'accounts.json'), AccountBook, EMPTY_BOOK, silentLog);
    const full = { value: book.value, settled: book.settled, set: () => Promise.reject(new Error('ENOSPC')) };
    const accounts = await rig.open({ parts: { book: full } });
    const visited = vi.fn<() => void>();
    accounts.onVisit(visited);
    const going = accounts.show(first);
    await Promise.resolve();
    expect(accounts.chatSession()).toEqual(shown);
    await expect(going).rejects.toThrow('ENOSPC');
    expect(visited).not.toHaveBeenCalled();
    expect(accounts.chatSession()).toEqual(shown);
  });
});
