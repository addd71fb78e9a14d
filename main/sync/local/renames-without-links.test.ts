import type * as fs from 'node:fs';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { localPath } from '../model/paths.ts';
import { moveExclusive, replace } from './renames.ts';

/** What the system says of a second name: no disk here lacks them all. */
const said = vi.hoisted(() => ({ code: '' }));
vi.mock('node:fs', async (original) => ({
  ...(await original<typeof fs>()),
  linkSync: () => {
    throw Object.assign(new Error(`${said.code}: no second names here`), { code: said.code });
  },
}));

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'traboule-no-links-'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

/** EISDIR is what an exFAT disk says on Windows. */
test.each(['EISDIR', 'EPERM', 'ENOTSUP'])(
  'a disk without second names (%s) has its files renamed',
  (code) => {
    said.code = code;
    const at = (name: string) => localPath(join(base, name));
    writeFileSync(at('temporary'), 'new');
    moveExclusive(at('temporary'), at('plan.pdf'));
    writeFileSync(at('temporary'), 'newer');
    replace(at('temporary'), at('plan.pdf'), at('displaced'));
    expect(readFileSync(at('plan.pdf'), 'utf8')).toBe('newer');
    expect(readFileSync(at('displaced'), 'utf8')).toBe('new');
    expect(readdirSync(base).toSorted()).toEqual(['displaced', 'plan.pdf']);
  },
);
