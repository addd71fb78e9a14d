import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseV1Options } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import brand from '../../assets/brands/lyon-ensemble/brand.json' with { type: 'json' };
import { FUSES } from '../../build/package/fuses.ts';
import { until } from '../../e2e/demo/until.ts';
import { type ChosenElectron, chooseElectron } from '../../e2e/electron/choose.ts';
import { type Display, openDisplay } from '../../e2e/electron/display.ts';
import { type OpenProgram, openProgram } from '../../e2e/electron/open-program.ts';
import { startAgain } from '../../e2e/electron/start-again.ts';
import { changedBrand } from '../../e2e/stack/brand.ts';
import manifest from '../../package.json' with { type: 'json' };
import lock from '../../package-lock.json' with { type: 'json' };

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

/** What Electron was told for each page; it has it and does not write about it. */
const rightsOfPages = (): Promise<unknown[]> =>
  program.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents): unknown => {
      const read: unknown = Reflect.get(contents, 'getLastWebPreferences');
      return typeof read === 'function' ? Reflect.apply(read, contents, []) : null;
    }),
  );

/** Rights that each page has exactly so; `undefined` is Electron's own value, which is the safe one. */
const pagesHave = async (rights: Readonly<Record<string, unknown>>): Promise<void> => {
  const pages = await rightsOfPages();
  expect(pages.length).toBeGreaterThan(0);
  for (const page of pages) {
    const others = Object.entries(rights).filter(
      ([right, value]) => ![undefined, value].includes(Reflect.get(Object(page), right)),
    );
    expect(others).toEqual([]);
  }
};

