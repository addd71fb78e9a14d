import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type OpenIdProvider, startOpenId } from '../../e2e/stack/openid/provider.ts';
import { visitAs } from '../../e2e/stack/openid/visitor.ts';
import { DEMO_PASSWORD, PEOPLE } from '../../e2e/stack/people.ts';
import { registerPeople } from '../../e2e/stack/synapse/history.ts';
import { type Synapse, startSynapse } from '../../e2e/stack/synapse/server.ts';
import type { ChatSignIn } from '../../preload/contract/accounts.ts';
import { createHttp } from '../http/http.ts';
import { silentLog } from '../log/silent.ts';
import { keptInMemory } from '../store/kept.ts';
import { EMPTY_BOOK } from './account.ts';
import { Accounts } from './accounts.ts';
import { ChatSignIns } from './chat-sign-in.ts';
import { createSecretStore } from './secret-store.ts';

const never = new AbortController().signal;
/** Whom the directory knows and the chat server does not yet. */
const NEW_AGENT = { name: 'zoe.martin', password: 'annuaire', displayName: 'Zoé Martin' };
let dataDir: string;
let openId: OpenIdProvider;
let synapse: Synapse;
let accounts: Accounts;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'accounts-synapse-'));
  openId = await startOpenId([...Object.values(PEOPLE), NEW_AGENT]);
  synapse = await startSynapse({
    dataDir,
    wellKnown: { 'fr.traboule.servers': { files: 'http://127.0.0.1:1' } },
    openId,
  });
  await registerPeople(synapse);
});
afterAll(async () => {
  await synapse.stop();
  await openId.stop();
  await rm(dataDir, { recursive: true });
});

beforeEach(async () => {
  accounts = await Accounts.open({
    http: createHttp(fetch),
    secrets: createSecretStore(dataDir, null, 'memory', silentLog),
    book: keptInMemory(EMPTY_BOOK),
    known: { policy: {}, brand: { chat: null, files: null } },
    mayAdd: () => true,
    deviceName: 'Traboule, PC de Nadia',
    wipePage: () => Promise.resolve(),
    wipeVisited: () => Promise.resolve(),
    log: silentLog,
  });
});
afterEach(() => accounts.signOut());

const headers = (accessToken: string) => ({ authorization: `Bearer ${accessToken}` });

function whoAmI(accessToken: string): Promise<Response> {
  return fetch(`${synapse.url}/_matrix/client/v3/account/whoami`, { headers: headers(accessToken) });
}

/** As an administrator ends it. */
async function endSession(accessToken: string): Promise<void> {
  const address = `${synapse.url}/_matrix/client/v3/logout`;
  await fetch(address, { method: 'POST', headers: headers(accessToken) });
}

/** Signs in by a browser in which somebody does what the pages ask; answers what was told, and the last page. */
async function throughBrowser(person: { name: string; password: string }) {
  const { promise: page, resolve: opened } = Promise.withResolvers<string>();
  const { promise: ended, resolve: end } = Promise.withResolvers<ChatSignIn>();
  const signIns = new ChatSignIns({
    accounts,
    openPage: async (address) => opened(address),
    words: () => ({ language: 'fr', title: 'Vous pouvez revenir', text: 'Fermez.' }),
    tell: (step) => {
      if (step.step !== 'waiting') end(step);
    },
    cameBack: () => undefined,
  });
  await signIns.start({ serverUrl: synapse.url, provider: 'oidc-agents' });
  const { text } = await visitAs(person, await page);
  return { step: await ended, last: text };
}

it('signs in to a real Synapse found by address, and out again', async () => {
  const found = await accounts.discover(`nadia.benali@${new URL(synapse.url).host}`, never);
  expect(found).toMatchObject({
    chat: {
      found: true,
      offer: {
        serverUrl: synapse.url,
        user: 'nadia.benali',
        password: true,
        browser: [{ id: 'oidc-agents', name: 'Annuaire des agents' }],
      },
    },
    files: { found: false, error: { code: 'unreachable' } },
  });
  const serverUrl = synapse.url;
  const proof = { by: 'password', user: 'nadia.benali', password: 'no' } as const;
  await expect(accounts.signInChat({ serverUrl, proof }, never)).rejects.toMatchObject({
    code: 'wrong-password',
  });
  await accounts.signInChat({ serverUrl, proof: { ...proof, password: DEMO_PASSWORD } }, never);
  const { userId, accessToken } = accounts.chatSession();
  expect(await (await whoAmI(accessToken)).json()).toMatchObject({ user_id: userId });
  expect(await accounts.signOut()).toEqual({ revoked: true });
  expect((await whoAmI(accessToken)).status).toBe(401);
});

it('signs in by the browser as whoever came back from it; again as the same person, on the same device, and as nobody else', async () => {
  const { step, last } = await throughBrowser(NEW_AGENT);
  expect(step).toMatchObject({ step: 'signed-in', user: '@zoe.martin:localhost' });
  expect(last).toContain('Vous pouvez revenir');
  const first = accounts.chatSession();
  expect(await (await whoAmI(first.accessToken)).json()).toMatchObject({ device_id: first.deviceId });

  await endSession(first.accessToken);
  await accounts.chatExpired();
  expect(await accounts.chatOffer(never)).toMatchObject({
    user: '@zoe.martin:localhost',
    browser: [{ id: 'oidc-agents' }],
  });
  const other = await throughBrowser(PEOPLE.nadia);
  const details = { user: '@zoe.martin:localhost', came: '@nadia.benali:localhost' };
  expect(other.step).toMatchObject({
    step: 'failed',
    error: { messageKey: 'errors:refused.person', details },
  });
  expect(accounts.state().chat.status).toBe('expired');

  await throughBrowser(NEW_AGENT);
  const again = accounts.chatSession();
  expect(again).toMatchObject({
    userId: first.userId,
    deviceId: first.deviceId,
    storageKey: first.storageKey,
  });
  expect(await (await whoAmI(again.accessToken)).json()).toMatchObject({ device_id: first.deviceId });
});
