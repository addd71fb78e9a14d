import { FuseV1Options } from '@electron/fuses';
import { describe, expect, test } from 'vitest';
import { FUSES } from '../../../build/package/fuses.ts';
import type { OpenProgram } from '../../../e2e/electron/open-program.ts';
import manifest from '../../../package.json' with { type: 'json' };
import lock from '../../../package-lock.json' with { type: 'json' };

/** What Electron was told for each page; it has it and does not write about it. */
const rightsOfPages = ({ app }: OpenProgram): Promise<unknown[]> =>
  app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents): unknown => {
      const read: unknown = Reflect.get(contents, 'getLastWebPreferences');
      return typeof read === 'function' ? Reflect.apply(read, contents, []) : null;
    }),
  );

/** Rights that each page has exactly so; `undefined` is Electron's own value, which is the safe one. */
const pagesHave = async (program: OpenProgram, rights: Readonly<Record<string, unknown>>): Promise<void> => {
  const pages = await rightsOfPages(program);
  expect(pages.length).toBeGreaterThan(0);
  for (const page of pages) {
    const others = Object.entries(rights).filter(
      ([right, value]) => ![undefined, value].includes(Reflect.get(Object(page), right)),
    );
    expect(others).toEqual([]);
  }
};

/**
 * Declares the tests of Electron's own list (its documentation, "Security"), by its numbers, that a program with one page is
 * asked; docs/security-checklist.md tells what else shows each.
 */
export function testSecurityChecklist(program: () => OpenProgram): void {
  describe("Electron's security checklist", () => {
    testRights(program);
    testWhatPagesMay(program);
    testWaysOut(program);
    testBoundary(program);
  });
}

function testRights(program: () => OpenProgram): void {
  test('1: only secure content is loaded', async () => {
    const blocked = await program().page.evaluate(async () => {
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
    await pagesHave(program(), {
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
    });
    const seen = await program().page.evaluate(() =>
      ['process', 'require', 'module', 'Buffer'].filter((name) => name in window),
    );
    expect(seen).toEqual([]);
  });

  test('3: the preload lives in a world of its own', async () => {
    expect(await rightsOfPages(program())).toEqual([expect.objectContaining({ contextIsolation: true })]);
    const { page } = program();
    const changed = await page.evaluate(() => Reflect.set(window.traboule, 'invoke', () => 'mine'));
    const answer = await page.evaluate(() => window.traboule.invoke('settings.get', undefined));
    expect({ changed, answer }).toMatchObject({ changed: false, answer: { ok: true } });
  });

  test('4: every page is in the sandbox', async () => {
    expect(await rightsOfPages(program())).toEqual([expect.objectContaining({ sandbox: true })]);
  });
}

function testWhatPagesMay(program: () => OpenProgram): void {
  test('5: a page is given no permission that it does not need', async () => {
    const states = await program().page.evaluate(() => {
      const names: PermissionName[] = ['geolocation', 'notifications', 'camera', 'microphone'];
      return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state));
    });
    expect(new Set(states)).toEqual(new Set(['denied']));
    expect(await program().page.evaluate(() => Notification.requestPermission())).toBe('denied');
  });

  test('6, 8, 9, 10: what guards the web is on in every page, and nothing experimental is', async () => {
    await pagesHave(program(), {
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      enableBlinkFeatures: '',
    });
    expect(await rightsOfPages(program())).toHaveLength(1);
  });

  test('7: a content policy forbids all that is not named, and scripts made of text', async () => {
    const { page } = program();
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
}

function testWaysOut(program: () => OpenProgram): void {
  test('11, 12: there is no webview', async () => {
    await pagesHave(program(), { webviewTag: false });
    const isPlain = await program().page.evaluate(() => {
      const element = document.createElement('webview');
      return !('getWebContentsId' in element) && !('src' in element);
    });
    expect(isPlain).toBe(true);
  });

  test('13: the page goes nowhere', async () => {
    const { page } = program();
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
    expect(await program().page.evaluate(() => window.open('https://elsewhere.invalid/') === null)).toBe(
      true,
    );
    const windows = await program().app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    expect(windows).toBe(1);
  });

  test('15: the system is handed nothing but web pages, mail and telephone numbers', async () => {
    const { app, page } = program();
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
}

function testBoundary(program: () => OpenProgram): void {
  test('16: Electron is pinned to one version, and that one is packed', () => {
    expect(manifest.devDependencies.electron).toMatch(/^\d+\.\d+\.\d+$/);
    expect(lock.packages['node_modules/electron'].version).toBe(manifest.devDependencies.electron);
  });

  test('17: who is not a page of the program is answered nothing', async () => {
    const answers = await program().app.evaluate(async ({ app, BrowserWindow }) => {
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
    expect(program().page.url()).toMatch(/^traboule:\/\/app\//);
    const read = await program().page.evaluate(() =>
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
    const given = await program().page.evaluate(() => ({
      bridge: Object.entries(window.traboule).map(([name, value]) => `${name}: ${typeof value}`),
      electron: Object.keys(window).filter((name) => /electron|ipc/i.test(name)),
    }));
    expect(given).toEqual({
      bridge: ['invoke: function', 'subscribe: function', 'offer: function'],
      electron: [],
    });
  });
}
