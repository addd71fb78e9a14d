import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeChat } from '../../../e2e/gallery/fake-chat.ts';
import { type FakeHandlers, FakeMain, Refusal } from '../../../e2e/gallery/fake-main.ts';
import { NOBODY } from '../../../e2e/gallery/world/accounts.ts';
import type { AccountState } from '../../../preload/contract/accounts.ts';
import { appBridge } from '../../bridge.ts';
import type { AnyError } from '../../i18n/error-words.ts';
import type { Connection, Protection } from '../../matrix/protocol.ts';
import { Store } from '../../ui/store.ts';
import { ChatStore } from './chat-store.ts';
import { Session } from './session.ts';

const SIGNED_IN: AccountState = {
  id: '0b9d6f6e-6a51-4a65-9c1e-5a3c5d1f7a01',
  stores: '',
  chat: { status: 'signed-in', serverUrl: 'https://m.example', user: '@n:m.example' },
  files: { status: 'signed-in', serverUrl: 'https://f.example', user: 'n' },
  secrets: 'system',
};
const partners = { agentServers: [], partnerUserNames: ['ext-*'] };

/** A session between a scripted main, whose words go through the contract's schemas, and a scripted chat. */
class Scene {
  readonly account: Store<AccountState>;
  readonly chat = new FakeChat({ list: null, timelines: new Map(), details: {}, failing: new Map() });
  readonly forgotten = vi.fn<() => Promise<void>>(() => Promise.resolve());
  readonly wentOn = vi.fn<() => Promise<void>>(() => Promise.resolve());
  readonly troubles: AnyError[] = [];
  readonly session: Session;
  readonly main: FakeMain;
  revoked = true;
  token = 'one';

  constructor(account: AccountState) {
    this.account = new Store(account);
    const accounts: Partial<FakeHandlers['accounts']> = {
      chatSession: () => {
        if (this.account.get().chat.status !== 'signed-in') throw new Refusal(NOT_SIGNED_IN);
        return {
          serverUrl: 'https://m.example',
          userId: '@n:m.example',
          deviceId: 'D',
          accessToken: this.token,
          storageKey: `${'A'.repeat(43)}=`,
          passing: null,
          earlier: [],
        };
      },
      chatExpired: () => {
        const { chat } = this.account.get();
        if (chat.status === 'signed-in')
          this.say({ ...this.account.get(), chat: { ...chat, status: 'expired' } });
      },
      signOut: () => {
        this.say(NOBODY);
        return { revoked: this.revoked };
      },
    };
    this.main = new FakeMain({ accounts });
    const bridge = appBridge(this.main.api);
    bridge.accounts.on('changed', (state) => {
      if (this.session.concerns(state)) this.account.set(state);
    });
    this.session = new Session({
      bridge,
      chat: new ChatStore(this.chat),
      account: this.account,
      partners,
      cacheDays: () => 30,
      forget: this.forgotten,
      goOn: this.wentOn,
      trouble: (problem) => this.troubles.push(problem),
    });
  }

  readonly say = (account: AccountState): void => this.main.emit('accounts', 'changed', account);
  readonly protection = (state: Protection['state']): void =>
    this.chat.tell({ type: 'protection', snapshot: { state } });
  readonly connection = (connection: Connection): void =>
    this.chat.tell({ type: 'salons', snapshot: { connection, salons: [], total: 0 } });

  get ran(): string[] {
    return this.chat.ran.map(({ name }) => name);
  }
  get at(): string {
    return this.session.stage.get().at;
  }
}

const NOT_SIGNED_IN = {
  code: 'not-signed-in',
  messageKey: 'errors:not-signed-in.chat',
  details: {},
  retryable: false,
} as const;

let scene: Scene;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  scene.session.dispose();
  vi.useRealTimers();
});

describe('a session that main kept', () => {
  test('goes straight inside and starts the chat with the rule of the brand', async () => {
    scene = new Scene(SIGNED_IN);
    expect(scene.at).toBe('inside');
    await scene.session.connect();
    expect(scene.chat.ran[0]).toMatchObject({
      name: 'start',
      request: { session: { accessToken: 'one', deviceId: 'D' }, partners, cacheDays: 30 },
    });
    await scene.session.connect();
    expect(scene.ran).toEqual(['start']);
  });

  test('whose worker broke starts again', async () => {
    scene = new Scene(SIGNED_IN);
    await scene.session.connect();
    scene.session.reconnect();
    await vi.waitFor(() => expect(scene.ran).toEqual(['start', 'start']));
  });

  test('that can not be started says so and is tried again when main says something new', async () => {
    scene = new Scene(SIGNED_IN);
    scene.chat.world.failing.set('start', 'unknown');
    await scene.session.connect();
    expect(scene.troubles).toMatchObject([{ from: 'chat', error: { code: 'unknown' } }]);
    scene.chat.world.failing.clear();
    scene.say({ ...SIGNED_IN, files: { status: 'none' } });
    await vi.waitFor(() => expect(scene.ran).toEqual(['start', 'start']));
  });

  test('which the server ended is told to main once, keeps everything and starts with the new token', async () => {
    scene = new Scene(SIGNED_IN);
    await scene.session.connect();
    scene.connection('signed-out');
    await vi.waitFor(() => expect(scene.account.get().chat.status).toBe('expired'));
    expect(scene.at).toBe('inside');
    expect(scene.forgotten).not.toHaveBeenCalled();
    scene.token = 'two';
    scene.say(SIGNED_IN);
    await vi.waitFor(() =>
      expect(scene.chat.ran.at(-1)).toMatchObject({ request: { session: { accessToken: 'two' } } }),
    );
    expect(scene.main.asked.filter(({ channel }) => channel === 'accounts.chatExpired')).toHaveLength(1);
  });
});

