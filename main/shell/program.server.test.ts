import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import brand from '../../assets/brands/lyon-ensemble/brand.json' with { type: 'json' };
import { until } from '../../e2e/demo/until.ts';
import { type ChosenElectron, chooseElectron } from '../../e2e/electron/choose.ts';
import { type Display, openDisplay } from '../../e2e/electron/display.ts';
import { type OpenProgram, openProgram, profileEnvironment } from '../../e2e/electron/open-program.ts';
import { startAgain } from '../../e2e/electron/start-again.ts';
import { changedBrand } from '../../e2e/stack/brand.ts';
import { testBrandsApart } from './testing/beside.ts';
import { crashesOf, testDiagnostics } from './testing/diagnostics.ts';
import { testSecurityChecklist } from './testing/security-checklist.ts';

// The real program of another brand, with nobody signed in: what the shell does by itself.
const PROGRAM = join(import.meta.dirname, '../..');

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
const inData = (name: string) => join(profile(), 'config', brand.id, name);
const options = () => ({
  electron,
  program: PROGRAM,
  display: display.name,
  profile: profile(),
  env,
  args: ['--lang=fr'],
});
const open = (): Promise<OpenProgram> => openProgram(options());

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
  expect(shown.data).toMatch(/lyon-ensemble$/);
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

test('knows French and English words by itself, and a right click offers what was meant, in French', async () => {
  const { page, app } = program;
  await app.evaluate(({ Menu }) => {
    Menu.prototype.popup = function popup(this: Electron.Menu) {
      Object.assign(Menu, { labels: this.items.map(({ label }) => label) });
    };
  });
  await page.evaluate(() => {
    const field = Object.assign(document.createElement('textarea'), { id: 'words', spellcheck: true });
    Object.assign(field.style, {
      position: 'fixed',
      inset: '0 auto auto 0',
      font: '40px serif',
      width: '700px',
      zIndex: '9',
    });
    document.body.append(field);
  });
  const menuAt = async (x: number): Promise<string[]> => {
    await page.click('#words', { button: 'right', position: { x, y: 25 } });
    return app.evaluate(({ Menu }): string[] => Reflect.get(Menu, 'labels') ?? []);
  };
  const write = async (words: string): Promise<void> => {
    await page.fill('#words', '');
    await page.focus('#words');
    await page.keyboard.type(`${words} a`);
  };
  // Dictionaries come from the package at the first start: until they are there, no word is wrong.
  const menu = await until('bonjoure is wrong', async () => {
    await write('bonjoure médiathèque');
    const labels = await menuAt(30);
    return labels.includes('bonjour') && labels;
  });
  expect(menu).toEqual(expect.arrayContaining(['Ajouter au dictionnaire', 'Couper', 'Copier', 'Coller']));
  expect(await menuAt(240)).not.toContain('Ajouter au dictionnaire');
  await until('helllo is wrong', async () => {
    await write('helllo colour');
    return (await menuAt(30)).includes('hello');
  });
  expect(await menuAt(150)).not.toContain('Ajouter au dictionnaire');
  const field = page.locator('#words');
  await field.evaluate((element) => element.remove());
});

test('fetches no dictionary for a session of its own accord', async () => {
  const languages = await program.app.evaluate(({ session }) =>
    [session.defaultSession, session.fromPartition('of-no-page')].map((one) => [
      one.isSpellCheckerEnabled(),
      one.getSpellCheckerLanguages(),
    ]),
  );
  expect(languages).toEqual([
    [false, []],
    [false, []],
  ]);
});

// Asked of the same program: a second one costs seconds.
testSecurityChecklist(() => program);
testDiagnostics(() => program);

