import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { until } from '../../e2e/demo/until.ts';
import { openPrivateBus, type PrivateBus } from '../../e2e/desktop/private-bus.ts';
import { TrayHost } from '../../e2e/desktop/tray-host.ts';
import { type ChosenElectron, chooseElectron } from '../../e2e/electron/choose.ts';
import { type Display, openDisplay } from '../../e2e/electron/display.ts';
import { type OpenProgram, openProgram } from '../../e2e/electron/open-program.ts';
import { startAgain } from '../../e2e/electron/start-again.ts';
import { changedBrand } from '../../e2e/stack/brand.ts';

// The real program, started by the session, by a link, by a shortcut, once and again.
const SALON = '!rugby:metropole.example';
const LINK = `ensemble://salon/${SALON}`;

let display: Display;
let electron: ChosenElectron;
let dir: string;
let brand: string;
let bus: PrivateBus;
let panels: TrayHost[];
let program: OpenProgram | null = null;

beforeAll(async () => {
  display = await openDisplay(true);
  electron = await chooseElectron();
});
afterAll(() => display?.close());
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'starts-'));
  brand = await changedBrand(join(dir, 'brand'), 'lyon-ensemble', {});
  bus = await openPrivateBus();
  panels = [];
});
afterEach(async () => {
  await program?.close();
  program = null;
  for (const panel of panels) await panel.close();
  await bus.close();
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
async function open(...args: readonly string[]): Promise<OpenProgram> {
  program = await openProgram(options(...args));
  return program;
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
const isVisible = ({ app }: OpenProgram) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isVisible()));
const opening = async ({ page }: OpenProgram) => {
  const answer = await page.evaluate(() => window.traboule.invoke('app.takeOpening', undefined));
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
};

test('a link starts the program and waits for the page, which takes it once', async () => {
  const started = await open(LINK);
  expect(await opening(started)).toEqual({ kind: 'salon', salonId: SALON });
  expect(await opening(started)).toBeNull();
});

test('a link brings the running program back from the tray, and a foreign one is told of as such', async () => {
  const panel = await openPanel();
  const started = await open();
  await until('the panel has the icon', () => panel.read());
  expect(await opening(started)).toBeNull();
  const closed = () => started.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  const hidden = () => until('the window is in the tray', async () => !(await isVisible(started))[0]);
  const back = () => until('the window is back', async () => (await isVisible(started))[0] === true);
  await closed();
  await hidden();
  expect(started.main.exitCode).toBeNull();
  await again(`ensemble://call/${SALON}`);
  await back();
  expect(await opening(started)).toEqual({ kind: 'call', salonId: SALON });
  for (const foreign of ['ensemble://evil.example/x', 'ensemble://salon/!a%00']) {
    await again(foreign);
    expect(await opening(started)).toEqual({ kind: 'refused' });
  }
  // It starts once more by itself, without so long a link: Chromium would end the program that runs.
  await again(`${LINK}${'a'.repeat(100_000)}`);
  await until('the long link is refused', async () => isRefusal(await opening(started)));
  expect(started.main.exitCode).toBeNull();
  await again('https://evil.example/', 'traboule://salon/!of-another-brand');
  expect(await opening(started)).toBeNull();
  await again('--act=show-files');
  expect(await opening(started)).toEqual({ kind: 'command', command: 'show-files' });
  await closed();
  await hidden();
  await again('--hidden');
  await again('--act=toggle-quiet');
  expect(await isVisible(started)).toEqual([false]);
  const settings = await started.page.evaluate(() => window.traboule.invoke('settings.get', undefined));
  expect(settings).toMatchObject({ ok: true, value: { values: { doNotDisturbUntil: expect.any(Number) } } });
  expect(started.problems).toEqual([]);
});

test('the icon comes to a panel that starts after the program, and its menu does what it says', async () => {
  const started = await open();
  const visible = async () => (await isVisible(started))[0] === true;
  await until('the window is there', visible);
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
  await started.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await until('the window is in the tray', async () => !(await visible()));
  await panel.click('Ouvrir ENSEMBLE');
  await until('the window is back', visible);
  expect(panel.count).toBe(1);
});

test('the icon comes once to each panel that takes the place of another, in whatever order its parts come', async () => {
  await open();
  for (let n = 0; n < 4; n += 1) {
    const panel = await openPanel(n % 2 === 0);
    panel.showPanel(true);
    expect((await until('the panel has the icon', () => panel.read())).tooltip).toBe('ENSEMBLE');
    expect(panel.registrations).toBe(1);
    await panel.close();
  }
});

test('a thousand links at once open the newest, in one window, a few times', async () => {
  const started = await open();
  const seen = await started.app.evaluate(({ app, BrowserWindow }) => {
    let shown = 0;
    const [window] = BrowserWindow.getAllWindows();
    const show = window?.show.bind(window);
    Object.assign(window ?? {}, {
      show: () => {
        shown += 1;
        show?.();
      },
    });
    for (let n = 0; n < 1000; n += 1)
      app.emit('open-url', { preventDefault: () => undefined }, `ensemble://salon/!s${n}`);
    return { shown, windows: BrowserWindow.getAllWindows().length };
  });
  expect(seen).toEqual({ shown: 1, windows: 1 });
  expect(await opening(started)).toEqual({ kind: 'salon', salonId: '!s999' });
  await Promise.all(Array.from({ length: 4 }, () => again(LINK)));
  expect(await isVisible(started)).toHaveLength(1);
  expect(await opening(started)).toEqual({ kind: 'salon', salonId: SALON });
});

test('the session starts it hidden, when the person or the policy wants so', async () => {
  const first = await open();
  const entry = join(dir, 'camille', 'config', 'autostart', 'fr.traboule.ensemble.desktop');
  await expect(stat(entry)).rejects.toThrow('ENOENT');
  const change = (autostart: boolean) =>
    first.page.evaluate(
      (value) => window.traboule.invoke('settings.change', { autostart: value }),
      autostart,
    );
  expect(await change(true)).toMatchObject({ ok: true });
  await until('the entry is there', async () => (await readIfThere(entry)).includes('"--hidden"'));
  expect(await readIfThere(entry)).toContain('Name=ENSEMBLE');
  await first.close();
  const hidden = await open('--hidden');
  expect(await isVisible(hidden)).toEqual([false]);
  await again();
  await until('the window is there', async () => (await isVisible(hidden))[0] === true);
  const off = await hidden.page.evaluate(() =>
    window.traboule.invoke('settings.change', { autostart: false }),
  );
  expect(off).toMatchObject({ ok: true });
  await until('the entry is gone', async () => (await readIfThere(entry)) === '');
});

test.each([
  ['RDP-Tcp#3', 'none'],
  ['Console', undefined],
])('in the session %s the page has the motion %s', async (SESSIONNAME, motion) => {
  const { env } = options();
  program = await openProgram({ ...options(), env: { ...env, SESSIONNAME } });
  const { page } = program;
  await page.getByRole('heading', { name: 'Se connecter' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.dataset['motion'])).toBe(motion);
});

const isRefusal = (answer: unknown) => isDeepStrictEqual(answer, { kind: 'refused' });

async function readIfThere(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}
