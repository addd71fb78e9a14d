import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../e2e/demo/until.ts';
import { NotificationHost } from '../../e2e/desktop/notification-host.ts';
import { openPrivateBus, type PrivateBus } from '../../e2e/desktop/private-bus.ts';
import { openWindowManager, type WindowManager } from '../../e2e/desktop/window-manager.ts';
import { type ChosenElectron, chooseElectron } from '../../e2e/electron/choose.ts';
import { type Display, openDisplay } from '../../e2e/electron/display.ts';
import { type OpenProgram, openProgram } from '../../e2e/electron/open-program.ts';
import { startAgain } from '../../e2e/electron/start-again.ts';
import { changedBrand } from '../../e2e/stack/brand.ts';

// The real program's window under a real window manager, on a desktop where no panel shows icons; without one at the end.
const TITLE_BAR = 30;
const SCREEN = { width: 1920, height: 1200 };

let display: Display;
let bus: PrivateBus;
let desktop: WindowManager;
let electron: ChosenElectron;
let dir: string;
let brand: string;
let program: OpenProgram;

beforeAll(async () => {
  electron = await chooseElectron();
  dir = await mkdtemp(join(tmpdir(), 'windows-'));
  brand = await changedBrand(join(dir, 'brand'), 'lyon-ensemble', {});
  display = await openDisplay(true);
  bus = await openPrivateBus();
  desktop = await openWindowManager(display.name);
  await open();
});
afterAll(async () => {
  await program?.close();
  await desktop?.close();
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
async function open(): Promise<void> {
  program = await openProgram(options());
  await until('the window is there', async () => (await state()).isVisible);
}
const again = async () => expect(await startAgain(options())).toMatchObject({ code: 0 });
const states = async () =>
  desktop.statesOf(
    (await program.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getNativeWindowHandle().readUInt32LE(0),
    )) ?? 0,
  );
const act = (name: 'close' | 'minimize' | 'maximize' | 'focus') =>
  program.app.evaluate(({ BrowserWindow }, what) => BrowserWindow.getAllWindows()[0]?.[what](), name);
const state = () =>
  program.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return {
      isVisible: window?.isVisible() === true,
      isMinimized: window?.isMinimized() === true,
      isMaximized: window?.isMaximized() === true,
      isFocused: window?.isFocused() === true,
      bounds: window?.getBounds(),
    };
  });
const become = (name: 'isMinimized' | 'isFocused' | 'isMaximized') =>
  until(name, async () => (await state())[name]);

test('closed where no panel shows an icon, the window waits in the taskbar, and a second start brings it before all others', async () => {
  await act('close');
  await become('isMinimized');
  expect(await states()).toContain('_NET_WM_STATE_HIDDEN');
  await desktop.openOther();
  await again();
  await become('isFocused');
  expect(await state()).toMatchObject({ isVisible: true, isMinimized: false });
  expect(program.problems).toEqual([]);
});

test('a call that rings asks for a look in the taskbar until somebody looks', async () => {
  const host = await NotificationHost.open(bus.address, ['actions']);
  await desktop.openOther();
  const asks = async () => (await states()).includes('_NET_WM_STATE_DEMANDS_ATTENTION');
  expect(await asks()).toBe(false);
  const ring = { id: 'r', salonId: '!a:b', title: 'Rugby', body: 'Nadia', kind: 'ringing' as const };
  const shown = await program.page.evaluate((it) => window.traboule.invoke('app.notify', it), ring);
  expect(shown).toMatchObject({ ok: true });
  await until('it asks for a look', asks);
  await again();
  await become('isFocused');
  await until('it asks no longer', async () => !(await asks()));
  await host.close();
});

const kept = async () =>
  join(await program.app.evaluate(({ app }) => app.getPath('userData')), 'window.json');

