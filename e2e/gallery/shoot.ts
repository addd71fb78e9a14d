import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { serveFolder } from './serve.ts';

/*
 * Pictures of scenes of the gallery, to be looked at:
 *   node e2e/gallery/shoot.ts [name part ...] [--theme light] [--size 1366x768] [--brand ensemble] [--language en]
 *     [--to out/gallery-pictures] [--no-build]
 * Needs a Chromium (CHROMIUM_PATH, else /usr/bin/chromium).
 */
const root = join(import.meta.dirname, '../..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    theme: { type: 'string', default: 'light,dark' },
    size: { type: 'string', default: '1366x768' },
    brand: { type: 'string', default: 'traboule' },
    language: { type: 'string', default: 'fr' },
    to: { type: 'string', default: join(root, 'out/gallery-pictures') },
    'no-build': { type: 'boolean', default: false },
  },
});

if (!values['no-build'])
  await build({ configFile: join(import.meta.dirname, 'vite.config.ts'), logLevel: 'error' });
await mkdir(values.to, { recursive: true });
const { url, close } = await serveFolder(join(root, 'out/gallery'));
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--force-color-profile=srgb'],
});
try {
  const probe = await browser.newPage();
  await probe.goto(url);
  const names = await probe.evaluate(() => window.gallery.scenes);
  await probe.close();
  const wanted = names.filter(
    (name) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
  );
  for (const size of values.size.split(',')) {
    const [width = 1366, height = 768] = size.split('x').map(Number);
    for (const theme of values.theme.split(',')) {
      for (const name of wanted) await shoot(name, theme, width, height);
    }
  }
} finally {
  await browser.close();
  close();
}

async function shoot(name: string, theme: string, width: number, height: number): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height } });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') console.log(`${name}: ${message.text()}`);
  });
  page.on('pageerror', (error) => console.log(`${name}: ${error.message}`));
  await page.goto(`${url}?scene=${name}&theme=${theme}&brand=${values.brand}&language=${values.language}`);
  await page.waitForFunction(() => window.gallery.ready);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(700);
  const file = join(values.to, `${name}-${theme}-${width}.png`);
  await page.screenshot({ path: file });
  console.log(file);
  await page.close();
}
