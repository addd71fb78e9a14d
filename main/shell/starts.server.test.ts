import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { until } from '../../e2e/demo/until.ts';
import { openPrivateBus, type PrivateBus } from '../../e2e/desktop/private-bus.ts';
import { TrayHost } from '../../e2e/desktop/tray-host.ts';
import { type ChosenElectron, chooseElectron } from '../../e2e/electron/choose.ts';
import { type Display, openDisplay } from '../../e2e/electron/display.ts';
import { type OpenProgram, openProgram } from '../../e2e/electron/open-program.ts';
import { startAgain } from '../../e2e/electron/start-again.ts';
import { changedBrand } from '../../e2e/stack/brand.ts';

// The real program, started by the session, by a link, by a shortcut, once and again: the first start serves all tests up
// to the one that needs a second.
const SALON = '!rugby:metropole.example';
const LINK = `ensemble://salon/${SALON}`;

let display: Display;
let electron: ChosenElectron;
let dir: string;
let brand: string;
let bus: PrivateBus;
let started: OpenProgram;
const panels: TrayHost[] = [];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'starts-'));
  brand = await changedBrand(join(dir, 'brand'), 'lyon-ensemble', {});
  bus = await openPrivateBus();
  display = await openDisplay(true);
  electron = await chooseElectron();
  started = await open('Console', LINK);
});
afterEach(async () => {
  for (const panel of panels.splice(0)) await panel.close();
});
afterAll(async () => {
  await started?.close();
  await bus?.close();
  display?.close();
  await rm(dir, { recursive: true, force: true });
});

const options = (...args: readonly string[]) => ({
  electron,
  program: join(import.meta.dirname, '../..'),
  display: display.name,
  profile: join(dir, 'camille'),
  env: { TRABOULE_BRAND: brand, DBUS_SESSION_BUS_ADDRESS: bus.address },
  args: ['--lang=fr', ...args],
});
/** `session`: as Windows names the session that the program runs in. */
function open(session: string, ...args: readonly string[]): Promise<OpenProgram> {
  const { env, ...rest } = options(...args);
  return openProgram({ ...rest, env: { ...env, SESSIONNAME: session } });
}
/** Who knows panels, and one with them or not yet. */
async function openPanel(isThere = true): Promise<TrayHost> {
  const panel = await TrayHost.open(bus.address, isThere);
  panels.push(panel);
  return panel;
}
/** A second start, as the desktop does it. It must end by itself and well. */
async function again(...args: readonly string[]): Promise<void> {
  expect(await startAgain(options(...args))).toMatchObject({ code: 0 });
}
const close = () => started.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
const isHidden = () => until('the window is in the tray', async () => !(await isVisible())[0]);
const isThere = () => until('the window is there', async () => (await isVisible())[0] === true);
const isVisible = () =>
  started.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.isVisible()),
  );
const opening = async () => {
  const answer = await started.page.evaluate(() => window.traboule.invoke('app.takeOpening', undefined));
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
};
const autostart = (value: boolean) =>
  started.page.evaluate((it) => window.traboule.invoke('settings.change', { autostart: it }), value);
const entry = () => readIfThere(join(dir, 'camille', 'config', 'autostart', 'fr.traboule.ensemble.desktop'));
async function motion(): Promise<string | undefined> {
  await started.page.getByRole('heading', { name: 'Se connecter' }).waitFor();
  return started.page.evaluate(() => document.documentElement.dataset['motion']);
}

test('a link starts the program and waits for the page, which takes it once', async () => {
  expect(await opening()).toEqual({ kind: 'salon', salonId: SALON });
  expect(await opening()).toBeNull();
});

test('the icon comes to a panel that starts after the program, and its menu does what it says', async () => {
  await isThere();
  const panel = await openPanel();
  const item = await until('the panel has the icon', () => panel.read());
  expect(item.tooltip).toBe('ENSEMBLE');
  await started.page.evaluate(() => window.traboule.invoke('app.setUnread', { messages: 3, mentions: 1 }));
  const tooltip = async () => (await panel.read())?.tooltip;
  await until(
    'the icon says how much is unread',
    async () => (await tooltip()) === 'ENSEMBLE, messages non lus\u202f: 3',
  );
  expect(item.menu.map(({ label }) => label)).toEqual([
    'Ouvrir ENSEMBLE',
    'Ouvrir le dossier',
    'Ne pas déranger pendant une heure',
    'Quitter',
  ]);
  await close();
  await isHidden();
  await panel.click('Ouvrir ENSEMBLE');
  await isThere();
  expect(panel.count).toBe(1);
  await started.page.evaluate(() => window.traboule.invoke('app.setUnread', { messages: 0, mentions: 0 }));
});

