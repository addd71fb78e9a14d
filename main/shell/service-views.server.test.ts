import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
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
import { DownloadsView } from '../../preload/contract/downloads.ts';

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
/** Files that stand still in the middle. */
const held: ServerResponse[] = [];
/** Whether they are all cut off, and every new try. */
let isDown = false;
const CONTENT = 'x'.repeat(300_000);

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'services-'));
  const authority = await ensureAuthority(dir);
  const leaf = await authority.issue({ hosts: ['localhost', '127.0.0.1'] });
  server = createServer({ key: leaf.key, cert: leaf.cert }, (request, response) => {
    asked.push(`${request.headers.host} ${request.url}`);
    if (request.url?.startsWith('/files/')) {
      sendFile(request.url, response);
      return;
    }
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

function sendFile(path: string, response: ServerResponse): void {
  const name = path.slice('/files/'.length);
  response.setHeader('content-type', 'application/octet-stream');
  response.setHeader('content-disposition', `attachment; filename="${name}"`);
  response.setHeader('content-length', CONTENT.length);
  if (!/^(held|broken)/.test(name)) {
    response.end(CONTENT);
    return;
  }
  if (isDown) response.destroy();
  else response.write(CONTENT.slice(0, 200_000));
  held.push(response);
}

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

const view = async (): Promise<DownloadsView> => {
  const outcome = await program.page.evaluate(() => window.traboule.invoke('downloads.view', undefined));
  if (!outcome.ok) throw new Error(outcome.error.code);
  return DownloadsView.parse(outcome.value);
};
const named = async (name: string) => (await view()).downloads.find((each) => each.name === name);
const isAt = async (name: string, step: 'running' | 'done' | 'failed') =>
  until(`${name} is ${step}`, async () => (await named(name))?.state.step === step);
const ask = (request: string, payload?: unknown) =>
  program.page.evaluate(([name, what]) => window.traboule.invoke(name, what), [request, payload] as const);
/** A click on a link in the service's page. */
const fetchFile = (name: string) =>
  program.app.evaluate(({ webContents }, path) => {
    const page = webContents.getAllWebContents().find((each) => each.getURL().startsWith('https://'));
    const link = `Object.assign(document.createElement('a'), { href: '/files/${path}' }).click()`;
    return page?.executeJavaScript(`${link}; 0`, true);
  }, name);

test('hands out files that go to the folder for downloads, never over another one', async () => {
  expect(await ask('settings.change', { downloadsAsk: false })).toMatchObject({ ok: true });
  const { folder } = await view();
  for (const name of ['plan.pdf', 'plan (1).pdf']) {
    await fetchFile('plan.pdf');
    await isAt(name, 'done');
    expect(await readFile(join(folder, name), 'utf8')).toBe(CONTENT);
  }
  expect(await named('plan.pdf')).toMatchObject({ host: `127.0.0.1:${port}`, bytesDone: CONTENT.length });
});

test('shows how far a file is; one that is stopped leaves nothing behind', async () => {
  const { folder } = await view();
  await fetchFile('held.zip');
  await isAt('held.zip', 'running');
  await until('some of it came', async () => ((await named('held.zip'))?.bytesDone ?? 0) > 0);
  expect(await readdir(folder)).not.toContain('held.zip');
  const running = await named('held.zip');
  expect(running?.bytesTotal).toBe(CONTENT.length);
  expect(await ask('downloads.stop', { id: running?.id })).toMatchObject({ ok: true });
  await until('it is gone', async () => (await named('held.zip')) === undefined);
  await until(
    'nothing of it is left',
    async () => !(await readdir(folder)).some((name) => /held/.test(name)),
  );
});

test('says so when a file breaks off, and lets go of what came of it', async () => {
  const { folder } = await view();
  await fetchFile('broken.zip');
  await until('some of it came', async () => ((await named('broken.zip'))?.bytesDone ?? 0) > 0);
  isDown = true;
  for (const response of held) response.destroy();
  await isAt('broken.zip', 'failed');
  const failed = await named('broken.zip');
  expect(failed?.state).toMatchObject({ problem: 'broken-off' });
  expect(await ask('downloads.forget', { id: failed?.id })).toMatchObject({ ok: true });
  expect(await named('broken.zip')).toBeUndefined();
  await until(
    'nothing of it is left',
    async () => !(await readdir(folder)).some((name) => /broken/.test(name)),
  );
});

test('asks about files that nobody clicked for one after the other, and takes no more than a few', async () => {
  await program.app.evaluate(({ dialog }) => {
    const asked: { suggested: string; answer: (filePath: string) => void }[] = [];
    const showSaveDialog = (...args: { defaultPath?: string }[]) =>
      new Promise((resolve) => {
        const answer = (filePath: string) => resolve({ canceled: filePath === '', filePath });
        asked.push({ suggested: args.at(-1)?.defaultPath ?? '', answer });
      });
    Object.assign(dialog, { showSaveDialog, asked });
  });
  await program.app.evaluate(({ webContents }) => {
    const page = webContents.getAllWebContents().find((each) => each.getURL().startsWith('https://'));
    for (let count = 0; count < 6; count += 1) page?.downloadURL(`data:text/plain,note${count}`);
  });
  const questions = () =>
    program.app.evaluate(({ dialog }): number => Reflect.get(Object(dialog), 'asked').length);
  await until('two are refused', async () => {
    const problems = (await view()).downloads.map(({ state }) => state.step === 'failed' && state.problem);
    return problems.filter((problem) => problem === 'too-many').length === 2;
  });
  const answer = (index: number, path: string) =>
    program.app.evaluate(
      ({ dialog }, [at, chosen]) => Reflect.get(Object(dialog), 'asked')[at].answer(chosen),
      [index, path] as const,
    );
  expect(await questions()).toBe(1);
  const chosen = join(dir, 'chosen.txt');
  await answer(0, chosen);
  await isAt('chosen.txt', 'done');
  expect(await readFile(chosen, 'utf8')).toMatch(/^note\d$/);
  for (let index = 1; index < 4; index += 1) {
    await until('the next is asked about', async () => (await questions()) === index + 1);
    await answer(index, '');
  }
  const { folder } = await view();
  await until('nothing of them stays', async () =>
    (await readdir(folder)).every((name) => !name.endsWith('.part')),
  );
});

test('may hand out nothing that comes without protection, and the person reads so', async () => {
  await program.app.evaluate(({ webContents }) => {
    const page = webContents.getAllWebContents().find((each) => each.getURL().startsWith('https://'));
    page?.downloadURL('data:text/plain,fine');
    page?.downloadURL('http://127.0.0.1:9/facture.exe');
  });
  const facture = await until('it is refused', async () =>
    (await view()).downloads.find(({ state }) => state.step === 'failed' && state.problem === 'refused'),
  );
  expect(facture).toMatchObject({ host: '127.0.0.1:9', folder: '', state: { problem: 'refused' } });
});

test('what the page of the program holds itself can be kept, and is shown where it lies', async () => {
  await program.app.evaluate(({ shell }) => {
    Object.assign(shell, { showItemInFolder: (path: string) => Object.assign(shell, { shown: path }) });
  });
  await program.page.evaluate(() => {
    const href = URL.createObjectURL(new Blob(['from a conversation']));
    Object.assign(document.createElement('a'), { href, download: '../note.txt' }).click();
  });
  const { folder } = await view();
  const kept = await until('it is kept', async () =>
    (await view()).downloads.find(({ host, state }) => host === null && state.step === 'done'),
  );
  expect(await readFile(join(folder, kept.name), 'utf8')).toBe('from a conversation');
  expect(await ask('downloads.reveal', { id: kept.id })).toMatchObject({ ok: true });
  expect(await program.app.evaluate(({ shell }): unknown => Reflect.get(shell, 'shown'))).toBe(
    join(folder, kept.name),
  );
});

test('its files go on coming while another account is before the person', async () => {
  isDown = false;
  await fetchFile('held-long.zip');
  await until('some of it came', async () => ((await named('held-long.zip'))?.bytesDone ?? 0) > 0);
  const anew = program.page.waitForEvent('domcontentloaded');
  expect(await ask('accounts.add')).toMatchObject({ ok: true });
  await anew;
  held.at(-1)?.end(CONTENT.slice(200_000));
  await isAt('held-long.zip', 'done');
  expect(await readFile(join((await view()).folder, 'held-long.zip'), 'utf8')).toBe(CONTENT);
});
