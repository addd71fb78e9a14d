import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callPolicy, PRESSABLE_STYLE_HASH, pagePolicy, workerPolicy } from './csp.ts';
import { createPageServer, type PageServer } from './pages.ts';

let folder: string;
let serve: PageServer;
let chatServer: string | null = null;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pages-'));
  const root = join(folder, 'pages');
  await mkdir(join(root, 'assets'), { recursive: true });
  await mkdir(join(root, 'workers'));
  await writeFile(join(folder, 'secret.html'), 'not a page');
  await writeFile(join(folder, 'pages-of-another.html'), 'not a page');
  await writeFile(join(root, 'index.html'), '<h1>é</h1>');
  await writeFile(join(root, 'assets', 'crypto-Bx3_9aZ0.wasm'), 'wasm');
  await writeFile(join(root, 'assets', 'notes.txt'), 'no type');
  await writeFile(join(root, 'workers', 'worker-Bx3_9aZ0.js'), 'js');
  await symlink(join(folder, 'secret.html'), join(root, 'assets', 'link.html'));
  await symlink(folder, join(root, 'assets', 'up'));
  await symlink('loop.html', join(root, 'assets', 'loop.html'));
  serve = createPageServer({ root, host: 'app', policy: pagePolicy, chatServer: () => chatServer });
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});
const get = (url: string, method = 'GET') => serve({ url, method });

describe('the own scheme', () => {
  it('serves the page with its type and policy, never from a cache', async () => {
    const answer = await get('traboule://app/');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('<h1>é</h1>');
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'self';");
    expect(policy).not.toMatch(/unsafe|http|\*/);
  });

  it('serves WebAssembly with the type that browsers ask for, for good', async () => {
    const answer = await get('traboule://app/assets/crypto-Bx3_9aZ0.wasm');
    expect(answer.headers.get('content-type')).toBe('application/wasm');
    expect(answer.headers.get('cache-control')).toContain('immutable');
  });

  it.each(['.css', '.html', '.js', '.json', '.png', '.svg', '.wasm', '.wav', '.webp', '.woff2'])(
    'knows the type of %s, for the page may be built of it',
    async (extension) => {
      await writeFile(join(folder, 'pages', 'assets', `file${extension}`), 'x');
      const answer = await get(`traboule://app/assets/file${extension}`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toMatch(/^(?:text|image|font|audio|application)\//);
    },
  );

  it('lets the worker reach the chat server of the account as it is at the time', async () => {
    const policyOf = async () => {
      const answer = await get('traboule://app/workers/worker-Bx3_9aZ0.js');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      return answer.headers.get('content-security-policy') ?? '';
    };
    expect(await policyOf()).toContain("connect-src 'self'");
    expect(await policyOf()).not.toContain('http');
    chatServer = 'https://chat.metropole.example:8448/base';
    expect(await policyOf()).toMatch(/connect-src 'self' https:\/\/chat\.metropole\.example:8448$/);
    expect(await policyOf()).toContain("'wasm-unsafe-eval'");
  });

  it.each([
    'traboule://app/../secret.html',
    'traboule://app/%2e%2e/secret.html',
    'traboule://app/..%2fsecret.html',
    'traboule://app/assets/..%5c..%5csecret.html',
    'traboule://app/%2e%2e%2fpages-of-another.html',
    'traboule://app/assets/notes.txt',
    'traboule://app/assets',
    'traboule://app/nothing.js',
    'traboule://app/%00.html',
    'traboule://app/index.html%00.png',
    'traboule://app/%252e%252e/secret.html',
    'traboule://app/..%c0%af..%c0%afsecret.html',
    'traboule://app//../secret.html',
    'traboule://app/C:/secret.html',
    'traboule://app/assets/link.html',
    'traboule://app/assets/up/secret.html',
    'traboule://app/assets/loop.html',
    `traboule://app/${'a'.repeat(5000)}.html`,
    'https://app/index.html',
    'traboule://app/%zz.html',
    'traboule://call/index.html',
    'traboule://evil/index.html',
  ])('answers %s with nothing', async (url) => {
    const answer = await get(url);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('');
  });

  it('reads only', async () => {
    expect((await get('traboule://app/index.html', 'POST')).status).toBe(405);
  });

  it('serves workers with their policy only from their own folder', async () => {
    for (const path of [
      '/workers/..%2findex.html',
      '/workers/../index.html',
      '/workers/%2e%2e/index.html',
      '//workers/worker-Bx3_9aZ0.js',
    ]) {
      const answer = await get(`traboule://app${path}`);
      expect(answer.headers.get('content-security-policy')).not.toContain('wasm-unsafe-eval');
    }
  });

  it('never leaves its folder, whatever is asked', async () => {
    await fc.assert(
      fc.asyncProperty(fc.webPath(), fc.constantFrom('', '/..', '/%2e%2e', '%2f..%2f'), async (path, up) => {
        const answer = await get(`traboule://app${up}${path}/secret.html`);
        expect(await answer.text()).not.toContain('not a page');
      }),
    );
  });
});

describe('policies', () => {
  const nothingElse = ['base-uri', 'default-src', 'form-action', 'frame-ancestors', 'object-src'];
  const written = (policy: string) =>
    Object.fromEntries(
      policy.split('; ').map((part) => [part.slice(0, part.indexOf(' ')), part.slice(part.indexOf(' ') + 1)]),
    );
  const from = {
    'script-src': "'self'",
    'connect-src': "'self'",
    'font-src': "'self'",
    'media-src': "'self' blob:",
  };
  const style = { 'style-src': `'self' ${PRESSABLE_STYLE_HASH}` };

  it.each([
    [
      'the app page',
      pagePolicy(),
      { ...from, ...style, 'img-src': "'self' blob: data:", 'worker-src': "'self'", 'frame-src': "'none'" },
    ],
    [
      'the worker',
      workerPolicy('https://chat.example'),
      { 'script-src': "'self' 'wasm-unsafe-eval'", 'connect-src': "'self' https://chat.example" },
    ],
    [
      'the call page',
      callPolicy('visio.example'),
      {
        ...from,
        ...style,
        'script-src': "'self' https://visio.example",
        'img-src': "'self' blob: data: https://visio.example",
        'frame-src': 'https://visio.example',
      },
    ],
  ])('give %s this and nothing else', (_name, policy, given) => {
    const refused = Object.fromEntries(nothingElse.map((directive) => [directive, "'none'"]));
    expect(written(policy)).toEqual({ ...refused, ...given });
  });

  it('allow the call window its conference and nothing else', () => {
    expect(callPolicy('visio.example')).toContain("script-src 'self' https://visio.example;");
    expect(callPolicy('visio.example')).toMatch(/frame-src https:\/\/visio\.example$/);
    expect(callPolicy(null)).toContain("frame-src 'none'");
  });

  it('know the one style sheet that the component library adds by itself', async () => {
    const library = dirname(createRequire(import.meta.url).resolve('react-aria/package.json'));
    const source = await readFile(join(library, 'dist/private/interactions/usePress.mjs'), 'utf8');
    const template = /style\.textContent = `([^`]*)`/.exec(source)?.[1] ?? '';
    const attribute = /PRESSABLE_ATTRIBUTE = '([\w-]+)'/.exec(source)?.[1] ?? '';
    const text = template.replace(/\$\{[^}]+\}/, attribute).trim();
    const hash = createHash('sha256').update(text).digest('base64');
    expect(PRESSABLE_STYLE_HASH).toBe(`'sha256-${hash}'`);
  });
});