test('the window comes back where it was, maximized if it was', async () => {
  const wanted = { x: 300, y: 200, width: 900, height: 700 };
  await program.app.evaluate(
    ({ BrowserWindow }, it) => BrowserWindow.getAllWindows()[0]?.setBounds(it),
    wanted,
  );
  const hasWidth = (isRight: (width: number) => boolean) => async () =>
    isRight((await state()).bounds?.width ?? 0);
  // A window manager that is told a size while it maximizes takes the size.
  await until(
    'it has its size',
    hasWidth((width) => width === wanted.width),
  );
  await act('maximize');
  await become('isMaximized');
  await until(
    'it fills the screen',
    hasWidth((width) => width > SCREEN.width * 0.9),
  );
  const file = await kept();
  await program.close();
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ maximized: true });
  await open();
  await become('isMaximized');
  const normal = await program.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getNormalBounds(),
  );
  // A window manager counts from the window or from its frame: a title bar more or less.
  expect(normal).toMatchObject({ width: wanted.width, height: wanted.height });
  expect(Math.abs((normal?.x ?? 0) - wanted.x)).toBeLessThan(TITLE_BAR);
  expect(Math.abs((normal?.y ?? 0) - wanted.y)).toBeLessThan(TITLE_BAR);
});

test('start after start, the window is where it was', async () => {
  const { app } = program;
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.unmaximize());
  await until('it has its normal size', async () => !(await state()).isMaximized);
  const file = await kept();
  const keptBounds = async () => JSON.parse(await readFile(file, 'utf8')).bounds;
  await program.close();
  const first = await keptBounds();
  await open();
  await until('its frame is around it', async () => ((await state()).bounds?.y ?? 0) > first.y);
  await program.close();
  expect(await keptBounds()).toEqual(first);
  await open();
  await until('its frame is around it', async () => ((await state()).bounds?.y ?? 0) > first.y);
  const elsewhere = { ...first, x: first.x + 80, y: first.y + 60 };
  await program.app.evaluate(
    ({ BrowserWindow }, it) => BrowserWindow.getAllWindows()[0]?.setBounds(it),
    elsewhere,
  );
  await until('it is moved', async () => ((await state()).bounds?.y ?? 0) > elsewhere.y);
  await program.close();
  expect(await keptBounds()).toEqual(elsewhere);
  await open();
});

test('closed from the taskbar, where it is already, the program ends', async () => {
  await act('minimize');
  await become('isMinimized');
  await act('close');
  expect(await program.outcome).toBe(0);
});

test('a notice that is clicked under Wayland brings the window forward by a second start that has the desktop’s token', async () => {
  const host = await NotificationHost.open(bus.address, ['actions']);
  const { executablePath, args } = await electron.launch(options().program);
  const start = join(dir, 'start');
  const quoted = [executablePath, ...args, '--lang=fr'].map((word) => `'${word}'`).join(' ');
  await writeFile(start, `#!/bin/sh\nprintf %s "$XDG_ACTIVATION_TOKEN" > '${dir}/token'\nexec ${quoted}\n`, {
    mode: 0o755,
  });
  const env = { ...options().env, WAYLAND_DISPLAY: 'none', APPIMAGE: start };
  program = await openProgram({ ...options(), env });
  await act('minimize');
  await become('isMinimized');
  const message = { id: 'm', salonId: '!a:b', title: 'Rugby', body: 'Nadia', kind: 'message' as const };
  await program.page.evaluate((it) => window.traboule.invoke('app.notify', it), message);
  const { id } = await until('it is told', () => host.newest);
  host.press(id, 'default', 'token-1');
  await become('isFocused');
  expect(await readFile(join(dir, 'token'), 'utf8')).toBe('token-1');
  expect(program.problems).toEqual([]);
  await host.close();
});

test('where the window’s screen is gone, it comes on one that is there', async () => {
  const file = await kept();
  await program.close();
  const elsewhere = JSON.stringify(JSON.parse(await readFile(file, 'utf8'))).replace(/"x":\d+/, '"x":4300');
  expect(elsewhere).toContain('"x":4300');
  await writeFile(file, elsewhere);
  await desktop.close();
  await open();
  const { bounds } = await state();
  if (!bounds) throw new Error('there is no window');
  expect(bounds.x).toBeGreaterThanOrEqual(0);
  expect(bounds.x + bounds.width).toBeLessThanOrEqual(SCREEN.width);
});

test('closed on a desktop that has neither panel nor taskbar, the program ends', async () => {
  await act('close');
  expect(await program.outcome).toBe(0);
});
