import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../../e2e/stack/people.ts';
import { registerPeople } from '../../e2e/stack/synapse/history.ts';
import { type Synapse, startSynapse } from '../../e2e/stack/synapse/server.ts';
import { createHttp } from '../http/http.ts';
import { silentLog } from '../log/silent.ts';
import { keptInMemory } from '../store/kept.ts';
import { EMPTY_BOOK } from './account.ts';
import { Accounts } from './accounts.ts';
import { createSecretStore } from './secret-store.ts';

const never = new AbortController().signal;
let dataDir: string;
let synapse: Synapse;
let accounts: Accounts;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'accounts-synapse-'));
  synapse = await startSynapse({
    dataDir,
    wellKnown: { 'fr.traboule.servers': { files: 'http://127.0.0.1:1' } },
  });
  await registerPeople(synapse);
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
afterAll(async () => {
  await synapse.stop();
  await rm(dataDir, { recursive: true });
});

it('signs in to a real Synapse found by address, and out again', async () => {
  const found = await accounts.discover(`nadia.benali@${new URL(synapse.url).host}`, never);
  expect(found).toMatchObject({
    chat: { found: true, offer: { serverUrl: synapse.url, user: 'nadia.benali', password: true } },
    files: { found: false, error: { code: 'unreachable' } },
  });
  const request = { serverUrl: synapse.url, user: 'nadia.benali' };
  await expect(accounts.signInChat({ ...request, password: 'no' }, never)).rejects.toMatchObject({
    code: 'wrong-password',
  });
  await accounts.signInChat({ ...request, password: DEMO_PASSWORD }, never);
  const { accessToken, userId } = accounts.chatSession();
  const whoAmI = () =>
    fetch(`${synapse.url}/_matrix/client/v3/account/whoami`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
  expect(await (await whoAmI()).json()).toMatchObject({ user_id: userId });
  expect(await accounts.signOut()).toEqual({ revoked: true });
  expect((await whoAmI()).status).toBe(401);
});
