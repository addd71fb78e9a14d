import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { difference } from './likeness.ts';

const page = (width = 160, height = 80) =>
  sharp({ create: { width, height, channels: 3, background: '#fcf8f2' } });

/** The page with a block of a colour at its left. */
const block = (colour: string, width: number) =>
  page()
    .composite([
      {
        input: { create: { width, height: 80, channels: 3, background: colour } },
        left: 0,
        top: 0,
      },
    ])
    .png();

describe('how much two pictures differ', () => {
  it('is nothing for the same in fewer colours, or a little lighter', async () => {
    const picture = await block('#9c3d27', 40).toBuffer();
    const palette = await sharp(picture).png({ palette: true, colours: 4 }).toBuffer();
    const lighter = await block('#a2432d', 40).toBuffer();
    expect(await difference(picture, palette)).toBe(0);
    expect(await difference(picture, lighter)).toBe(0);
  });

  it('is the share of what shows something else', async () => {
    const plain = await page().png().toBuffer();
    expect(await difference(plain, await block('#9c3d27', 40).toBuffer())).toBe(0.25);
    expect(await difference(plain, await block('#2b2420', 160).toBuffer())).toBe(1);
  });

  it('is all of it for another size', async () => {
    expect(await difference(await page().png().toBuffer(), await page(168).png().toBuffer())).toBe(1);
  });
});
