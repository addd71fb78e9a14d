import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startNextcloud } from '../../e2e/stack/nextcloud/index.ts';
import { createHttp } from '../http/http.ts';
import { silentLog } from '../log/silent.ts';
import { keptFile } from '../store/kept.ts';
import { AccountBook, EMPTY_BOOK } from './account.ts';
import { type AccountParts, Accounts } from './accounts.ts';
import { type Cipher, createSecretStore } from './secret-store.ts';
import { type Answers, serveAnswers } from './testing.ts';

/** A key store whose key can be lost. */
class TestCipher implements Cipher {
  key = 7;
  isStale = false;
  readonly seal = (text: string) => Promise.resolve(Buffer.from(text).map((byte) => byte ^ this.key));
  readonly open = (sealed: Uint8Array) =>
    Promise.resolve({
      text: Buffer.from(sealed.map((byte) => byte ^ this.key)).toString(),
      isStale: this.isStale,
    });
}

let folder: string;
let cipher: TestCipher;
let chat: Awaited<ReturnType<typeof serveAnswers>>;
let logins: { user: string; device: string | undefined }[];
let revoked: string[];
const wiped = vi.fn<() => Promise<void>>(() => Promise.resolve());

const matrix: Answers = {
  'POST /_matrix/client/v3/login': (_request, body) => {
    const { identifier, password, device_id: device } = JSON.parse(body);
    if (password === 'slow down')
      return { status: 429, json: { errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 4200 } };
    if (password === 'gone') return { status: 403, json: { errcode: 'M_USER_DEACTIVATED' } };
    if (password === 'page') return { status: 200, html: '<html>' };
    if (password === 'strange')
      return { json: { user_id: 'camille', device_id: '', access_token: 'x'.repeat(5000) } };
    if (password !== 'right') return { status: 403, json: { errcode: 'M_FORBIDDEN' } };
    logins.push({ user: identifier.user, device });
    const device_id = device ?? `DEVICE${logins.length}`;
    return {
      json: { user_id: `@${identifier.user}:m.example`, device_id, access_token: `tok_${logins.length}` },
    };
  },
  'POST /_matrix/client/v3/logout': (request) => {
    revoked.push(request.headers.authorization ?? '');
    return { json: {} };
  },
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'accounts-'));
  cipher = new TestCipher();
  logins = [];
  revoked = [];
  wiped.mockClear();
  chat = await serveAnswers(matrix);
});
afterEach(async () => {
  await chat.close();
  await rm(folder, { recursive: true });
});

async function open(
  over: { cipher?: Cipher | null; fallback?: 'memory' | 'file'; parts?: Partial<AccountParts> } = {},
): Promise<Accounts> {
  const parts: AccountParts = {
    http: createHttp(fetch),
    secrets: createSecretStore(
      join(folder, 'secrets'),
      over.cipher === undefined ? cipher : over.cipher,
      over.fallback ?? 'memory',
      silentLog,
    ),
    book: await keptFile(join(folder, 'accounts.json'), AccountBook, EMPTY_BOOK, silentLog),
    known: { policy: {}, brand: { chat: null, files: null } },
    deviceName: 'Traboule, PC de Camille',
    wipePage: wiped,
    log: silentLog,
    ...over.parts,
  };
  return Accounts.open(parts);
}
const never = new AbortController().signal;
const signIn = (accounts: Accounts, user = 'camille', password = 'right') =>
  accounts.signInChat({ serverUrl: chat.url, user, password }, never);
async function textOnDisk(): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.all(
    files.map((entry) => readFile(join(entry.parentPath, entry.name), 'latin1')),
  );
  return texts.join('\n');
}