test('goes on while a file of proxies comes to no end', async () => {
  const { app, page } = program;
  const isAsking = await app.evaluate(async ({ session }) => {
    const script = 'data:,function FindProxyForURL() { for (;;); }';
    await session.defaultSession.setProxy({ mode: 'pac_script', pacScript: script });
    const asked = session.defaultSession.resolveProxy('https://chat.metropole.example/');
    const late = new Promise((resolve) => setTimeout(resolve, 200, 'still asking'));
    return Promise.race([asked, late]);
  });
  expect(isAsking).toBe('still asking');
  expect(await page.evaluate(() => window.traboule.invoke('settings.get', undefined))).toMatchObject({
    ok: true,
  });
  await app.evaluate(({ session }) => session.defaultSession.setProxy({ mode: 'system' }));
});

test('does not start with a brand pack that has a colour too few, and says which', async () => {
  const pack = join(dir, 'broken');
  await cp(env.TRABOULE_BRAND, pack, { recursive: true });
  const { accentSoft: _missing, ...light } = brand.colours.light;
  const colours = { ...brand.colours, light };
  await writeFile(join(pack, 'brand.json'), JSON.stringify({ ...brand, colours }));
  const { code, said } = await startAgain({ ...options(), env: { TRABOULE_BRAND: pack } });
  expect(code).toBe(1);
  expect(said).toContain('colours.light.accentSoft');
});

test('loads its page again when it crashed, and notes it', async () => {
  expect((await crashesOf(program)).crashes).toEqual([]);
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
  await until('the crash is noted', async () =>
    (await readIfThere(inData('crashes.json'))).includes('"page"'),
  );
});

test('says at the next start that it was broken off, once', async () => {
  await program.kill();
  program = await open();
  expect((await crashesOf(program)).crashes.map(({ part }) => part)).toEqual(['page', 'program']);
  await program.page.getByText('s’est arrêté de façon inattendue').waitFor();
});

let other: OpenProgram | undefined;
afterAll(() => other?.close());
testBrandsApart(async () => {
  const pack = await changedBrand(join(dir, 'other'), 'tno', {});
  other = await openProgram({ ...options(), env: { TRABOULE_BRAND: pack } });
  return [
    { id: brand.id, program },
    { id: 'tno', program: other },
  ];
});

test('keeps its window where it was, and says in the log what happened but no secret; nothing of an end as it should be', async () => {
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
  const log = await readFile(inData('logs/main.log'), 'utf8');
  expect(log.match(/error page\.crashed reason=\w+/g)).toHaveLength(1);
  expect(await crashesOf(program)).toMatchObject({ unseen: 0, crashes: [{}, {}] });
});

test('tells what is in force on a terminal, beside the open program and without a window', async () => {
  const json = await startAgain({ ...options(), args: ['--policy-report', '--json'] });
  expect(json.code).toBe(0);
  const report: unknown = JSON.parse(json.printed);
  expect(report).toMatchObject({ product: expect.stringContaining(brand.productName), complaints: [] });
  expect(report).toHaveProperty(
    'settings',
    expect.arrayContaining([{ key: 'pauseOnMetered', value: true, origin: 'usual', place: null }]),
  );
  expect((await startAgain({ ...options(), args: ['--policy-report'] })).printed).toMatch(
    /^pauseOnMetered +(oui|yes) +(personne|nobody)$/m,
  );
});

test('leaves a folder of a newer version alone and says so', async () => {
  await program.close();
  const stamp = inData('profile.json');
  const newer = '{"format":99,"writtenBy":"9.9.9"}';
  await writeFile(stamp, newer);
  const launch = await electron.launch(PROGRAM);
  const started = spawn(launch.executablePath, [...launch.args, '--lang=fr'], {
    env: { ...(await profileEnvironment(options())), LANG: 'fr_FR.UTF-8' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  started.stderr.on('data', (data) => {
    said += String(data);
  });
  await until('it says why', () => Promise.resolve(said.includes('version plus récente')));
  started.kill('SIGKILL'); // the box waits for a click
  await once(started, 'exit');
  expect(said).toContain('9.9.9');
  expect(await readFile(stamp, 'utf8')).toBe(newer);
});

const readIfThere = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '');