test('the icon comes once to each panel that takes the place of another, in whatever order its parts come', async () => {
  for (let n = 0; n < 4; n += 1) {
    const panel = await openPanel(n % 2 === 0);
    panel.showPanel(true);
    expect((await until('the panel has the icon', () => panel.read())).tooltip).toBe('ENSEMBLE');
    expect(panel.registrations).toBe(1);
    await panel.close();
  }
  panels.splice(0);
});

test('closed a moment before the panel is heard of, the window waits in the tray, and the program goes on', async () => {
  const panel = await openPanel(false);
  await close();
  panel.showPanel(true);
  await isHidden();
  expect(started.main.exitCode).toBeNull();
  await again();
  await isThere();
});

test('what needs no window leaves it in the tray', async () => {
  const panel = await openPanel();
  await until('the panel has the icon', () => panel.read());
  await close();
  await isHidden();
  await again('--hidden');
  await again('--act=toggle-quiet');
  const settings = await started.page.evaluate(() => window.traboule.invoke('settings.get', undefined));
  expect(settings).toMatchObject({ ok: true, value: { values: { doNotDisturbUntil: expect.any(Number) } } });
  expect(await isVisible()).toEqual([false]);
});

test('a link brings the running program back from the tray, and a foreign one is told of as such', async () => {
  const panel = await openPanel();
  await until('the panel has the icon', () => panel.read());
  expect(await opening()).toBeNull();
  await close();
  await isHidden();
  expect(started.main.exitCode).toBeNull();
  await again(`ensemble://call/${SALON}`);
  await isThere();
  expect(await opening()).toEqual({ kind: 'call', salonId: SALON });
  for (const foreign of ['ensemble://evil.example/x', 'ensemble://salon/!a%00']) {
    await again(foreign);
    expect(await opening()).toEqual({ kind: 'refused' });
  }
  // It starts once more by itself, without so long a link: Chromium would end the program that runs.
  await again(`${LINK}${'a'.repeat(100_000)}`);
  await until('the long link is refused', async () => isRefusal(await opening()));
  expect(started.main.exitCode).toBeNull();
  await again('https://evil.example/', 'traboule://salon/!of-another-brand');
  expect(await opening()).toBeNull();
  await again('--act=show-files');
  expect(await opening()).toEqual({ kind: 'command', command: 'show-files' });
  expect(started.problems).toEqual([]);
});

test('a thousand links at once open the newest, in one window, a few times', async () => {
  const shown = await started.app.evaluateHandle(({ app, BrowserWindow }) => {
    const count = { times: 0 };
    const [window] = BrowserWindow.getAllWindows();
    const show = window?.show.bind(window);
    Object.assign(window ?? {}, {
      show: () => {
        count.times += 1;
        show?.();
      },
    });
    for (let n = 0; n < 1000; n += 1)
      app.emit('open-url', { preventDefault: () => undefined }, `ensemble://salon/!s${n}`);
    return count;
  });
  const times = () => shown.evaluate((count) => count.times);
  await until('the window is shown', async () => (await times()) > 0);
  expect(await opening()).toEqual({ kind: 'salon', salonId: '!s999' });
  await Promise.all(Array.from({ length: 4 }, () => again(LINK)));
  expect(await isVisible()).toHaveLength(1);
  expect(await opening()).toEqual({ kind: 'salon', salonId: SALON });
  expect(await times()).toBeLessThan(10);
});

test('in a session of this machine things move', async () => {
  expect(await motion()).toBeUndefined();
});

test('the session starts it hidden, when the person or the policy wants so', async () => {
  expect(await entry()).toBe('');
  expect(await autostart(true)).toMatchObject({ ok: true });
  await until('the entry is there', async () => (await entry()).includes('"--hidden"'));
  expect(await entry()).toContain('Name=ENSEMBLE');
  await started.close();
  started = await open('RDP-Tcp#3', '--hidden');
  expect(await isVisible()).toEqual([false]);
  await again();
  await isThere();
  expect(await autostart(false)).toMatchObject({ ok: true });
  await until('the entry is gone', async () => (await entry()) === '');
});

test('in a session that is drawn elsewhere nothing does', async () => {
  expect(await motion()).toBe('none');
});

const isRefusal = (answer: unknown) => isDeepStrictEqual(answer, { kind: 'refused' });

async function readIfThere(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}
