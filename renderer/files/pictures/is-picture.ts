/** Endings of the pictures that a page shows. */
const SHOWN = /\.(?:png|jpe?g|gif|webp|svg)$/i;

/** Whether a file is, by its name, a picture that can be shown beside another. */
export function isPicture(path: string): boolean {
  return SHOWN.test(path);
}
