import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import brand from '../../assets/brands/lyon-ensemble/brand.json' with { type: 'json' };
import { until } from '../../e2e/demo/until.ts';
import { type ChosenElectron, chooseElectron } from '../../e2e/electron/choose.ts';
import { type Display, openDisplay } from '../../e2e/electron/display.ts';
import { type OpenProgram, openProgram } from '../../e2e/electron/open-program.ts';
import { changedBrand } from '../../e2e/stack/brand.ts';

// The real program of another brand, with nobody signed in: what the shell does by itself.
const PROGRAM = join(import.meta.dirname, '../..');
const SALON = '!rugby:metropole.example';

let dir: string;
let display: Display;
let electron: ChosenElectron;
let program: OpenProgram;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'shell-'));
  env = { TRABOULE_BRAND: await changedBrand(join(dir, 'brand'), 'lyon-ensemble', {}) };
  display = await openDisplay(true);
  electron = await chooseElectron();
  program = await open();
});
afterAll(async () => {
  await program?.close();
  display?.close();
  await rm(dir, { recursive: true, force: true });
});

let env: { readonly TRABOULE_BRAND: string };
const profile = () => join(dir, 'camille');
function open(): Promise<OpenProgram> {
  return openProgram({
    electron,
    program: PROGRAM,
    display: display.name,
    profile: profile(),
    env,
    args: ['--lang=fr'],
  });
}

