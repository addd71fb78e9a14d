/** What the stand-in serves to browsers: two scripts bundled from browser/, a page, its styles, a font. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';

export type Page = { type: string; body: string | Buffer };

const BROWSER = join(import.meta.dirname, 'browser');
/** The oldest Chromium the program is tried in (Electron 22). */
const TARGET = 'chrome108';
const FONT =
  '@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2';

const HTML = `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Jitsi Meet (démonstration)</title>
<link rel="stylesheet" href="/css/page.css">
<script type="module" src="/libs/conference.js"></script>
</head>
<body></body>
</html>
`;

/** The files by their path; every other path of one segment is the page of the room of that name. */
export async function makePages(): Promise<{ conference: Page; byPath: ReadonlyMap<string, Page> }> {
  const font = createRequire(import.meta.url).resolve(FONT);
  const files = new Map<string, Page>([
    ['/external_api.js', script(await bundle('external-api.ts', 'iife'))],
    ['/libs/conference.js', script(await bundle('main.ts', 'esm'))],
    ['/css/page.css', { type: 'text/css; charset=utf-8', body: await readFile(join(BROWSER, 'page.css')) }],
    ['/fonts/text.woff2', { type: 'font/woff2', body: await readFile(font) }],
  ]);
  return { conference: { type: 'text/html; charset=utf-8', body: HTML }, byPath: files };
}

function script(body: string): Page {
  return { type: 'text/javascript; charset=utf-8', body };
}

async function bundle(entry: string, format: 'iife' | 'esm'): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(BROWSER, entry)],
    bundle: true,
    write: false,
    format,
    platform: 'browser',
    target: TARGET,
    logLevel: 'error',
  });
  const [file] = outputFiles;
  if (!file) throw new Error(`esbuild made nothing of ${entry}`);
  return file.text;
}
