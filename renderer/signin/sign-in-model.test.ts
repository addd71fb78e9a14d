import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type FakeHandlers, FakeMain, Refusal } from '../../e2e/gallery/fake-main.ts';
import { NOBODY } from '../../e2e/gallery/world/accounts.ts';
import type { AccountState } from '../../preload/contract/accounts.ts';
import { appBridge } from '../bridge.ts';
import { SignInModel } from './sign-in-model.ts';

const SIGNED_IN: AccountState = {
  ...NOBODY,
  chat: { status: 'signed-in', serverUrl: 'https://m.example', user: '@n:m.example' },
};

/** What main does: the right password is "right"; words go through the contract's schemas. */
const handlers: Partial<FakeHandlers['accounts']> = {
  discover: () => ({
    chat: {
      found: true,
      offer: { serverUrl: 'https://m.example', user: 'n', password: true, singleSignOn: false },
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
  startFilesSignIn: () => main.emit('accounts', 'filesSignIn', { step: 'waiting' }),
  reopenFilesSignIn: () => undefined,
  cancelFilesSignIn: () => undefined,
};

let main: FakeMain;
let model: SignInModel;
const onDone = vi.fn<(password: string | null) => void>();
const onAccount = vi.fn<(account: AccountState) => void>();

beforeEach(() => {
  main = new FakeMain({ accounts: handlers });
  onDone.mockClear();
  onAccount.mockClear();
  const { accounts } = appBridge(main.api);
  model = new SignInModel({ accounts, account: NOBODY, onAccount, goal: 'all', onDone });
});

const channels = () => main.asked.map(({ channel }) => channel.replace('accounts.', ''));

async function toFiles(): Promise<void> {
  model.type('n@m.example');
  await model.discover();
  await model.signIn('right');
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
    expect(onDone).toHaveBeenCalledExactlyOnceWith('right');
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
    expect(onDone).toHaveBeenCalledExactlyOnceWith('right');
  });

  test('hears nothing any more once it is gone', async () => {
    await toFiles();
    await model.connectFiles();
    model.dispose();
    main.emit('accounts', 'filesSignIn', { step: 'granted' });
    expect(onDone).not.toHaveBeenCalled();
  });
});
