import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const CONFIG = join(import.meta.dirname, 'arrows.cjs');

/** For each arrow, one import that breaks it: rule, importing file, imported file or package. */
const VIOLATIONS: readonly (readonly [rule: string, from: string, to: string])[] = [
  ['page-knows-contract-only', 'renderer/chat/page.ts', 'main/files/door.ts'],
  ['page-knows-contract-only', 'renderer/chat/preload-page.ts', 'preload/app.ts'],
  ['page-takes-types', 'renderer/chat/schema.ts', 'preload/contract/values.ts'],
  ['main-knows-contract-only', 'main/files/up.ts', 'renderer/ui/button.ts'],
  ['main-knows-contract-only', 'main/shell/window.ts', 'preload/app.ts'],
  ['contract-stands-alone', 'preload/contract/files.ts', 'main/files/door.ts'],
  ['preload-knows-contract-only', 'preload/call.ts', 'main/files/door.ts'],
  ['electron-in-shell-only', 'main/accounts/secrets.ts', 'electron'],
  ['electron-in-shell-only', 'renderer/app/start.ts', 'electron'],
  ['electron-in-shell-only', 'preload/contract/window.ts', 'electron'],
  ['shell-is-outermost', 'main/accounts/open.ts', 'main/shell/network.ts'],
  ['engine-behind-files', 'main/calls/engine.ts', 'main/sync/engine-port.ts'],
  ['sync-knows-nothing-above-it', 'main/sync/engine.ts', 'main/files/door.ts'],
  ['sync-knows-nothing-above-it', 'main/sync/words.ts', 'preload/contract/values.ts'],
  ['matrix-sdk-in-worker-only', 'renderer/chat/sdk.ts', 'matrix-js-sdk'],
  ['matrix-sdk-in-worker-only', 'main/accounts/sdk.ts', 'matrix-js-sdk'],
  ['features-meet-in-salons-and-ui', 'renderer/chat/neighbour.ts', 'renderer/files/list.ts'],
  ['shared-parts-know-no-feature', 'renderer/salons/list.ts', 'renderer/chat/bubble.ts'],
  ['nothing-imports-e2e', 'main/accounts/people.ts', 'e2e/stack/people.ts'],
  ['no-circles', 'main/calls/a.ts', 'main/calls/b.ts'],
];

/** An arrow is broken however the import is written (lint refuses `import()` as a type, which is not seen here). */
const SPELLINGS: readonly (readonly [from: string, spelled: (to: string) => string])[] = [
  ['main/log/types.ts', (to) => `import type { Value } from '${to}';\nexport type Mine = Value;`],
  ['main/log/later.ts', (to) => `export const later = () => import('${to}');`],
  ['main/log/passed-on.ts', (to) => `export * from '${to}';`],
];

/** Imports that the arrows allow. */
const ALLOWED: readonly (readonly [from: string, to: string])[] = [
  ['renderer/chat/good.ts', 'preload/contract/licence.ts'],
  ['renderer/chat/good-ui.ts', 'renderer/ui/button.ts'],
  ['main/files/good.ts', 'main/sync/engine-port.ts'],
  ['main/shell/tray.ts', 'electron'],
  ['renderer/matrix/client.ts', 'matrix-js-sdk'],
  ['e2e/journeys/good.ts', 'main/files/door.ts'],
];

interface Found {
  summary: { violations: { from: string; to: string; rule: { name: string } }[] };
}

let folder: string;
let found: Found['summary']['violations'];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'traboule-arrows-'));
  await write(
    'package.json',
    '{"type":"module","dependencies":{"electron":"1.0.0","matrix-js-sdk":"1.0.0"}}',
  );
  for (const name of ['electron', 'matrix-js-sdk']) {
    await write(`node_modules/${name}/package.json`, `{"name":"${name}","main":"index.js"}`);
    await write(`node_modules/${name}/index.js`, 'module.exports = {};');
  }
  await write('main/calls/b.ts', "import '../calls/a.ts';\nexport const value = 1;\n");
  const pairs = [...VIOLATIONS.map(([, from, to]) => [from, to] as const), ...ALLOWED];
  const importing = new Set(pairs.map(([from]) => from));
  for (const [, to] of pairs)
    if (to.includes('/') && !importing.has(to) && to !== 'main/calls/b.ts')
      await write(to, 'export const value = 1;\n');
  for (const [from, to] of pairs)
    await write(from, `import '${specifier(from, to)}';\nexport const value = 2;\n`);
  for (const [from, spelled] of SPELLINGS) await write(from, `${spelled('../../renderer/ui/button.ts')}\n`);
  found = cruise();
});

afterAll(() => rm(folder, { recursive: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

function specifier(from: string, to: string): string {
  return to.includes('/') ? `${'../'.repeat(from.split('/').length - 1)}${to}` : to;
}

function cruise(): Found['summary']['violations'] {
  const tool = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const args = [tool, '--config', CONFIG, '--output-type', 'json', 'main', 'preload', 'renderer', 'e2e'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  const { summary }: Found = JSON.parse(stdout);
  return summary.violations;
}

test.each(VIOLATIONS)('%s: %s must not import %s', (rule, from, to) => {
  const hits = found.filter((violation) => violation.from === from && violation.to.includes(to));
  expect(hits.map((violation) => violation.rule.name)).toContain(rule);
});

test.each(SPELLINGS)('%s is found', (from) => {
  expect(found.filter((violation) => violation.from === from)).toMatchObject([
    { to: 'renderer/ui/button.ts', rule: { name: 'main-knows-contract-only' } },
  ]);
});

test.each(ALLOWED)('%s may import %s', (from) => {
  expect(found.filter((violation) => violation.from === from)).toEqual([]);
});

test('every arrow has a violation here', () => {
  const config: { forbidden: { name: string }[] } = createRequire(import.meta.url)(CONFIG);
  const tried = new Set(VIOLATIONS.map(([rule]) => rule));
  expect(config.forbidden.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
});
