import type { ChatOffer } from '../../preload/contract/accounts.ts';
import type { ContractError } from '../../preload/contract/channel.ts';
import common from '../../renderer/i18n/fr/common.json';
import signin from '../../renderer/i18n/fr/signin.json';
import { Refusal } from './fake-main.ts';
import { press, read, type } from './hands.ts';
import { asSaid } from './said.ts';
import type { Scene } from './scenes.ts';
import type { Stage } from './stage.ts';
import { found, NOBODY, signedIn } from './world/accounts.ts';
import { RUGBY } from './world/salons.ts';

const ADDRESS = 'n.benali@metropole.example';

function problem(code: ContractError['code'], messageKey: ContractError['messageKey']): ContractError {
  return { code, messageKey, details: { host: 'discussion.metropole.example' }, retryable: true };
}
const chatAway = problem('unreachable', 'errors:unreachable.chat');
const filesAway = problem('unreachable', 'errors:unreachable.files');

function nobody({ world }: Stage): void {
  world.account = NOBODY;
  world.accounts = { accounts: [], mayAdd: true, isWhole: true };
}

/** The session of her conversations ended. */
function expired({ world }: Stage): void {
  world.account = {
    ...world.account,
    chat: {
      status: 'expired',
      serverUrl: 'https://discussion.metropole.example',
      user: '@n.benali:metropole.example',
    },
  };
}

async function giveAddress(): Promise<void> {
  await type(signin.address.label, ADDRESS);
  await press(common.continue);
}

async function givePassword(): Promise<void> {
  await giveAddress();
  await type(signin.password.label, 'un mot de passe');
  await press(signin.password.submit);
}

/** Signing in, with everything that can go wrong. */
const signInScenes: readonly Scene[] = [
  { name: 'signin', before: nobody },
  { name: 'signin-typed', before: nobody, after: () => type(signin.address.label, ADDRESS) },
  {
    name: 'signin-not-found',
    before: (stage) => {
      nobody(stage);
      stage.overrides.accounts = {
        discover: () => {
          throw new Refusal(problem('not-found', 'errors:not-found.address'));
        },
      };
    },
    after: giveAddress,
  },
  {
    name: 'signin-memory',
    before: (stage) => {
      nobody(stage);
      stage.world.account = { ...NOBODY, secrets: 'memory' };
    },
  },
  { name: 'signin-password', before: nobody, after: giveAddress },
  {
    name: 'signin-wrong-password',
    before: (stage) => {
      nobody(stage);
      stage.overrides.accounts = {
        signInChat: () => {
          throw new Refusal(problem('wrong-password', 'errors:wrong-password.chat'));
        },
      };
    },
    after: givePassword,
  },
  {
    name: 'signin-files-away',
    before: (stage) => {
      nobody(stage);
      stage.world.discovery = { ...found, files: { found: false, error: filesAway } };
    },
    after: giveAddress,
  },
  {
    name: 'signin-chat-away',
    before: (stage) => {
      nobody(stage);
      stage.world.discovery = { ...found, chat: { found: false, error: chatAway } };
    },
    after: giveAddress,
  },
  { name: 'signin-files', before: nobody, after: givePassword },
  {
    name: 'signin-files-waiting',
    before: nobody,
    after: async () => {
      await givePassword();
      await press(signin.files.open);
      await read(signin.files.waiting.status);
    },
  },
  {
    name: 'signin-files-failed',
    before: nobody,
    after: async (stage) => {
      await givePassword();
      await press(signin.files.open);
      stage.main.emit('accounts', 'filesSignIn', { step: 'failed', error: filesAway });
    },
  },
  {
    name: 'signin-again',
    before: expired,
    after: (_, { session }) => session.askToSignIn('chat'),
  },
  {
    name: 'signin-preparing',
    before: nobody,
    after: async () => {
      await givePassword();
      await press(signin.files.skip);
    },
  },
];

/** Who tells the chat server who somebody is. */
const AGENTS = { id: 'oidc-agents', name: 'Annuaire des agents' };
const PARTNERS = { id: 'oidc-partenaires', name: 'Portail des partenaires' };

/** A chat server with ways in by the browser, beside the password or in its place. */
function byBrowser(browser: ChatOffer['browser'], password = false): NonNullable<Scene['before']> {
  return (stage) => {
    nobody(stage);
    if (!found.chat.found) return;
    const offer = { ...found.chat.offer, password, browser };
    stage.world.discovery = { ...found, chat: { found: true, offer } };
  };
}

async function openBrowser(): Promise<void> {
  await giveAddress();
  await press(asSaid(signin.browser.with).replace('{{name}}', AGENTS.name));
  await read(signin.browser.waiting.status);
}

