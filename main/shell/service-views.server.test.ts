import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../e2e/demo/until.ts';
import { chooseElectron } from '../../e2e/electron/choose.ts';
import { type Display, openDisplay } from '../../e2e/electron/display.ts';
import { type OpenProgram, openProgram } from '../../e2e/electron/open-program.ts';
import { changedBrand } from '../../e2e/stack/brand.ts';
import { MAY_WRITE_POLICY, machinePolicy } from '../../e2e/stack/policy.ts';
import { ensureAuthority } from '../../e2e/stack/tls/authority.ts';

// A service of the organisation in the real program: its page is a stranger's, whatever the organisation thinks of it.
let dir: string;
let display: Display;
let server: Server;
let port: number;
let program: OpenProgram;
const asked: string[] = [];
const ID = 'traboule-services';
const policy = machinePolicy(ID);
const SIGNED_IN = `Basic ${Buffer.from('nadia:right').toString('base64')}`;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'services-'));
  const authority = await ensureAuthority(dir);
  const leaf = await authority.issue({ hosts: ['localhost', '127.0.0.1'] });
  server = createServer({ key: leaf.key, cert: leaf.cert }, (request, response) => {
    asked.push(`${request.headers.host} ${request.url}`);
    if (request.url === '/closed' && request.headers.authorization !== SIGNED_IN) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="Salles"' }).end();
      return;
    }
    response.setHeader('content-type', 'text/html');
    response.end('<title>Agenda</title><p>Lundi</p>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // oxlint-disable-next-line no-unsafe-type-assertion -- a TCP server's address
  port = (server.address() as AddressInfo).port;
  const agenda = {
    id: 'agenda',
    name: { fr: 'Agenda', en: 'Agenda' },
    icon: 'calendar',
    opens: 'view',
  } as const;
  const services = [{ ...agenda, url: `https://127.0.0.1:${port}/agenda`, hosts: [] }];
  display = await openDisplay(true);
  program = await openProgram({
    electron: await chooseElectron(),
    program: join(import.meta.dirname, '../..'),
    display: display.name,
    profile: join(dir, 'camille'),
    env: { TRABOULE_BRAND: await changedBrand(join(dir, 'brand'), 'saint-etienne', { services, id: ID }) },
    args: ['--lang=fr', `--ignore-certificate-errors-spki-list=${leaf.spkiSha256Base64}`],
  });
});
afterAll(async () => {
  await program?.close();
  display?.close();
  server?.close();
  if (MAY_WRITE_POLICY) await policy.remove();
  await rm(dir, { recursive: true, force: true });
});

const show = (id: string) =>
  program.page.evaluate(
    (name) =>
      window.traboule.invoke('services.show', {
        id: name,
        bounds: { x: 72, y: 52, width: 600, height: 400 },
      }),
    id,
  );

/** The page of the service as main sees it. */
const inView = (code: string): Promise<unknown> =>
  program.app.evaluate(({ webContents }, script) => {
    const view = webContents.getAllWebContents().find((each) => each.getURL().startsWith('https://'));
    return view ? view.executeJavaScript(script) : null;
  }, code);

test('is shown in a view without bridge and rights, and tells how it is', async () => {
  await program.page.evaluate(() => {
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    window.traboule.subscribe('services.changed', (state) => heard.push(state));
  });
  expect(await show('agenda')).toMatchObject({ ok: true });
  await until('the service is there', async () => (await inView('document.title')) === 'Agenda');
  expect(await inView('[typeof window.traboule, typeof require, typeof process]')).toEqual(
    Array.from({ length: 3 }, () => 'undefined'),
  );
  expect(
    await inView('navigator.mediaDevices.getUserMedia({ audio: true }).then(() => true, () => false)'),
  ).toBe(false);
  const heard = () => program.page.evaluate(() => Object.getOwnPropertyDescriptor(window, 'heard')?.value);
  await until('the page knows', async () => JSON.stringify(await heard()).includes('"shown"'));
});

test('goes nowhere but to its own hosts: all else is for the browser', async () => {
  await program.app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(shell, { openExternal: async (address: string) => void opened.push(address), opened });
  });
  const opened = () => program.app.evaluate(({ shell }): unknown => Reflect.get(shell, 'opened'));
  const elsewhere = `https://localhost:${port}/elsewhere`;
  await inView(`location.href = ${JSON.stringify(elsewhere)}; 0`);
  await until('the browser has it', async () => JSON.stringify(await opened()).includes('elsewhere'));
  expect(asked.filter((line) => line.startsWith('localhost'))).toEqual([]);
  await inView(`location.href = '/within'; 0`);
  await until('it went on within', async () => asked.includes(`127.0.0.1:${port} /within`));
});

const why = MAY_WRITE_POLICY ? '' : ' (not on this machine: only root may write a policy)';
test.runIf(MAY_WRITE_POLICY)(
  `may ask for a password where the organisation lets it, and nowhere else${why}`,
  async () => {
    const question = async (): Promise<unknown> => {
      const view = await program.page.evaluate(() => window.traboule.invoke('network.view', undefined));
      return view.ok ? Reflect.get(Object(view.value), 'question') : view;
    };
    const answer = async (password: string): Promise<void> => {
      const id: unknown = Reflect.get(Object(await question()), 'id');
      const given = { id, answer: { user: 'nadia', password, remember: true } };
      await program.page.evaluate((it) => window.traboule.invoke('network.answerProxy', it), given);
    };
    const closed = (): string[] => asked.filter((line) => line.endsWith('/closed'));
    const isAsked = async (wasRefused: boolean): Promise<boolean> => {
      const expected = { kind: 'server', host: `127.0.0.1:${port}`, realm: 'Salles', wasRefused };
      const now = Object(await question());
      return Object.entries(expected).every(([key, value]) => Reflect.get(now, key) === value);
    };

    await inView(`location.href = '/closed'; 0`);
    await until('the server refused', async () => closed().length === 1);
    await until('the view is there', async () => (await inView('location.pathname')) === '/closed');
    expect(await question()).toBeNull();

    await policy.write({ basicServers: [`127.0.0.1:${port}`] });
    await until('the policy holds', async () => {
      const decided = await program.page.evaluate(() =>
        window.traboule.invoke('settings.decided', undefined),
      );
      return JSON.stringify(decided).includes('basicServers');
    });
    await inView(`location.reload(); 0`);
    await until('the person is asked', () => isAsked(false));
    await answer('wrong');
    await until('the person is told', () => isAsked(true));
    await answer('right');
    await until('the service is there', async () => (await inView('document.title')) === 'Agenda');
    expect(await question()).toBeNull();
  },
);

test('is known by its name in the brand only, and gives way when it is asked to', async () => {
  expect(await show('other')).toMatchObject({ ok: false, error: { code: 'not-found' } });
  const views = () =>
    program.app.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.contentView.children.length,
    );
  const shown = await views();
  expect(await program.page.evaluate(() => window.traboule.invoke('services.hide', undefined))).toMatchObject(
    {
      ok: true,
    },
  );
  expect(await views()).toBe((shown ?? 0) - 1);
});
