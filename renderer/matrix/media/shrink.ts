/**
 * A smaller copy of a picture, where the surroundings can draw (a worker of the browser; plain Node can't).
 * @param maxPixels longest side; null: as it is.
 * @returns the picture itself when it is small enough or is none that can be drawn.
 */
export async function shrink(picture: Blob, maxPixels: number | null): Promise<Blob> {
  const drawable = picture.type.startsWith('image/') && picture.type !== 'image/gif';
  if (maxPixels === null || !drawable || typeof OffscreenCanvas === 'undefined') return picture;
  const bitmap = await tryBitmap(picture);
  if (bitmap === null) return picture;
  try {
    const scale = maxPixels / Math.max(bitmap.width, bitmap.height);
    if (scale >= 1) return picture;
    const canvas = new OffscreenCanvas(
      Math.round(bitmap.width * scale) || 1,
      Math.round(bitmap.height * scale) || 1,
    );
    const context = canvas.getContext('2d');
    if (context === null) return picture;
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return await canvas.convertToBlob({
      type: picture.type === 'image/png' ? 'image/png' : 'image/jpeg',
      quality: 0.85,
    });
  } finally {
    bitmap.close();
  }
}

async function tryBitmap(picture: Blob): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(picture);
  } catch {
    // Not a picture after all: the page shows its name instead.
    return null;
  }
}