function cameBack(stage: Stage, user: string): void {
  stage.main.emit('accounts', 'chatSignIn', { step: 'signed-in', user, account: signedIn });
}

function browserFailed(stage: Stage, error: ContractError): void {
  stage.main.emit('accounts', 'chatSignIn', { step: 'failed', error });
}

/** Signing in to the conversations in the system's browser. */
const browserScenes: readonly Scene[] = [
  { name: 'signin-browser', before: byBrowser([AGENTS]), after: giveAddress },
  { name: 'signin-browser-several', before: byBrowser([AGENTS, PARTNERS]), after: giveAddress },
  { name: 'signin-browser-or-password', before: byBrowser([AGENTS], true), after: giveAddress },
  { name: 'signin-browser-waiting', before: byBrowser([AGENTS]), after: openBrowser },
  {
    name: 'signin-browser-late',
    before: byBrowser([AGENTS]),
    after: async (stage) => {
      await openBrowser();
      browserFailed(stage, problem('timeout', 'errors:timeout.browser'));
    },
  },
  {
    name: 'signin-browser-other-person',
    before: byBrowser([AGENTS]),
    after: async (stage) => {
      await openBrowser();
      const details = { user: '@n.benali:metropole.example', came: '@k.diallo:metropole.example' };
      browserFailed(stage, { ...problem('refused', 'errors:refused.person'), details });
    },
  },
  {
    name: 'signin-browser-someone-else',
    before: byBrowser([AGENTS]),
    after: async (stage) => {
      await openBrowser();
      cameBack(stage, '@agent-40217:metropole.example');
    },
  },
  {
    name: 'signin-again-away',
    before: (stage) => {
      expired(stage);
      stage.world.discovery = { ...found, chat: { found: false, error: chatAway } };
    },
    after: (_, { session }) => session.askToSignIn('chat'),
  },
];

/** Opens the page of the recovery code as the chat says it is needed. */
function codePage(
  state: 'needs-setup' | 'needs-code' | 'ready',
  then?: () => Promise<void>,
): NonNullable<Scene['after']> {
  return async (stage, { session }) => {
    stage.chat.tell({ type: 'protection', snapshot: { state } });
    session.askForCode();
    await then?.();
  };
}

/** The recovery code: made and kept, or asked for. */
const codeScenes: readonly Scene[] = [
  { name: 'code', after: codePage('needs-setup') },
  { name: 'code-again', after: codePage('ready') },
  {
    name: 'code-password',
    before: (stage) => {
      stage.chat.world.failing.set('createRecoveryCode', 'password-needed');
    },
    after: codePage('needs-setup', () => press(signin.code.make)),
  },
  {
    name: 'code-browser',
    before: (stage) => {
      stage.chat.world.failing.set('createRecoveryCode', 'approval-needed');
    },
    after: codePage('needs-setup', async () => {
      await press(signin.code.make);
      await press(signin.browser.open);
      await press(signin.code.browser.done);
    }),
  },
  {
    name: 'code-shown',
    after: codePage('needs-setup', async () => {
      await press(signin.code.make);
      await press(common.copy);
    }),
  },
  {
    name: 'code-check',
    after: codePage('needs-setup', async () => {
      await press(signin.code.make);
      await press(signin.code.kept);
    }),
  },
  { name: 'code-entry', after: codePage('needs-code') },
  {
    name: 'code-entry-wrong',
    after: codePage('needs-code', async () => {
      await type(signin.code.label, 'abcd efgh');
      await press(signin.entry.use);
    }),
  },
  { name: 'code-lost', after: codePage('needs-code', () => press(signin.entry.lost)) },
  {
    name: 'code-reminder',
    after: (stage, { navigation }) => {
      stage.chat.tell({ type: 'protection', snapshot: { state: 'needs-code' } });
      navigation.openSalon(RUGBY);
    },
  },
];

/** Only one of the two servers is connected. */
const halfScenes: readonly Scene[] = [
  {
    name: 'signin-files-only',
    before: (stage) => {
      stage.world.account = { ...stage.world.account, chat: { status: 'none' } };
      stage.chat.world.list = null;
    },
  },
  {
    name: 'signin-files-not-found',
    before: (stage) => {
      stage.world.account = { ...stage.world.account, files: { status: 'none' } };
      stage.world.discovery = { ...found, files: { found: false, error: filesAway } };
    },
    after: (_, { session }) => session.askToSignIn('files'),
  },
];

/** Everything before the salons. */
export const doorScenes: readonly Scene[] = [...signInScenes, ...browserScenes, ...halfScenes, ...codeScenes];
