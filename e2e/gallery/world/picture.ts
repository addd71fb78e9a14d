/** A picture of a façade in the size that the key names (`name width height`), so that the gallery needs no file. */
export async function paintPicture(key: string): Promise<Blob> {
  const [, width = '640', height = '480'] = /(\d+) (\d+)$/.exec(key) ?? [];
  const canvas = new OffscreenCanvas(Number(width), Number(height));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas here');
  const sky = context.createLinearGradient(0, 0, 0, canvas.height);
  sky.addColorStop(0, '#a9c4d8');
  sky.addColorStop(1, '#f3dfc4');
  context.fillStyle = sky;
  context.fillRect(0, 0, canvas.width, canvas.height);
  const house = canvas.width / 5;
  ['#c46f4e', '#e2a66f', '#b9583f', '#d98b63', '#9c3d27'].forEach((colour, index) => {
    const top = canvas.height * (0.3 + 0.08 * ((index * 7) % 3));
    context.fillStyle = colour;
    context.fillRect(index * house, top, house - 4, canvas.height - top);
    context.fillStyle = '#2b2420';
    context.beginPath();
    context.arc((index + 0.5) * house, canvas.height - house * 0.5, house * 0.22, Math.PI, 0);
    context.fill();
    context.fillRect((index + 0.28) * house, canvas.height - house * 0.5, house * 0.44, house * 0.5);
  });
  return canvas.convertToBlob({ type: 'image/png' });
}
