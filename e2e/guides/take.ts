import sharp from 'sharp';
import type { GalleryWindow } from '../gallery/gallery-window.ts';
import type { Shot } from './pictures.ts';

/** A page's title has the focus when it was just opened: in a picture its ring would look like a mistake. */
const STYLE = 'h1:focus-visible { outline-color: transparent }';
const COLUMNS = 2;
const GAP = 16;

/** A picture as the program shows it now. */
export interface Taken {
  /** A PNG. */
  readonly picture: Buffer;
  /** What can be read there, text by text. */
  readonly words: readonly string[];
}

/** Takes a picture. */
export async function take(gallery: GalleryWindow, shot: Shot): Promise<Taken> {
  const { brands, width, height } = shot.picture;
  if (!brands) return takeOne(gallery, shot);
  const tiles: Taken[] = [];
  for (const brand of brands) tiles.push(await takeOne(gallery, shot, brand));
  const size = { width: Math.round(width / COLUMNS), height: Math.round(height / COLUMNS) };
  return {
    picture: await sideBySide(
      tiles.map(({ picture }) => picture),
      size,
    ),
    words: tiles.flatMap(({ words }) => words),
  };
}

/** The picture as it is kept: in few colours, for it must be small to be loaded with a page. */
export function pressed(picture: Buffer): Promise<Buffer> {
  return sharp(picture).png({ palette: true, colours: 128, effort: 10 }).toBuffer();
}

/** The Chromium that draws, such as `Chromium 108`: another one may break lines elsewhere. */
export async function engineOf({ page }: GalleryWindow): Promise<string> {
  const agent = await page.evaluate(() => navigator.userAgent);
  return `Chromium ${/Chrome\/(\d+)/.exec(agent)?.[1] ?? 'of another name'}`;
}

async function takeOne(gallery: GalleryWindow, shot: Shot, brand = 'traboule'): Promise<Taken> {
  const { language, picture } = shot;
  const { scene, width, height } = picture;
  await gallery.turnTo(scene, { theme: 'light', width, height, language, brand });
  return {
    picture: await gallery.page.screenshot({ animations: 'disabled', style: STYLE }),
    words: await wordsOn(gallery),
  };
}

/** The texts that are in the picture: neither scrolled away, nor under something else, nor for screen readers only. */
async function wordsOn({ page }: GalleryWindow): Promise<readonly string[]> {
  return page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const seen: string[] = [];
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(text);
      const [line] = range.getClientRects();
      if (!line || text.textContent?.trim() === '') continue;
      const there = document.elementFromPoint(line.left + line.width / 2, line.top + line.height / 2);
      if (there && text.parentElement && (there.contains(text) || text.parentElement.contains(there)))
        seen.push(text.textContent?.trim() ?? '');
    }
    return seen;
  });
}

async function sideBySide(
  pictures: readonly Buffer[],
  { width, height }: { readonly width: number; readonly height: number },
): Promise<Buffer> {
  const tiles = pictures.map(async (picture, index) => ({
    input: await sharp(picture).resize(width, height).toBuffer(),
    left: (index % COLUMNS) * (width + GAP),
    top: Math.floor(index / COLUMNS) * (height + GAP),
  }));
  const rows = Math.ceil(pictures.length / COLUMNS);
  const sheet = {
    width: COLUMNS * (width + GAP) - GAP,
    height: rows * (height + GAP) - GAP,
    channels: 3 as const,
    background: '#fff',
  };
  return sharp({ create: sheet })
    .composite(await Promise.all(tiles))
    .png()
    .toBuffer();
}
