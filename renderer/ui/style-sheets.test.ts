import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const RENDERER = join(import.meta.dirname, '..');
/** The call window is a page of its own, with names of its own. */
const OTHER_PAGE = 'calls/window/';

/** Rules of another feature would apply as soon as its style sheet is on the page: `.choice` here and `.choice` there. */
test('a class begins the rules of one style sheet only', async () => {
  const owners = new Map<string, Set<string>>();
  for await (const file of glob('**/*.css', { cwd: RENDERER })) {
    if (file.startsWith(OTHER_PAGE)) continue;
    const css = (await readFile(join(RENDERER, file), 'utf8')).replaceAll(/\/\*.*?\*\//gs, '');
    for (const [, selectors = ''] of css.matchAll(/([^{};]+)\{/g))
      for (const [, name = ''] of selectors.matchAll(/(?:^|,)\s*\.([\w-]+)/g))
        owners.set(name, (owners.get(name) ?? new Set()).add(file));
  }
  expect(owners.size).toBeGreaterThan(300);
  expect([...owners].filter(([, files]) => files.size > 1)).toEqual([]);
});
