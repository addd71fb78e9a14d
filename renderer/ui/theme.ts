import type { BrandColours, BrandView } from '../../preload/contract/brand.ts';
import { Disposables } from './disposables.ts';

export type ThemeChoice = 'system' | 'light' | 'dark';

/** The eight tokens a brand replaces (marked B in tokens.css). */
export const BRAND_TOKENS: readonly (readonly [keyof BrandColours, string])[] = [
  ['accent', '--accent'],
  ['accentInk', '--accent-ink'],
  ['accentSoft', '--accent-soft'],
  ['accentText', '--accent-text'],
  ['mine', '--mine'],
  ['rail', '--rail'],
  ['railInk', '--rail-ink'],
  ['railOnBackground', '--rail-on-bg'],
];

/**
 * Puts theme and brand on the page and keeps them there: the system's change from light to dark is followed while
 * the person chose `system`. Styles are set through the CSSOM, which a strict content policy allows.
 */
export class Theme {
  readonly #root: HTMLElement;
  readonly #systemDark: MediaQueryList;
  readonly #disposables = new Disposables();
  #choice: ThemeChoice = 'system';
  #brand: BrandView['colours'] | null = null;

  constructor(page: Document, view: Window) {
    this.#root = page.documentElement;
    this.#systemDark = view.matchMedia('(prefers-color-scheme: dark)');
    this.#systemDark.addEventListener('change', this.#apply);
    this.#disposables.add(() => this.#systemDark.removeEventListener('change', this.#apply));
  }

  readonly choose = (choice: ThemeChoice): void => {
    this.#choice = choice;
    this.#apply();
  };

  readonly brand = (colours: BrandView['colours']): void => {
    this.#brand = colours;
    this.#apply();
  };

  /** No motion at all: remote desktop, or the person's system asks for it. */
  readonly still = (reduced: boolean): void => {
    if (reduced) this.#root.dataset['motion'] = 'none';
    else delete this.#root.dataset['motion'];
  };

  readonly dispose = (): void => this.#disposables.dispose();

  readonly #apply = (): void => {
    const system = this.#systemDark.matches ? 'dark' : 'light';
    const theme = this.#choice === 'system' ? system : this.#choice;
    this.#root.dataset['theme'] = theme;
    if (!this.#brand) return;
    for (const [name, token] of BRAND_TOKENS) this.#root.style.setProperty(token, this.#brand[theme][name]);
  };
}
