/** A colour on another, and how far apart they must be (WCAG 2.2: 4.5 for text, 3 for large text, icons and edges). */
export interface Pair {
  readonly front: string;
  readonly back: string;
  readonly least: 4.5 | 3;
}

const text = (front: string, ...backs: readonly string[]): readonly Pair[] =>
  backs.map((back) => ({ front, back, least: 4.5 }));
const shape = (front: string, ...backs: readonly string[]): readonly Pair[] =>
  backs.map((back) => ({ front, back, least: 3 }));
const own = (name: string): readonly Pair[] => text(`--${name}-ink`, `--${name}`);

/** Every pair of colours in use, by the names of their tokens. */
export const PAIRS: readonly Pair[] = [
  ...text('--ink', '--paper', '--surface', '--raised', '--sunken', '--accent-soft', '--mine'),
  ...text('--ink', '--ok-soft', '--bad-soft'),
  ...text('--ink-2', '--paper', '--surface', '--raised', '--sunken', '--accent-soft', '--ok-soft'),
  ...text('--ink-3', '--paper', '--surface', '--raised', '--sunken', '--accent-soft'),
  ...text('--accent-ink', '--accent'),
  ...text('--accent-text', '--paper', '--surface', '--raised', '--sunken', '--accent-soft'),
  ...text('--rail-ink', '--rail'),
  ...text('--rail-on', '--rail', '--rail-on-bg'),
  ...text('--paper', '--ink'),
  ...text('--ok', '--ok-soft', '--paper', '--surface', '--accent-soft', '--sunken'),
  ...text('--on-ok', '--ok'),
  ...text('--warn', '--warn-soft', '--paper', '--surface', '--raised'),
  ...text('--bad', '--bad-soft', '--paper', '--surface', '--raised', '--sunken'),
  ...text('--on-bad', '--bad'),
  ...text('--info', '--info-soft', '--paper', '--surface', '--raised'),
  ...['tint-1', 'tint-2', 'tint-3', 'tint-4', 'tint-5', 'tint-6'].flatMap(own),
  ...['file-text', 'file-sheet', 'file-pdf', 'file-image', 'file-slides', 'file-other'].flatMap(own),
  ...shape('--accent', '--paper', '--surface', '--raised', '--sunken'),
  ...shape('--line-strong', '--paper', '--surface', '--raised'),
];