describe('an account', () => {
  it('is there again after a restart, with no secret readable on disk', async () => {
    const first = await open();
    expect(await signIn(first)).toMatchObject({
      chat: { status: 'signed-in', user: '@camille:m.example' },
      files: { status: 'none' },
      secrets: 'system',
    });
    const session = first.chatSession();
    expect(Buffer.from(session.storageKey, 'base64')).toHaveLength(32);
    wiped.mockClear();
    const second = await open();
    expect(second.chatSession()).toEqual(session);
    expect(wiped).not.toHaveBeenCalled();
    expect(await textOnDisk()).not.toMatch(/tok_|right/);
    expect(await textOnDisk()).not.toContain(session.storageKey);
  });

  it.each([
    ['wrong', { about: 'wrong-password.chat' }],
    ['slow down', { about: 'rate-limited.chat', details: { seconds: 5 } }],
    ['gone', { about: 'refused.chat' }],
    ['page', { about: 'not-a-server.chat' }],
    ['strange', { about: 'not-a-server.chat' }],
  ])('with the password "%s" is not signed in, and says why', async (password, error) => {
    const accounts = await open();
    await expect(signIn(accounts, 'camille', password)).rejects.toMatchObject(error);
    expect(accounts.state().chat.status).toBe('none');
    expect(() => accounts.chatSession()).toThrow('not-signed-in');
  });

  it('whose session expired asks again and is the same device with the same key', async () => {
    const accounts = await open();
    await signIn(accounts);
    const { storageKey, deviceId } = accounts.chatSession();
    await accounts.chatExpired();
    expect(accounts.state().chat).toMatchObject({ status: 'expired', user: '@camille:m.example' });
    expect((await open()).state().chat.status).toBe('expired');
    await signIn(accounts);
    expect(accounts.chatSession()).toMatchObject({ storageKey, deviceId, accessToken: 'tok_2' });
  });

  it('takes no other person in: that session is ended at once', async () => {
    const accounts = await open();
    await signIn(accounts);
    await expect(signIn(accounts, 'karim')).rejects.toMatchObject({ about: 'refused.chat' });
    expect(revoked).toEqual(['Bearer tok_2']);
    expect(accounts.chatSession().userId).toBe('@camille:m.example');
  });

  it('whose key store forgot it is a new device with empty caches', async () => {
    await signIn(await open());
    cipher.key = 9;
    wiped.mockClear();
    const accounts = await open();
    expect(accounts.state().chat.status).toBe('expired');
    expect(wiped).not.toHaveBeenCalled();
    await signIn(accounts);
    expect(wiped).toHaveBeenCalledOnce();
    expect(logins.map(({ device }) => device)).toEqual([undefined, undefined]);
  });

  it('is there again, with what the page kept, when the key store was only locked', async () => {
    const first = await open();
    await signIn(first);
    const session = first.chatSession();
    wiped.mockClear();
    expect((await open({ cipher: null })).state().chat.status).toBe('expired');
    cipher.key = 9;
    expect((await open()).state().chat.status).toBe('expired');
    cipher.key = 7;
    expect((await open()).chatSession()).toEqual(session);
    expect(wiped).not.toHaveBeenCalled();
  });

  it('does not come back over a session that began without the key store', async () => {
    await signIn(await open());
    wiped.mockClear();
    await signIn(await open({ cipher: null }));
    expect(wiped).toHaveBeenCalledOnce();
    expect((await open()).state().chat.status).toBe('expired');
  });

  it.each([null, 'system'])(
    'is not left in the clear when that is not allowed any more (%s)',
    async (kind) => {
      await signIn(await open({ cipher: null, fallback: 'file' }));
      expect(await textOnDisk()).toContain('tok_1');
      await open(kind === null ? { cipher: null } : {});
      expect(await textOnDisk()).not.toContain('tok_1');
    },
  );

  it('is at the server of the administrator and at no other', async () => {
    const known = { policy: { chat: 'https://chat.example/' }, brand: { chat: null, files: null } };
    const accounts = await open({ parts: { known } });
    await expect(signIn(accounts)).rejects.toMatchObject({ about: 'forbidden.setting' });
    expect(logins).toEqual([]);
    expect(() => accounts.checkServer('chat', 'https://chat.example')).not.toThrow();
    expect(() => accounts.checkServer('files', 'https://files.example')).not.toThrow();
    expect(() => accounts.checkServer('files', 'http://files.example')).toThrow('unsupported.insecure');
  });

  it('takes no password where the administrator wants none to be typed here, and sends none', async () => {
    const known = { policy: { passwordSignIn: false }, brand: { chat: null, files: null } };
    const accounts = await open({ parts: { known } });
    await expect(signIn(accounts)).rejects.toMatchObject({ about: 'forbidden.password' });
    expect(logins).toEqual([]);
  });

  it('is at no server that the administrator does not allow', async () => {
    const known = { policy: { allowed: ['*.metropole.example'] }, brand: { chat: null, files: null } };
    const accounts = await open({ parts: { known } });
    await expect(signIn(accounts)).rejects.toMatchObject({ about: 'forbidden.setting' });
    expect(logins).toEqual([]);
    expect(() => accounts.checkServer('files', 'https://fichiers.metropole.example')).not.toThrow();
  });

  it('is sealed anew when the key store renewed its key', async () => {
    await signIn(await open());
    cipher.isStale = true;
    const seal = vi.spyOn(cipher, 'seal');
    await open();
    expect(seal).toHaveBeenCalledOnce();
  });

  it('without a key store lives in memory and leaves nothing behind', async () => {
    const accounts = await open({ cipher: null });
    expect((await signIn(accounts)).secrets).toBe('memory');
    expect(await readdir(folder)).toEqual([]);
    const again = await open({ cipher: null });
    expect(again.state().chat.status).toBe('none');
    expect(wiped).toHaveBeenCalled();
  });

  it('without a key store is kept in a private file where the administrator allows it', async () => {
    await signIn(await open({ cipher: null, fallback: 'file' }));
    const again = await open({ cipher: null, fallback: 'file' });
    expect(again.state()).toMatchObject({ chat: { status: 'signed-in' }, secrets: 'file' });
  });

  it('keeps both of two changes that come together', async () => {
    const accounts = await open();
    await signIn(accounts);
    const { deviceId } = accounts.chatSession();
    await Promise.all([accounts.chatExpired(), signIn(accounts), accounts.filesExpired()]);
    expect((await open()).chatSession()).toMatchObject({ deviceId, accessToken: 'tok_2' });
  });

  it('tells every change', async () => {
    const accounts = await open();
    const heard: string[] = [];
    const stop = accounts.onChange((state) => heard.push(state.chat.status));
    await signIn(accounts);
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
      dataDir: join(folder, 'cloud'),
      users: [{ uid: 'camille-uid', password: 'files', displayName: 'Camille' }],
    });
    const appPassword = nextcloud.control.createAppPassword('camille-uid', 'Traboule');
    const accounts = await open();
    await signIn(accounts);
    await accounts.signInFiles({ serverUrl: nextcloud.url, loginName: 'camille-uid', appPassword }, never);
    expect(accounts.filesAccess()).toMatchObject({ userId: 'camille-uid', appPassword });
    const tellsHer = {
      authorization: `Basic ${Buffer.from(`camille-uid:${appPassword}`).toString('base64')}`,
    };
    const propfind = () =>
      fetch(`${nextcloud.url}/remote.php/dav/files/camille-uid/`, { method: 'PROPFIND', headers: tellsHer });
    expect((await propfind()).status).toBe(207);

    wiped.mockClear();
    expect(await accounts.signOut()).toEqual({ revoked: true });
    expect(revoked).toEqual(['Bearer tok_1']);
    expect((await propfind()).status).toBe(401);
    expect(wiped).toHaveBeenCalledOnce();
    expect(accounts.state().chat.status).toBe('none');
    expect(await readdir(join(folder, 'secrets'))).toEqual([]);
    expect((await open()).state().files.status).toBe('none');
    await nextcloud.stop();
  });

  it('goes on without the servers and says that they were not told', async () => {
    const accounts = await open();
    await signIn(accounts);
    await chat.close();
    expect(await accounts.signOut()).toEqual({ revoked: false });
    expect(accounts.state().chat.status).toBe('none');
    expect((await open()).state().chat.status).toBe('none');
  });

  it('leaves no secret and no cache behind when the disk is full, and says that something failed', async () => {
    const disk = await keptFile(join(folder, 'accounts.json'), AccountBook, EMPTY_BOOK, silentLog);
    let isFull = false;
    const full = () => Promise.reject(new Error('ENOSPC'));
    const set = (next: AccountBook) => (isFull ? full() : disk.set(next));
    const book = { value: disk.value, set, settled: disk.settled };
    const accounts = await open({ parts: { book } });
    await signIn(accounts);
    wiped.mockClear();
    isFull = true;
    await expect(accounts.signOut()).rejects.toThrow('ENOSPC');
    expect(revoked).toEqual(['Bearer tok_1']);
    expect(wiped).toHaveBeenCalledOnce();
    expect(await textOnDisk()).not.toContain('tok_1');
    expect(accounts.state().chat.status).toBe('none');
  });

  it('is not undone by a change that was on its way', async () => {
    const accounts = await open();
    await signIn(accounts);
    await Promise.all([
      accounts.chatExpired(),
      accounts.signOut(),
      accounts.filesExpired(),
      accounts.chatExpired(),
    ]);
    expect(accounts.state().chat.status).toBe('none');
    expect((await open()).state().chat.status).toBe('none');
    expect(await readdir(join(folder, 'secrets'))).toEqual([]);
  });
});
