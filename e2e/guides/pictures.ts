import { join } from 'node:path';

/** The project's folder. */
export const ROOT = join(import.meta.dirname, '../..');
/** The guides. */
export const GUIDES = join(ROOT, 'docs');
/** Their pictures, in both languages: `salon-fr.png`, `salon-en.png`. */
export const PICTURES = join(GUIDES, 'pictures');

/** What the guides say how to make their pictures anew. */
export const RENEW = 'npm run guides';

/** A picture of the guides: a scene of the gallery, in a window of so many pixels. */
export interface Picture {
  readonly name: string;
  readonly scene: string;
  readonly width: number;
  readonly height: number;
  /** Shows the scene in each of these brands, side by side and smaller. */
  readonly brands?: readonly string[];
}

/** The call window comes with other styles: last, so that the page is loaded anew for it only. */
const pictures: readonly Picture[] = [
  { name: 'sign-in', scene: 'signin-typed', width: 1024, height: 600 },
  { name: 'recovery-code', scene: 'code-shown', width: 1024, height: 600 },
  { name: 'salon', scene: 'salon', width: 1366, height: 768 },
  { name: 'new-salon', scene: 'new-salon', width: 1024, height: 600 },
  { name: 'files', scene: 'files', width: 1100, height: 760 },
  { name: 'decided', scene: 'settings-locked', width: 1024, height: 600 },
  { name: 'diagnostics', scene: 'diagnostics-trouble', width: 1024, height: 600 },
  {
    name: 'brands',
    scene: 'signin-typed',
    width: 1024,
    height: 600,
    brands: ['lyon-ensemble', 'tno', 'saint-etienne', 'montpellier', 'lyon-watcha', 'traboule'],
  },
  { name: 'call', scene: 'call-joined', width: 1024, height: 600 },
];

/** A picture in one language, and its file's name. */
export interface Shot {
  readonly picture: Picture;
  readonly language: 'fr' | 'en';
  readonly file: string;
}

/** All pictures that are made, in an order that is quick to make. */
export const SHOTS: readonly Shot[] = pictures.flatMap((picture) =>
  (['fr', 'en'] as const).map((language) => ({ picture, language, file: `${picture.name}-${language}.png` })),
);