test('a session that ended while the program was closed asks for the password first', async () => {
  const chat = { status: 'expired', serverUrl: 'https://m.example', user: '@n:m.example' } as const;
  scene = new Scene({ ...SIGNED_IN, chat });
  expect(scene.session.stage.get()).toEqual({ at: 'sign-in', goal: 'chat' });
  await scene.session.connect();
  expect(scene.ran).toEqual([]);
});

describe('a first sign-in', () => {
  beforeEach(() => {
    scene = new Scene(NOBODY);
    scene.say(SIGNED_IN);
  });

  test('begins at the door', () => {
    expect(scene.session.stage.get()).toEqual({ at: 'sign-in', goal: 'all' });
  });

  test('goes on to the recovery code as soon as the chat says that it needs one', async () => {
    await vi.waitFor(() => expect(scene.ran).toEqual(['start']));
    scene.session.entered({ password: 'secret' });
    expect(scene.at).toBe('preparing');
    scene.protection('needs-setup');
    expect(scene.session.stage.get()).toEqual({ at: 'recovery', need: 'needs-setup' });
    vi.advanceTimersByTime(60_000);
    expect(scene.at).toBe('recovery');
  });

  test('gives the password to the chat for the code, and forgets it once inside', async () => {
    scene.session.entered({ password: 'secret' });
    scene.protection('needs-setup');
    await scene.session.createCode({});
    scene.session.inside();
    await scene.session.createCode({});
    const passwords = scene.chat.ran.filter(({ name }) => name === 'createRecoveryCode');
    expect(passwords).toMatchObject([{ request: { password: 'secret' } }, { request: { password: null } }]);
  });

  test('by the browser goes on to the recovery code too, with what the person approved there', async () => {
    scene.session.entered({ password: null });
    scene.protection('needs-setup');
    expect(scene.session.stage.get()).toEqual({ at: 'recovery', need: 'needs-setup' });
    await scene.session.createCode({ approved: 'session' });
    expect(scene.chat.ran.at(-1)).toEqual({
      name: 'createRecoveryCode',
      request: { password: null, approved: 'session' },
    });
  });

  test('does not wait for ever for a chat that says nothing', () => {
    scene.session.entered({ password: 'secret' });
    vi.advanceTimersByTime(8000);
    expect(scene.at).toBe('inside');
    scene.protection('needs-code');
    expect(scene.at).toBe('inside');
    scene.session.askForCode();
    expect(scene.session.stage.get()).toEqual({ at: 'recovery', need: 'needs-code' });
  });

  test('of a person whose messages are readable already goes inside', () => {
    scene.session.entered({ password: 'secret' });
    scene.protection('ready');
    expect(scene.at).toBe('inside');
  });
});

test('with the files alone goes inside', () => {
  scene = new Scene({ ...SIGNED_IN, chat: { status: 'none' } });
  scene.session.askToSignIn('files');
  scene.session.entered(null);
  expect(scene.at).toBe('inside');
  expect(scene.ran).toEqual([]);
});

describe('what main says of another account', () => {
  test('is not for this page, and wipes nothing', async () => {
    scene = new Scene(SIGNED_IN);
    await scene.session.connect();
    scene.say(NOBODY);
    scene.say({ ...SIGNED_IN, id: '5f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9' });
    expect(scene.account.get()).toEqual(SIGNED_IN);
    expect(scene.at).toBe('inside');
    expect(scene.ran).toEqual(['start']);
  });

  test('leaves the chat resting with all that it kept while the page goes', async () => {
    scene = new Scene(SIGNED_IN);
    await scene.session.connect();
    await scene.session.rest();
    expect(scene.chat.ran.at(-1)).toEqual({ name: 'stop', request: { wipe: false } });
    scene.session.reconnect();
    await vi.waitFor(() => expect(scene.ran).toEqual(['start', 'stop', 'start']));
  });
});

describe('signing out', () => {
  test('wipes the chat, ends both sessions and forgets the person', async () => {
    scene = new Scene(SIGNED_IN);
    await scene.session.connect();
    scene.revoked = false;
    expect(await scene.session.signOut()).toBe(false);
    expect(scene.chat.ran.at(-1)).toEqual({ name: 'stop', request: { wipe: true } });
    expect(scene.session.stage.get()).toEqual({ at: 'sign-in', goal: 'all' });
    expect(scene.forgotten).toHaveBeenCalledOnce();
  });

  test('whose servers confirm it goes on in another account, after all is forgotten', async () => {
    scene = new Scene(SIGNED_IN);
    await scene.session.connect();
    scene.wentOn.mockImplementation(async () => {
      expect(scene.forgotten).toHaveBeenCalledOnce();
    });
    expect(await scene.session.signOut()).toBe(true);
    expect(scene.wentOn).toHaveBeenCalledOnce();
  });
});
