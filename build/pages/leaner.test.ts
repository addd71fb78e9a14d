import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { leanerWords, withoutUnusedWeights } from './leaner.ts';

const require = createRequire(import.meta.url);
const definitions = join(dirname(require.resolve('@phosphor-icons/react')), 'defs');

test('an icon keeps the weights in use and loses the others', () => {
  for (const name of readdirSync(definitions)
    .filter((file) => file.endsWith('.es.js'))
    .slice(0, 40)) {
    const whole = readFileSync(join(definitions, name), 'utf8');
    const lean = withoutUnusedWeights(whole);
    expect([...lean.matchAll(/^ {4}"(\w+)",$/gm)].map(([, weight]) => weight)).toEqual([
      'bold',
      'fill',
      'regular',
    ]);
    expect(lean.length).toBeLessThan(whole.length * 0.7);
    expect(lean.split('\n').at(-2)).toBe(whole.split('\n').at(-2));
  }
});

test('an icon written otherwise stays as it is', () => {
  expect(withoutUnusedWeights('export default new Map([["thin",1]]);')).toBe(
    'export default new Map([["thin",1]]);',
  );
});

test('only words of other languages are left out', () => {
  const { id } = leanerWords().transform.filter;
  const of = (path: string) => `/x/node_modules/react-aria/dist/private/intl/${path}`;
  expect(id.test(of('menu/de-DE.mjs'))).toBe(true);
  expect(id.test('/x/node_modules/react-aria-components/dist/private/intl/ja-JP.mjs')).toBe(true);
  for (const kept of ['menu/fr-FR.mjs', 'menu/en-US.mjs', 'menu/intlStrings.mjs'])
    expect(id.test(of(kept))).toBe(false);
});