// Electron's own list (its documentation, "Security"), by its numbers. docs/security-checklist.md tells what else shows each.
describe("Electron's security checklist", () => {
  test('1: only secure content is loaded', async () => {
    const blocked = await program.page.evaluate(async () => {
      const violations: string[] = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        violations.push(effectiveDirective);
      });
      const fetched = await fetch('http://127.0.0.1:9/').then(
        () => true,
        () => false,
      );
      const image = new Image();
      const failed = new Promise((resolve) => image.addEventListener('error', resolve));
      image.src = 'http://127.0.0.1:9/x.png';
      await failed;
      return { fetched, violations };
    });
    expect(blocked).toEqual({ fetched: false, violations: ['connect-src', 'img-src'] });
  });

  test('2: no page has Node', async () => {
    await pagesHave({
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
    });
    const seen = await program.page.evaluate(() =>
      ['process', 'require', 'module', 'Buffer'].filter((name) => name in window),
    );
    expect(seen).toEqual([]);
  });

  test('3: the preload lives in a world of its own', async () => {
    expect(await rightsOfPages()).toEqual([expect.objectContaining({ contextIsolation: true })]);
    const { page } = program;
    const changed = await page.evaluate(() => Reflect.set(window.traboule, 'invoke', () => 'mine'));
    const answer = await page.evaluate(() => window.traboule.invoke('settings.get', undefined));
    expect({ changed, answer }).toMatchObject({ changed: false, answer: { ok: true } });
  });

  test('4: every page is in the sandbox', async () => {
    expect(await rightsOfPages()).toEqual([expect.objectContaining({ sandbox: true })]);
  });

  test('5: a page is given no permission that it does not need', async () => {
    const states = await program.page.evaluate(() => {
      const names: PermissionName[] = ['geolocation', 'notifications', 'camera', 'microphone'];
      return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state));
    });
    expect(new Set(states)).toEqual(new Set(['denied']));
    expect(await program.page.evaluate(() => Notification.requestPermission())).toBe('denied');
  });

  test('6, 8, 9, 10: what guards the web is on in every page, and nothing experimental is', async () => {
    await pagesHave({
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      enableBlinkFeatures: '',
    });
    expect(await rightsOfPages()).toHaveLength(1);
  });

  test('7: a content policy forbids all that is not named, and scripts made of text', async () => {
    const { page } = program;
    const policy = await page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'));
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.name = "inline"';
      document.head.append(script);
      script.remove();
      return window.name;
    });
    expect(ran).toBe('');
  });

  test('11, 12: there is no webview', async () => {
    await pagesHave({ webviewTag: false });
    const isPlain = await program.page.evaluate(() => {
      const element = document.createElement('webview');
      return !('getWebContentsId' in element) && !('src' in element);
    });
    expect(isPlain).toBe(true);
  });

  test('13: the page goes nowhere', async () => {
    const { page } = program;
    const before = page.url();
    const titles = await page.evaluate(async () => {
      const link = document.createElement('a');
      link.href = 'https://elsewhere.invalid/';
      document.body.append(link);
      link.click();
      link.remove();
      location.assign('traboule://app/other');
      await new Promise((resolve) => setTimeout(resolve, 0));
      return document.title;
    });
    expect({ titles, url: page.url() }).toEqual({ titles: 'ENSEMBLE', url: before });
  });

  test('14: the page opens no window', async () => {
    expect(await program.page.evaluate(() => window.open('https://elsewhere.invalid/') === null)).toBe(true);
    const windows = await program.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    expect(windows).toBe(1);
  });

  test('15: the system is handed nothing but web pages, mail and telephone numbers', async () => {
    const { app, page } = program;
    await app.evaluate(({ shell }) => {
      Reflect.set(globalThis, 'handedOver', []);
      shell.openExternal = (address) => {
        Reflect.get(globalThis, 'handedOver').push(address);
        return Promise.resolve();
      };
    });
    const links = ['file:///etc/passwd', 'smb://host/share', 'javascript:alert(1)', 'https://u:p@x.example/'];
    const answers = await page.evaluate(
      (all) => Promise.all(all.map((url) => window.traboule.invoke('app.openLink', { url }))),
      [...links, 'https://metropole.example/'],
    );
    const refused = { ok: false, error: { code: 'forbidden' } };
    expect(answers).toMatchObject([...links.map(() => refused), { ok: true }]);
    expect(await app.evaluate(() => Reflect.get(globalThis, 'handedOver'))).toEqual([
      'https://metropole.example/',
    ]);
  });

  test('16: Electron is pinned to one version, and that one is packed', () => {
    expect(manifest.devDependencies.electron).toMatch(/^\d+\.\d+\.\d+$/);
    expect(lock.packages['node_modules/electron'].version).toBe(manifest.devDependencies.electron);
  });

  test('17: who is not a page of the program is answered nothing', async () => {
    const answers = await program.app.evaluate(async ({ app, BrowserWindow }) => {
      const preload = `${app.getAppPath()}/out/preload/app.cjs`;
      const other = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
      const ask = (what: string): Promise<unknown> => other.webContents.executeJavaScript(what);
      try {
        await other.loadURL('data:text/html,<title>other</title>');
        return {
          bridge: await ask('typeof window.traboule.invoke'),
          answer: await ask("window.traboule.invoke('app.info', undefined)"),
        };
      } finally {
        other.destroy();
      }
    });
    const answer: unknown = { ok: false, error: expect.objectContaining({ code: 'forbidden' }) };
    expect(answers).toEqual({ bridge: 'function', answer });
  });

  test('18: no page is a file, and none reads one', async () => {
    expect(program.page.url()).toMatch(/^traboule:\/\/app\//);
    const read = await program.page.evaluate(() =>
      fetch('file:///etc/hostname').then(
        () => true,
        () => false,
      ),
    );
    expect(read).toBe(false);
  });

  test('19: every fuse is decided, those that open a packed program are off', () => {
    expect(FUSES).toMatchObject({
      [FuseV1Options.RunAsNode]: false,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: false,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
      [FuseV1Options.EnableCookieEncryption]: true,
      [FuseV1Options.OnlyLoadAppFromAsar]: true,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
    });
  });

  test('20: a page is given three functions of ours, and nothing of Electron’s', async () => {
    const given = await program.page.evaluate(() => ({
      bridge: Object.entries(window.traboule).map(([name, value]) => `${name}: ${typeof value}`),
      electron: Object.keys(window).filter((name) => /electron|ipc/i.test(name)),
    }));
    expect(given).toEqual({
      bridge: ['invoke: function', 'subscribe: function', 'offer: function'],
      electron: [],
    });
  });
});

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
  const log = await readFile(join(profile(), 'config', 'lyon-ensemble', 'logs', 'main.log'), 'utf8');
  expect(log.match(/error page\.crashed reason=\w+/g)).toHaveLength(1);
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
