import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startNextcloud } from '../../e2e/stack/nextcloud/index.ts';
import { silentLog } from '../log/silent.ts';
import { keptFile } from '../store/kept.ts';
import { AccountBook, EMPTY_BOOK } from './account.ts';
import { AccountsRig, never } from './testing-accounts.ts';

let rig: AccountsRig;
beforeEach(async () => {
  rig = await AccountsRig.start();
});
afterEach(() => rig.end());

describe('an account', () => {
  it('is there again after a restart, with no secret readable on disk', async () => {
    const first = await rig.open();
    expect(await rig.signIn(first)).toMatchObject({
      chat: { status: 'signed-in', user: '@camille:m.example' },
      files: { status: 'none' },
      secrets: 'system',
    });
    const session = first.chatSession();
    expect(Buffer.from(session.storageKey, 'base64')).toHaveLength(32);
    rig.wiped.mockClear();
    const second = await rig.open();
    expect(second.chatSession()).toEqual(session);
    expect(rig.wiped).not.toHaveBeenCalled();
    expect(await rig.textOnDisk()).not.toMatch(/tok_|right/);
    expect(await rig.textOnDisk()).not.toContain(session.storageKey);
  });

  it.each([
    ['wrong', { about: 'wrong-password.chat' }],
    ['slow down', { about: 'rate-limited.chat', details: { seconds: 5 } }],
    ['gone', { about: 'refused.chat' }],
    ['page', { about: 'not-a-server.chat' }],
    ['strange', { about: 'not-a-server.chat' }],
  ])('with the password "%s" is not signed in, and says why', async (password, error) => {
    const accounts = await rig.open();
    await expect(rig.signIn(accounts, 'camille', password)).rejects.toMatchObject(error);
    expect(accounts.state().chat.status).toBe('none');
    expect(() => accounts.chatSession()).toThrow('not-signed-in');
  });

  it('whose session expired asks again and is the same device with the same key', async () => {
    const accounts = await rig.open();
    await rig.signIn(accounts);
    const { storageKey, deviceId } = accounts.chatSession();
    await accounts.chatExpired();
    expect(accounts.state().chat).toMatchObject({ status: 'expired', user: '@camille:m.example' });
    expect(accounts.pageStorage()).toMatchObject({ storageKey, stores: accounts.state().stores });
    expect((await rig.open()).state().chat.status).toBe('expired');
    await rig.signIn(accounts);
    expect(accounts.chatSession()).toMatchObject({ storageKey, deviceId, accessToken: 'tok_2' });
  });

  it('takes no other person in: that session is ended at once', async () => {
    const accounts = await rig.open();
    await rig.signIn(accounts);
    await expect(rig.signIn(accounts, 'karim')).rejects.toMatchObject({
      about: 'refused.person',
      details: { user: '@camille:m.example', came: '@karim:m.example' },
    });
    expect(rig.revoked).toEqual(['Bearer tok_2']);
    expect(accounts.chatSession().userId).toBe('@camille:m.example');
  });

  it('whose key store forgot it is a new device, and nothing of before is wiped', async () => {
    await rig.signIn(await rig.open());
    rig.cipher.key = 9;
    rig.wiped.mockClear();
    const accounts = await rig.open();
    expect(accounts.state().chat.status).toBe('expired');
    expect(() => accounts.pageStorage()).toThrow('not-signed-in');
    expect(rig.wiped).not.toHaveBeenCalled();
    await rig.signIn(accounts);
    expect(rig.wiped).not.toHaveBeenCalled();
    expect(rig.forgotten).toEqual(['']); // at the very first start
    expect(rig.logins.map(({ device }) => device)).toEqual([undefined, undefined]);
  });

  it('is there again, with what the page kept, when the key store was only locked', async () => {
    const first = await rig.open();
    await rig.signIn(first);
    const session = first.chatSession();
    rig.wiped.mockClear();
    expect((await rig.open({ cipher: null })).state().chat.status).toBe('expired');
    rig.cipher.key = 9;
    expect((await rig.open()).state().chat.status).toBe('expired');
    rig.cipher.key = 7;
    expect((await rig.open()).chatSession()).toEqual(session);
    expect(rig.wiped).not.toHaveBeenCalled();
  });

  it('is there again, with its words, after the person signed in while the key store was locked', async () => {
    const first = await rig.open();
    await rig.signIn(first);
    const session = first.chatSession();
    rig.wiped.mockClear();
    const locked = await rig.open({ cipher: null });
    await rig.signIn(locked);
    expect(locked.chatSession()).toMatchObject({ deviceId: 'DEVICE2', passing: expect.any(String) });
    expect(locked.pageStorage().passing).toBe(locked.chatSession().passing);
    expect(locked.state().stores).toBe(first.state().stores);
    expect(rig.wiped).not.toHaveBeenCalled();
    expect((await rig.open()).chatSession()).toEqual(session);
  });

  it('has everything of before as soon as the key store opens, if that is when the person signs in', async () => {
    const first = await rig.open();
    await rig.signIn(first);
    const { storageKey, deviceId } = first.chatSession();
    rig.cipher.key = 9;
    const accounts = await rig.open();
    rig.cipher.key = 7;
    await rig.signIn(accounts);
    expect(accounts.chatSession()).toMatchObject({ storageKey, deviceId, accessToken: 'tok_2', earlier: [] });
    expect((await rig.open()).chatSession()).toEqual(accounts.chatSession());
  });

  it('is one device also after a crash between the writing of its secrets and of the book', async () => {
    await rig.signIn(await rig.open());
    rig.cipher.key = 9;
    const book = await keptFile(join(rig.folder, 'accounts.json'), AccountBook, EMPTY_BOOK, silentLog);
    const crashed = {
      value: book.value,
      settled: book.settled,
      set: () => Promise.reject(new Error('power')),
    };
    const accounts = await rig.open({ parts: { book: crashed } });
    await expect(rig.signIn(accounts)).rejects.toThrow('power');
    expect((await rig.open()).chatSession()).toMatchObject({ deviceId: 'DEVICE2', accessToken: 'tok_2' });
  });

  it('takes what was written in the clear along when the key store is there again', async () => {
    await rig.signIn(await rig.open());
    const clear = await rig.open({ cipher: null, fallback: 'file' });
    await rig.signIn(clear);
    const session = clear.chatSession();
    const again = await rig.open();
    expect(again.chatSession()).toMatchObject({ ...session, earlier: [{ deviceId: 'DEVICE1' }] });
    expect((await rig.open({ cipher: null, fallback: 'file' })).state().chat.status).toBe('expired');
  });

  it.each([null, 'system'])(
    'is not left in the clear when that is not allowed any more (%s)',
    async (kind) => {
      await rig.signIn(await rig.open({ cipher: null, fallback: 'file' }));
      expect(await rig.textOnDisk()).toContain('tok_1');
      await rig.open(kind === null ? { cipher: null } : {});
      expect(await rig.textOnDisk()).not.toContain('tok_1');
    },
  );

  it('is at the server of the administrator and at no other', async () => {
    const known = { policy: { chat: 'https://chat.example/' }, brand: { chat: null, files: null } };
    const accounts = await rig.open({ parts: { known } });
    await expect(rig.signIn(accounts)).rejects.toMatchObject({ about: 'forbidden.setting' });
    expect(rig.logins).toEqual([]);
    expect(() => accounts.checkServer('chat', 'https://chat.example')).not.toThrow();
    expect(() => accounts.checkServer('files', 'https://files.example')).not.toThrow();
    expect(() => accounts.checkServer('files', 'http://files.example')).toThrow('unsupported.insecure');
  });

  it('takes no password where the administrator wants none to be typed here, and sends none', async () => {
    const known = { policy: { passwordSignIn: false }, brand: { chat: null, files: null } };
    const accounts = await rig.open({ parts: { known } });
    await expect(rig.signIn(accounts)).rejects.toMatchObject({ about: 'forbidden.password' });
    expect(rig.logins).toEqual([]);
  });

  it('is at no server that the administrator does not allow', async () => {
    const known = { policy: { allowed: ['*.metropole.example'] }, brand: { chat: null, files: null } };
    const accounts = await rig.open({ parts: { known } });
    await expect(rig.signIn(accounts)).rejects.toMatchObject({ about: 'forbidden.setting' });
    expect(rig.logins).toEqual([]);
    expect(() => accounts.checkServer('files', 'https://fichiers.metropole.example')).not.toThrow();
  });

  it('is sealed anew when the key store renewed its key', async () => {
    await rig.signIn(await rig.open());
    rig.cipher.isStale = true;
    const seal = vi.spyOn(rig.cipher, 'seal');
    await rig.open();
    expect(seal).toHaveBeenCalledOnce();
  });

  it('without a key store lives in memory and leaves nothing behind', async () => {
    const accounts = await rig.open({ cipher: null });
    expect((await rig.signIn(accounts)).secrets).toBe('memory');
    expect(await readdir(rig.folder)).toEqual([]);
    const again = await rig.open({ cipher: null });
    expect(again.state().chat.status).toBe('none');
    expect(rig.wiped).toHaveBeenCalled();
  });

  it('without a key store is kept in a private file where the administrator allows it', async () => {
    await rig.signIn(await rig.open({ cipher: null, fallback: 'file' }));
    const again = await rig.open({ cipher: null, fallback: 'file' });
    expect(again.state()).toMatchObject({ chat: { status: 'signed-in' }, secrets: 'file' });
  });

  it('keeps both of two changes that come together', async () => {
    const accounts = await rig.open();
    await rig.signIn(accounts);
    const { deviceId } = accounts.chatSession();
    await Promise.all([accounts.chatExpired(), rig.signIn(accounts), accounts.all()[0]?.filesExpired()]);
    expect((await rig.open()).chatSession()).toMatchObject({ deviceId, accessToken: 'tok_2' });
  });

  it('tells every change', async () => {
    const accounts = await rig.open();
    const heard: string[] = [];
    const stop = accounts.onChange((state) => heard.push(state.chat.status));
    await rig.signIn(accounts);
    await accounts.chatExpired();
    await accounts.chatExpired();
    stop();
    await accounts.signOut();
    expect(heard).toEqual(['signed-in', 'expired']);
  });
});

