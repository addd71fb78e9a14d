import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openGallery } from './gallery-window.ts';

/*
 * Pictures of scenes of the gallery, to be looked at, drawn by the Electron that runs here:
 *   node e2e/gallery/shoot.ts [name part ...] [--theme light,dark] [--size 1366x768,1024x640] [--brand traboule,tno]
 *     [--language en] [--to out/gallery-pictures]
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
  },
});

await mkdir(values.to, { recursive: true });
const { page, scenes, show, close } = await openGallery();
try {
  page.on('console', (message) => {
    const text = message.text();
    // The gallery is served without a content policy, of which Electron warns.
    if (/^(error|warning)$/.test(message.type()) && !text.includes('Electron Security')) console.log(text);
  });
  page.on('pageerror', (error) => console.log(error.message));
  const wanted = (await scenes()).filter(
    (name) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
  );
  for (const size of values.size.split(',')) {
    const [width = 1366, height = 768] = size.split('x').map(Number);
    for (const theme of values.theme.split(','))
      for (const brand of values.brand.split(','))
        for (const name of wanted) await shoot(name, brand, theme, width, height);
  }
} finally {
  await close();
}

async function shoot(
  name: string,
  brand: string,
  shade: string,
  width: number,
  height: number,
): Promise<void> {
  const { language } = values;
  const theme = shade === 'dark' ? 'dark' : 'light';
  await show(name, { theme, width, height, brand, language });
  const file = join(
    values.to,
    brand === 'traboule' ? `${name}-${theme}-${width}.png` : `${brand}-${name}-${theme}-${width}.png`,
  );
  await page.screenshot({ path: file });
  console.log(file);
}
