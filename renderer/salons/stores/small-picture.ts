import { AVATAR_PIXELS } from './media-store.ts';

const WEBP = 'image/webp';

/**
 * The middle of a picture, as small as it is shown at most: a WebP in base64, a few kilobytes. Null for what can't be
 * drawn.
 */
export async function smallPicture(picture: Blob): Promise<string | null> {
  const bitmap = await drawable(picture);
  if (bitmap === null) return null;
  try {
    const canvas = new OffscreenCanvas(AVATAR_PIXELS, AVATAR_PIXELS);
    const context = canvas.getContext('2d');
    if (context === null) return null;
    const side = Math.min(bitmap.width, bitmap.height);
    const left = (bitmap.width - side) / 2;
    const top = (bitmap.height - side) / 2;
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, left, top, side, side, 0, 0, AVATAR_PIXELS, AVATAR_PIXELS);
    const drawn = await canvas.convertToBlob({ type: WEBP, quality: 0.8 });
    return drawn.type === WEBP ? base64Of(new Uint8Array(await drawn.arrayBuffer())) : null;
  } finally {
    bitmap.close();
  }
}

async function drawable(picture: Blob): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(picture);
  } catch {
    // Not a picture after all: initials are shown instead.
    return null;
  }
}

function base64Of(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