describe('signing out', () => {
  it('ends both sessions at their servers and wipes this PC', async () => {
    const nextcloud = await startNextcloud({
      dataDir: join(rig.folder, 'cloud'),
      users: [{ uid: 'camille-uid', password: 'files', displayName: 'Camille' }],
    });
    const appPassword = nextcloud.control.createAppPassword('camille-uid', 'Traboule');
    const accounts = await rig.open();
    await rig.signIn(accounts);
    await accounts.signInFiles({ serverUrl: nextcloud.url, loginName: 'camille-uid', appPassword }, never);
    expect(accounts.filesAccess()).toMatchObject({ userId: 'camille-uid', appPassword });
    const tellsHer = {
      authorization: `Basic ${Buffer.from(`camille-uid:${appPassword}`).toString('base64')}`,
    };
    const propfind = () =>
      fetch(`${nextcloud.url}/remote.php/dav/files/camille-uid/`, { method: 'PROPFIND', headers: tellsHer });
    expect((await propfind()).status).toBe(207);

    rig.wiped.mockClear();
    expect(await accounts.signOut()).toEqual({ revoked: true });
    expect(rig.revoked).toEqual(['Bearer tok_1']);
    expect((await propfind()).status).toBe(401);
    expect(rig.wiped).toHaveBeenCalledOnce();
    expect(accounts.state().chat.status).toBe('none');
    expect(await readdir(join(rig.folder, 'secrets'))).toEqual([]);
    expect((await rig.open()).state().files.status).toBe('none');
    await nextcloud.stop();
  });

  it('goes on without the servers and says that they were not told', async () => {
    const accounts = await rig.open();
    await rig.signIn(accounts);
    await rig.stopChat();
    expect(await accounts.signOut()).toEqual({ revoked: false });
    expect(accounts.state().chat.status).toBe('none');
    expect((await rig.open()).state().chat.status).toBe('none');
  });

  it('leaves no secret and no cache behind when the disk is full, and says that something failed', async () => {
    const disk = await keptFile(join(rig.folder, 'accounts.json'), AccountBook, EMPTY_BOOK, silentLog);
    let isFull = false;
    const full = () => Promise.reject(new Error('ENOSPC'));
    const set = (next: AccountBook) => (isFull ? full() : disk.set(next));
    const book = { value: disk.value, set, settled: disk.settled };
    const accounts = await rig.open({ parts: { book } });
    await rig.signIn(accounts);
    rig.wiped.mockClear();
    isFull = true;
    await expect(accounts.signOut()).rejects.toThrow('ENOSPC');
    expect(rig.revoked).toEqual(['Bearer tok_1']);
    expect(rig.wiped).toHaveBeenCalledOnce();
    expect(await rig.textOnDisk()).not.toContain('tok_1');
    expect(accounts.state().chat.status).toBe('none');
  });

  it('is not undone by a change that was on its way', async () => {
    const accounts = await rig.open();
    await rig.signIn(accounts);
    await Promise.all([
      accounts.chatExpired(),
      accounts.signOut(),
      accounts.all()[0]?.filesExpired(),
      accounts.chatExpired(),
    ]);
    expect(accounts.state().chat.status).toBe('none');
    expect((await rig.open()).state().chat.status).toBe('none');
    expect(await readdir(join(rig.folder, 'secrets'))).toEqual([]);
  });
});
