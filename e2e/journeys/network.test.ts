import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import app from '../../renderer/i18n/fr/app.json' with { type: 'json' };
import common from '../../renderer/i18n/fr/common.json' with { type: 'json' };
import type { Agent } from '../demo/agent.ts';
import { arrives, makeFile } from '../demo/main-job.ts';
import { until } from '../demo/until.ts';
import type { World } from '../demo/world.ts';
import { ofBrand } from '../stack/brand.ts';
import { MAY_WRITE_POLICY, type MachinePolicy, machinePolicy } from '../stack/policy.ts';
import { type ProxyServer, startProxy } from '../stack/proxy.ts';
import { ensureAuthority } from '../stack/tls/authority.ts';
import { stage, troubles } from './stage.ts';

const SALON = 'Crèches du 3ᵉ';
const BRAND = 'traboule-reseau';
const AT_PROXY = { user: 'n.benali', password: 'motdepasse' };

let world: World;
let policy: MachinePolicy;
let proxy: ProxyServer;
let env: Record<string, string>;
let nadia: Agent;
let hidden: Hidden;

// Only an administrator of the machine can decide anything for it.
const why = MAY_WRITE_POLICY ? '' : ' (not on this machine: only root may write a policy)';
describe.runIf(MAY_WRITE_POLICY)(`as an administrator decides${why}`, () => {
  beforeAll(async () => {
    world = await stage('network');
    policy = machinePolicy(BRAND);
    const folder = join(import.meta.dirname, '../../.local/journeys/network');
    env = { TRABOULE_BRAND: await ofBrand(join(folder, 'brand'), world.stack.brand, BRAND) };
    proxy = await startProxy(AT_PROXY);
    hidden = await startHidden(join(folder, 'private'));
    await policy.write(throughProxy());
  });
  afterAll(async () => {
    await policy?.remove();
    await world?.end();
    await proxy?.stop();
    await hidden?.stop();
  });

  const throughProxy = () => ({
    proxyMode: 'fixed',
    proxyServer: proxy.address,
    proxyBypass: ['<-loopback>'],
  });

  test('a proxy asks once, tells when it was wrong, and chat and files pass through it', async () => {
    nadia = await world.open('nadia', { env });
    await nadia.typeAddress(nadia.person.name);
    await answer('faux');
    await nadia.isTold(app.proxy.refused);
    await answer(AT_PROXY.password);
    await nadia.enter();
    await nadia.keepFolderHere(SALON);
    await nadia.openSalon(SALON);
    const file = await makeFile(nadia.profile, 'Par le mandataire.ods', 300_000);
    await nadia.dropOnConversation(file);
    await until('the file is on the server', async () =>
      (await proxy.passed()).some((request) => request.includes('mandataire')),
    );
    await expect(arrives(nadia, SALON, file, 60_000)).resolves.toBe(300_000);
    const servers = [world.stack.synapse.url, world.stack.nextcloud.url];
    const passed = await proxy.passed();
    for (const server of servers)
      expect(passed.filter((request) => request.includes(new URL(server).host))).not.toHaveLength(0);
  });

  test('what is remembered is not asked again, and stands nowhere in the clear', async () => {
    await world.close(nadia);
    nadia = await world.open('nadia', { env });
    await nadia.openSalon(SALON);
    await nadia.write(SALON, 'Toujours par le mandataire.');
    expect(await nadia.page.getByText(app.proxy.title).count()).toBe(0);
    const kept = await readFile(join(nadia.profile, 'config', BRAND, 'proxy.sealed'));
    expect(kept.includes(AT_PROXY.password)).toBe(false);
    const log = await readFile(join(nadia.profile, 'config', BRAND, 'logs', 'main.log'), 'utf8');
    expect(log).not.toContain(AT_PROXY.password);
  });

  test('a server that proves nothing is not spoken to, and nobody can click that away', async () => {
    await policy.write({});
    await until('no proxy is on the way', async () => (await ask(hidden.url)).includes('ERR_CERT'));
    expect(await ask(hidden.url)).toBe('net::ERR_CERT_AUTHORITY_INVALID');
    await nadia.isTold(app.doubtful['unknown-authority']);
    await nadia.page.keyboard.press('Escape');
    expect(await doubtful().isVisible()).toBe(true);
    expect(await doubtful().getByRole('button').count()).toBe(0);
    await doubtful().getByText(common.details).click();
    expect(await doubtful().innerText()).toContain('ERR_CERT_AUTHORITY_INVALID');
  });

  test('an authority that the policy names is trusted, but not with a certificate that ended', async () => {
    await policy.write({ certificateAuthorities: [hidden.caPath] });
    await world.close(nadia);
    nadia = await world.open('nadia', { env });
    await nadia.openSalon(SALON);
    expect(await ask(hidden.url)).toBe('200');
    expect(await doubtful().count()).toBe(0);
    expect(await ask(hidden.endedUrl)).toContain('ERR_CERT');
    await doubtful().waitFor();
  });

  test('nothing else went wrong', () => {
    const onPurpose = /ERR_CERT|ERR_PROXY|ERR_TUNNEL|ERR_INVALID_AUTH|407/;
    expect(troubles(world).filter((problem) => !onPurpose.test(problem))).toEqual([]);
  });
});

/** Two servers of an authority that nothing trusts: one whose certificate holds, one whose ended. */
interface Hidden {
  readonly caPath: string;
  readonly url: string;
  readonly endedUrl: string;
  readonly stop: () => Promise<void>;
}

async function startHidden(folder: string): Promise<Hidden> {
  await mkdir(folder, { recursive: true });
  const authority = await ensureAuthority(folder);
  const hosts = ['localhost'];
  const leaves = [await authority.issue({ hosts }), await authority.issue({ hosts, expired: true })];
  const servers = leaves.map((leaf) => createServer(leaf, (_request, response) => response.end('ok')));
  const urls = await Promise.all(
    servers.map(async (server) => {
      await new Promise<void>((resume) => server.listen(0, '127.0.0.1', resume));
      const address = server.address();
      return `https://localhost:${typeof address === 'object' ? address?.port : ''}`;
    }),
  );
  const [url = '', endedUrl = ''] = urls;
  return {
    caPath: authority.caPath,
    url,
    endedUrl,
    stop: async () => {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((resume) => server.close(resume))));
    },
  };
}

/** What the page says of servers that are not trusted. */
const doubtful = () => nadia.page.locator('.doubtful');

/** Types a password at the proxy's question. */
async function answer(password: string): Promise<void> {
  const dialog = nadia.page.getByRole('dialog');
  await dialog.getByLabel(app.proxy.user).fill(AT_PROXY.user);
  await dialog.getByLabel(app.proxy.password, { exact: true }).fill(password);
  await dialog.getByRole('button', { name: app.proxy.submit }).click();
}

/** Asks a server from a session of the program: the status, or Chromium's error. */
function ask(url: string): Promise<string> {
  return nadia.program.app.evaluate(
    ({ net, session }, address) =>
      new Promise<string>((resolve) => {
        const request = net.request({ url: address, session: session.fromPartition('persist:call') });
        request.on('response', (message) => {
          message.on('error', () => undefined);
          resolve(String(message.statusCode));
        });
        request.on('error', ({ message }) => resolve(message));
        request.end();
      }),
    `${url}/rien-ici`,
  );
}