/** Starts the program once more on the same profile, as a link in a mail does; it must end by itself. */
async function startAgain(
  args: readonly string[],
  brandPack = env.TRABOULE_BRAND,
): Promise<{ code: number | null; said: string; printed: string }> {
  const launch = await electron.launch(PROGRAM);
  const again = spawn(launch.executablePath, [...launch.args, ...args], {
    env: {
      ...process.env,
      TRABOULE_BRAND: brandPack,
      DISPLAY: display.name,
      HOME: join(profile(), 'home'),
      XDG_CONFIG_HOME: join(profile(), 'config'),
      XDG_CACHE_HOME: join(profile(), 'cache'),
      TRABOULE_E2E_KEYRING: join(profile(), 'keyring'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [said, printed, [code]] = await Promise.all([
    again.stderr.toArray(),
    again.stdout.toArray(),
    once(again, 'exit'),
  ]);
  const text = (pieces: readonly unknown[]) => pieces.map(String).join('');
  return { code: z.number().nullable().parse(code), said: text(said), printed: text(printed) };
}

const windowIs = (state: 'isVisible' | 'isFocused') =>
  program.app.evaluate(
    ({ BrowserWindow }, name) => BrowserWindow.getAllWindows().map((window) => window[name]()),
    state,
  );

test('bears the name, the words and the colours of its brand', async () => {
  const { page, app } = program;
  const shown = await app.evaluate(({ app: it, BrowserWindow, Menu }) => ({
    name: it.getName(),
    data: it.getPath('userData'),
    title: BrowserWindow.getAllWindows()[0]?.getTitle(),
    menu: Menu.getApplicationMenu()?.items.map(({ label }) => label),
    file: Menu.getApplicationMenu()?.items[0]?.submenu?.items.map(({ label }) => label),
  }));
  expect(shown).toMatchObject({ name: 'ENSEMBLE', title: 'ENSEMBLE' });
  expect(shown.data).toMatch(/ENSEMBLE$/);
  expect(shown.menu).toEqual(['Fichier', 'Édition', 'Affichage', 'Aller', 'Aide']);
  expect(shown.file).toContain('Quitter ENSEMBLE');
  const info = await page.evaluate(() => window.traboule.invoke('app.info', undefined));
  const { productName, organisation, tagline, modules, colours, hosting } = brand;
  expect(info).toMatchObject({
    ok: true,
    value: {
      language: 'fr',
      brand: { id: brand.id, productName, organisation, tagline, modules, colours, hosting },
    },
  });
  await page.getByText(tagline.fr).first().waitFor();
  expect(await page.title()).toBe('ENSEMBLE');
  expect(await page.content()).not.toContain('Traboule');
  const accent = await page.evaluate(() =>
    getComputedStyle(document.documentElement).getPropertyValue('--accent').trim(),
  );
  expect([colours.light.accent, colours.dark.accent]).toContain(accent);
});

test('gives no page more than a page may have', async () => {
  const rights = await program.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents): unknown => {
      // Electron has it and does not write about it.
      const read: unknown = Reflect.get(contents, 'getLastWebPreferences');
      return typeof read === 'function' ? Reflect.apply(read, contents, []) : null;
    }),
  );
  const locked = { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false };
  expect(rights).toEqual([expect.objectContaining(locked)]);
  const seen = await program.page.evaluate(() =>
    ['process', 'require', 'module'].filter((name) => name in window),
  );
  expect(seen).toEqual([]);
});

test('is there once: a second start brings it back from the tray, with the salon of its link', async () => {
  await program.page.evaluate(() => {
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    window.traboule.subscribe('app.linkOpened', (link) => heard.push(link));
  });
  await program.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await until('the window is in the tray', async () => !(await windowIs('isVisible'))[0]);
  expect(program.main.exitCode).toBeNull();
  expect(await startAgain([`ensemble://salon/${SALON}`])).toMatchObject({ code: 0 });
  await until('the window is back', async () => (await windowIs('isVisible'))[0] === true);
  const heard = () => program.page.evaluate(() => Object.getOwnPropertyDescriptor(window, 'heard')?.value);
  expect(await heard()).toEqual([{ salonId: SALON }]);
  expect(await startAgain(['ensemble://settings/x', 'https://evil.example/'])).toMatchObject({ code: 0 });
  expect(await startAgain(['traboule://salon/!of-another-brand'])).toMatchObject({ code: 0 });
  expect(await heard()).toEqual([{ salonId: SALON }]);
});

test('does not start with a brand pack that has a colour too few, and says which', async () => {
  const pack = join(dir, 'broken');
  await cp(env.TRABOULE_BRAND, pack, { recursive: true });
  const { accentSoft: _missing, ...light } = brand.colours.light;
  const colours = { ...brand.colours, light };
  await writeFile(join(pack, 'brand.json'), JSON.stringify({ ...brand, colours }));
  const { code, said } = await startAgain([], pack);
  expect(code).toBe(1);
  expect(said).toContain('colours.light.accentSoft');
});

test('loads its page again when it crashed', async () => {
  const reason = await program.app.evaluate(({ webContents }) => {
    const [contents] = webContents.getAllWebContents();
    const gone = new Promise((resolve) =>
      contents?.once('render-process-gone', (_event, { reason }) => resolve(reason)),
    );
    contents?.forcefullyCrashRenderer();
    return gone;
  });
  expect(reason).toMatch(/crashed|killed/);
  const isAlive = () =>
    program.app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().some((contents) => !contents.isCrashed() && !contents.isLoading()),
    );
  await until('the page is back', isAlive);
  const title = (): Promise<string> =>
    program.app.evaluate(({ webContents }) =>
      webContents.getAllWebContents()[0]?.executeJavaScript('document.title'),
    );
  await until('the page has its name again', async () => (await title()) === brand.productName);
});

test('keeps its window where it was, and says in the log what happened but no secret', async () => {
  const place = { x: 40, y: 30, width: 900, height: 640 };
  await program.app.evaluate(
    ({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds),
    place,
  );
  await program.close();
  program = await open();
  const [now] = await program.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.getNormalBounds()),
  );
  expect(now).toMatchObject({ width: place.width, height: place.height });
  const log = await readFile(join(profile(), 'config', 'ENSEMBLE', 'logs', 'main.log'), 'utf8');
  expect(log.match(/error page\.crashed reason=\w+/g)).toHaveLength(1);
});

test('tells what is in force on a terminal, beside the open program and without a window', async () => {
  const json = await startAgain(['--policy-report', '--json']);
  expect(json.code).toBe(0);
  const report: unknown = JSON.parse(json.printed);
  expect(report).toMatchObject({ product: expect.stringContaining(brand.productName), complaints: [] });
  expect(report).toHaveProperty(
    'settings',
    expect.arrayContaining([{ key: 'pauseOnMetered', value: true, origin: 'usual', place: null }]),
  );
  expect((await startAgain(['--policy-report'])).printed).toMatch(
    /^pauseOnMetered +(oui|yes) +(personne|nobody)$/m,
  );
});
