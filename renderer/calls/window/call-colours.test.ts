import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contrast } from '../../ui/contrast.ts';

/** The colours that the call window has for itself, by name. */
const css = ['call-window.css', 'panes.css']
  .map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'))
  .join('');
const COLOURS = new Map(
  [...css.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
);

function colour(name: string): string {
  const value = name.startsWith('#') ? name : COLOURS.get(name);
  if (value === undefined) throw new Error(`no colour ${name}`);
  return value;
}

test.each([
  ['call-ink', 'call-paper'],
  ['call-ink', 'call-tile'],
  ['call-ink', 'call-control'],
  ['call-ink', 'call-control-hover'],
  ['call-ink-2', 'call-paper'],
  ['call-ink-2', 'call-tile'],
  ['call-paper', 'call-ink'],
  ['ink', 'surface'],
  ['ink-3', 'surface'],
  ['on-ok', 'ok'],
])('%s reads well on %s', (ink, paper) => {
  expect(contrast(colour(ink), colour(paper))).toBeGreaterThanOrEqual(4.5);
});

test.each([
  ['#ffffff', 'call-leave'],
  ['#ffffff', 'call-leave-hover'],
  ['focus', 'surface'],
])('the sign in %s stands out from %s', (sign, paper) => {
  expect(contrast(colour(sign), colour(paper))).toBeGreaterThanOrEqual(3);
});
