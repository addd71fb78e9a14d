import sharp from 'sharp';

/** Pixels are compared in squares of so many each way: the edges of letters are drawn a little otherwise elsewhere. */
const SQUARE = 8;
/** From which difference on of a square's mean, of 255 in any colour, it shows something else. */
const ANOTHER = 12;

interface Raw {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

/** How much of two pictures differs to the eye: 0 for alike, 1 for all of it or another size. */
export async function difference(one: Buffer, other: Buffer): Promise<number> {
  const [a, b] = await Promise.all([raw(one), raw(other)]);
  if (a.width !== b.width || a.height !== b.height) return 1;
  let different = 0;
  let squares = 0;
  for (let top = 0; top < a.height; top += SQUARE)
    for (let left = 0; left < a.width; left += SQUARE) {
      squares += 1;
      if (isAnother(a, b, left, top)) different += 1;
    }
  return different / squares;
}

async function raw(picture: Buffer): Promise<Raw> {
  const { data, info } = await sharp(picture).removeAlpha().toColourspace('srgb').raw().toBuffer({
    resolveWithObject: true,
  });
  return { data, width: info.width, height: info.height };
}

function isAnother(a: Raw, b: Raw, left: number, top: number): boolean {
  const right = Math.min(left + SQUARE, a.width);
  const bottom = Math.min(top + SQUARE, a.height);
  const sums = [0, 0, 0];
  for (let y = top; y < bottom; y += 1)
    for (let x = left; x < right; x += 1)
      for (let colour = 0; colour < 3; colour += 1) {
        const at = (y * a.width + x) * 3 + colour;
        sums[colour] = (sums[colour] ?? 0) + (a.data[at] ?? 0) - (b.data[at] ?? 0);
      }
  const pixels = (right - left) * (bottom - top);
  return sums.some((sum) => Math.abs(sum) / pixels > ANOTHER);
}
