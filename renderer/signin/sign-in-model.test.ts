import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type FakeHandlers, FakeMain, Refusal } from '../../e2e/gallery/fake-main.ts';
import { NOBODY } from '../../e2e/gallery/world/accounts.ts';
import type { AccountState } from '../../preload/contract/accounts.ts';
import type { ContractError } from '../../preload/contract/channel.ts';
import { appBridge } from '../bridge.ts';
import { type SignedInChat, SignInModel } from './sign-in-model.ts';

const SIGNED_IN: AccountState = {
  ...NOBODY,
  chat: { status: 'signed-in', serverUrl: 'https://m.example', user: '@n:m.example' },
};

const AGENTS = { id: 'oidc-agents', name: 'Annuaire' };

const CANCELLED: ContractError = {
  code: 'cancelled',
  messageKey: 'errors:cancelled.request',
  details: {},
  retryable: false,
};

/** What main does: the right password is "right"; words go through the contract's schemas. */
const handlers: Partial<FakeHandlers['accounts']> = {
  discover: () => ({
    chat: {
      found: true,
      offer: { serverUrl: 'https://m.example', user: 'n', password: true, browser: [AGENTS] },
    },
    files: { found: true, serverUrl: 'https://f.example', productName: 'N' },
  }),
  signInChat: ({ password }) => {
    if (password === 'right') return SIGNED_IN;
    throw new Refusal({
      code: 'wrong-password',
      messageKey: 'errors:wrong-password.chat',
      details: {},
      retryable: true,
    });
  },
  chatOffer: () => ({
    serverUrl: 'https://m.example',
    user: '@n:m.example',
    password: false,
    browser: [AGENTS],
  }),
  startChatSignIn: () => main.emit('accounts', 'chatSignIn', { step: 'waiting' }),
  reopenChatSignIn: () => undefined,
  cancelChatSignIn: () => undefined,
  startFilesSignIn: () => main.emit('accounts', 'filesSignIn', { step: 'waiting' }),
  reopenFilesSignIn: () => undefined,
  cancelFilesSignIn: () => undefined,
};

let main: FakeMain;
let model: SignInModel;
const onDone = vi.fn<(chat: SignedInChat | null) => void>();
const signOut = vi.fn<() => Promise<unknown>>(() => Promise.resolve());
const onAccount = vi.fn<(account: AccountState) => void>();

beforeEach(() => {
  main = new FakeMain({ accounts: handlers });
  onDone.mockClear();
  onAccount.mockClear();
  signOut.mockClear();
  const { accounts } = appBridge(main.api);
  model = new SignInModel({ accounts, account: NOBODY, onAccount, goal: 'all', onDone, signOut });
});

const channels = () => main.asked.map(({ channel }) => channel.replace('accounts.', ''));

async function toFiles(): Promise<void> {
  model.type('n@m.example');
  await model.discover();
  await model.signIn('right');
}

async function toBrowser(): Promise<void> {
  model.type('n@m.example');
  await model.discover();
  await model.openBrowser(AGENTS);
}

describe('the sign-in page', () => {
  test('goes through address, password and browser, and hands the password on', async () => {
    await toFiles();
    expect(onAccount).toHaveBeenCalledWith(SIGNED_IN);
    await model.connectFiles();
    expect(model.state.get().screen).toMatchObject({ at: 'files', waiting: true });
    await model.reopenPage();
    expect(onDone).not.toHaveBeenCalled();
    main.emit('accounts', 'filesSignIn', { step: 'granted' });
    expect(onDone).toHaveBeenCalledExactlyOnceWith({ password: 'right' });
    expect(channels()).toEqual(['discover', 'signInChat', 'startFilesSignIn', 'reopenFilesSignIn']);
  });

  test('stays where it is after a wrong password, and takes the right one then', async () => {
    model.type('n@m.example');
    await model.discover();
    await model.signIn('wrong');
    expect(model.state.get()).toMatchObject({
      busy: false,
      screen: { at: 'password' },
      problem: { code: 'wrong-password' },
    });
    await model.signIn('right');
    expect(model.state.get()).toMatchObject({ screen: { at: 'files' }, problem: null });
  });

  test('asks nothing for an empty field and never two things at once', async () => {
    await model.discover();
    model.type('n@m.example');
    await Promise.all([model.discover(), model.discover()]);
    await model.signIn('');
    expect(channels()).toEqual(['discover']);
  });

  test('ends what waits in the browser when the files are left for later', async () => {
    await toFiles();
    await model.connectFiles();
    model.skipFiles();
    expect(channels().at(-1)).toBe('cancelFilesSignIn');
    expect(onDone).toHaveBeenCalledExactlyOnceWith({ password: 'right' });
  });

  test('goes through the browser, without a password', async () => {
    await toBrowser();
    expect(model.state.get().screen).toMatchObject({ at: 'browser', waiting: true });
    await model.reopenBrowser();
    main.emit('accounts', 'chatSignIn', { step: 'signed-in', user: '@n:m.example', account: SIGNED_IN });
    expect(onAccount).toHaveBeenCalledWith(SIGNED_IN);
    model.skipFiles();
    expect(onDone).toHaveBeenCalledExactlyOnceWith({ password: null });
    expect(channels()).toEqual(['discover', 'startChatSignIn', 'reopenChatSignIn', 'cancelFilesSignIn']);
    expect(main.asked[1]?.payload).toEqual({ serverUrl: 'https://m.example', provider: 'oidc-agents' });
  });

  test('signs somebody else out again when the person says that it is not they', async () => {
    await toBrowser();
    main.emit('accounts', 'chatSignIn', { step: 'signed-in', user: '@k:m.example', account: SIGNED_IN });
    expect(model.state.get().screen).toEqual({ at: 'someone-else', user: '@k:m.example' });
    await model.notMe();
    expect(signOut).toHaveBeenCalledOnce();
    expect(model.state.get()).toMatchObject({ busy: false, screen: { at: 'address' } });
    expect(onDone).not.toHaveBeenCalled();
  });

  test.each(['cancelled', 'left'] as const)(
    'is not waiting for the browser any more once it is %s',
    async (how) => {
      await toBrowser();
      if (how === 'left') model.dispose();
      else model.cancelBrowser();
      expect(channels().at(-1)).toBe('cancelChatSignIn');
      main.emit('accounts', 'chatSignIn', { step: 'failed', error: CANCELLED });
      expect(onDone).not.toHaveBeenCalled();
    },
  );

  test('asks the server of a known account how to sign in again', async () => {
    const { accounts } = appBridge(main.api);
    const chat = { status: 'expired', serverUrl: 'https://m.example', user: '@n:m.example' } as const;
    const account = { ...NOBODY, chat };
    const again = new SignInModel({ accounts, account, onAccount, goal: 'chat', onDone, signOut });
    again.start();
    await vi.waitFor(() => expect(again.state.get().screen).toMatchObject({ at: 'browser' }));
    await again.openBrowser(AGENTS);
    main.emit('accounts', 'chatSignIn', { step: 'signed-in', user: '@n:m.example', account: SIGNED_IN });
    expect(onDone).toHaveBeenCalledExactlyOnceWith({ password: null });
  });

  test('hears nothing any more once it is gone', async () => {
    await toFiles();
    await model.connectFiles();
    model.dispose();
    main.emit('accounts', 'filesSignIn', { step: 'granted' });
    expect(onDone).not.toHaveBeenCalled();
  });
});
